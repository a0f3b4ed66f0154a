"""A moment in the words and the zone of who reads it, with the zone named."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from netral.speaking.sentences import language

ZONE_NAMES = {25200: "WIB", 28800: "WITA", 32400: "WIT"}
"""By their seconds from UTC."""
_HOUR = re.compile(r"\b\d{4}-\d\d-\d\dT\d\dZ")
MONTHS = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
        "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip


def moment(at: datetime) -> str:
    """``22 November 2026, pukul 18.30.05 WITA``; ``at`` knows its zone, the machine's is shown."""
    local = at.astimezone()
    return f"{_day(local)}, {_clock(local, '%H:%M:%S')} {_zone(local)}"


def day(at: datetime) -> str:
    """``22 November 2026``, as it is where the machine is."""
    return _day(at.astimezone())


def hour_from(at: datetime) -> str:
    """The hour that begins ``at``: ``22 November 2026, pukul 18.00–19.00 WITA``."""
    local, end = at.astimezone(), (at + timedelta(hours=1)).astimezone()
    until = end.strftime("%H:%M" if language() == "en" else "%H.%M")
    return f"{_day(local)}, {_clock(local, '%H:%M')}–{until} {_zone(local)}"


def with_local_hours(text: str) -> str:
    """A sentence in which hours stand as the log writes them (``2026-11-22T10Z``), for a person."""
    return _HOUR.sub(_local_hour, text)


def _local_hour(written: re.Match[str]) -> str:
    try:
        at = datetime.strptime(written[0], "%Y-%m-%dT%HZ").replace(tzinfo=UTC)
    except ValueError:
        return written[0]
    return hour_from(at)


def _day(local: datetime) -> str:
    return f"{local.day} {MONTHS[language()][local.month - 1]} {local.year}"


def _clock(local: datetime, form: str) -> str:
    said = local.strftime(form)
    return said if language() == "en" else f"pukul {said.replace(':', '.')}"


def _zone(local: datetime) -> str:
    """The Indonesian zones by name, any other by how far it is from UTC."""
    seconds = int((local.utcoffset() or timedelta()).total_seconds())
    if seconds in ZONE_NAMES:
        return ZONE_NAMES[seconds]
    minutes = seconds // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"
