"""When a paper sheet can have been signed."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def earliest_signing(planned_at: datetime, opened_at: datetime | None, zone: ZoneInfo) -> datetime:
    """Midnight, in the office's ``zone``, of the day the ceremony was planned for or opened on,
    whichever came first: before that nobody can have read a sheet of this text aloud.

    Not the minute of opening: an outlying office may read and sign in the morning what the hall
    reads at noon.
    """
    first = min(planned_at, opened_at or planned_at).astimezone(zone)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)
