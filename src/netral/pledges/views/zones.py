"""Times on a page are those of the office it is about, wherever the reader's server stands."""

from __future__ import annotations

from contextlib import AbstractContextManager
from zoneinfo import ZoneInfo

from django.utils import timezone

from netral.people.models import Government


def in_zone_of(government: Government) -> AbstractContextManager[None]:
    """``with in_zone_of(ceremony.government): return render(…)``."""
    return timezone.override(ZoneInfo(government.time_zone))
