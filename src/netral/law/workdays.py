"""Working days: weekends, national holidays, collective leave, voting days and local days.

The table `data/calendar/days.csv` decides for the years it holds, so that an office can read and
correct
it. Years outside the table come from the `holidays` library, which is loaded only then. Three
time zones
turn an instant into a legal day.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from netral.law.errors import ClockError

_FILE = Path(__file__).parent / "data" / "calendar" / "days.csv"


class Zone(StrEnum):
    """The three Indonesian time zones."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def offset(self) -> timezone:
        """The fixed offset: UTC+7, +8 or +9. Indonesia has no daylight saving."""
        hours = {Zone.WIB: 7, Zone.WITA: 8, Zone.WIT: 9}[self]
        return timezone(timedelta(hours=hours), self.value)


def legal_day(instant: datetime, zone: Zone) -> date:
    """The calendar day of an instant in a zone. An instant without offset is refused."""
    if instant.tzinfo is None:
        raise ClockError("the time has no zone; give one such as 2024-10-07T16:30+07:00")
    return instant.astimezone(zone.offset).date()


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day that is not worked. `region` is empty for the whole nation."""

    day: date
    kind: str
    region: str
    name: str
    basis: str
    verified: bool


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked at one place. `week` is the number of working days per week, 5 or 6."""

    region: str = ""
    week: int = 5
    extra: Mapping[date, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.week not in (5, 6):
            raise ClockError("a working week has 5 or 6 days")

    def why_off(self, day: date) -> str | None:
        """The reason why `day` is not worked, or None for a working day."""
        if day.weekday() >= self.week:
            return ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")[day.weekday()]
        if day in self.extra:
            return self.extra[day]
        for entry in days_off(day.year).get(day, ()):
            if not entry.region or self.region.startswith(entry.region):
                return entry.name
        return None

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked."""
        return self.why_off(day) is None

    def add(self, start: date, days: int) -> date:
        """The day on which the `days`-th working day after `start` falls; `start` never counts."""
        day = start
        left = days
        while left > 0:
            day += timedelta(days=1)
            if self.is_working(day):
                left -= 1
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`."""
        total = 0
        day = start
        while day < end:
            day += timedelta(days=1)
            total += self.is_working(day)
        return total


@lru_cache(maxsize=1)
def _table() -> dict[int, dict[date, tuple[DayOff, ...]]]:
    """The table of days off by year and day."""
    found: dict[int, dict[date, tuple[DayOff, ...]]] = {}
    with _FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["date"])
            entry = DayOff(
                day, row["kind"], row["region"], row["name"], row["basis"], row["verified"] == "yes"
            )
            year = found.setdefault(day.year, {})
            year[day] = (*year.get(day, ()), entry)
    return found


@lru_cache(maxsize=64)
def days_off(year: int) -> Mapping[date, tuple[DayOff, ...]]:
    """The days off of a year from the table, else from the `holidays` library."""
    if year in _table():
        return _table()[year]
    return _from_library(year)


def _from_library(year: int) -> dict[date, tuple[DayOff, ...]]:
    """National holidays and collective leave of a year that the table does not hold."""
    try:
        from holidays import country_holidays  # noqa: PLC0415 (optional, slow to load)
    except ImportError:
        raise ClockError(
            f"the table of days off has no entry for {year}; "
            "add the days to days.csv or install 'holidays'"
        ) from None
    days = country_holidays("ID", years=year, categories=("public", "government"), language="id")
    return {
        day: (DayOff(day, "national", "", name, "pustaka holidays", False),)
        for day, name in days.items()
    }


def unverified_years(start: date, end: date) -> tuple[int, ...]:
    """The years between two days whose days off were not checked against a decree."""
    return tuple(
        year
        for year in range(start.year, end.year + 1)
        if not any(entry.verified for entries in days_off(year).values() for entry in entries)
    )
