"""What a government says about itself on letters and pages."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.people.folding import tidy
from netral.people.models import Account, Change, Government
from netral.people.services import changes, permission


@transaction.atomic
def describe(
    *,
    actor: Account,
    government: Government,
    name: str,
    short_name: str,
    seat: str,
    letterhead: str,
    time_zone: str,
    now: datetime,
) -> Government:
    """Name, seat, letterhead and time zone; its code and level stay as they were set up."""
    permission.require_government(actor, government)
    government = Government.objects.select_for_update().get(pk=government.pk)
    if not tidy(name):
        raise ValidationError({"name": _("Tulis nama pemerintah daerah.")})
    wanted = {
        "name": tidy(name),
        "short_name": tidy(short_name),
        "seat": tidy(seat),
        "letterhead": letterhead.strip(),
        "time_zone": time_zone,
    }
    before, after = changes.difference({key: getattr(government, key) for key in wanted}, wanted)
    if not after:
        return government
    for key, value in after.items():
        setattr(government, key, value)
    government.save(update_fields=list(after))
    changes.record(
        government=government,
        actor=actor,
        now=now,
        subject=Change.Subject.GOVERNMENT,
        subject_id=government.pk,
        kind=Change.Kind.CHANGED,
        before=before,
        after=after,
    )
    return government
