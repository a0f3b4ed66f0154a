"""Moves the demonstration's day. In an installation that is no demonstration it refuses."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from netral.elections.models import DemoDay
from netral.elections.rules import local_day
from netral.elections.services.problems import ElectionError
from netral.people.models import Account

FARTHEST_DAYS = 3650


@transaction.atomic
def set_demo_day(*, actor: Account | None, day: date | None, zone: str, now: datetime) -> int:
    """Makes it ``day`` in ``zone`` at the same time of day; ``None`` returns to today.

    ``now`` is the real time, not the demonstration's. Returns how many days ahead the clock is.
    Raises :class:`PermissionDenied` outside a demonstration, :class:`ElectionError` for a day
    more than ten years away.
    """
    if not settings.DEMO:
        raise PermissionDenied("the day can be changed in a demonstration only")
    ahead = (day - local_day(now, zone)).days if day else 0
    if abs(ahead) > FARTHEST_DAYS:
        raise ElectionError(_("Pilih hari dalam sepuluh tahun dari hari ini."), field="day")
    DemoDay.objects.update_or_create(
        pk=1, defaults={"days_ahead": ahead, "changed_by": actor, "changed_at": now}
    )
    return ahead
