"""A government of its own, and what it says about itself on letters and pages."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from netral.people.folding import tidy
from netral.people.models import Account, Change, Government
from netral.people.rules import level_of_region, zone_of_region
from netral.people.services import changes, permission


@transaction.atomic
def establish(*, actor: Account | None, region_code: str, name: str, now: datetime) -> Government:
    """A new, empty government. Level and time zone follow from the Kemendagri code.

    By the administrator of the installation, or with ``actor=None`` from the command line, where
    nobody is signed in. Raises ``PermissionDenied``, and ``ValidationError`` naming the field.
    """
    if actor is not None and not (actor.is_active and actor.is_installation_admin):
        raise PermissionDenied
    code, level = region_code.strip(), level_of_region(region_code.strip())
    if level is None:
        raise ValidationError(
            {"region_code": _("Tulis kode Kemendagri: 64 untuk provinsi, 64.02 untuk kabupaten.")}
        )
    if not tidy(name):
        raise ValidationError({"name": _("Tulis nama pemerintah daerah.")})
    _must_be_new(code)
    government = Government.objects.create(
        level=level, name=tidy(name), region_code=code, time_zone=zone_of_region(code)
    )
    changes.record(
        government=government,
        actor=actor,
        now=now,
        subject=Change.Subject.GOVERNMENT,
        subject_id=government.pk,
        kind=Change.Kind.CREATED,
        after={"name": government.name, "region_code": code, "time_zone": government.time_zone},
    )
    return government


def _must_be_new(code: str) -> None:
    """An invented register and a real one never share a database."""
    if Government.objects.filter(is_demo=True).exists():
        raise ValidationError(_("Ini peragaan; pemerintah daerah sungguhan perlu pemasangan baru."))
    known = Government.objects.filter(region_code=code).first()
    if known is not None:
        raise ValidationError(
            {"region_code": _("Kode ini sudah dipakai %(name)s.") % {"name": known.name}}
        )


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
