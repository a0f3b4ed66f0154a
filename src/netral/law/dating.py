"""What is known of the days of a rule, as precise as its source.

A rule is judged by whole days. Where a source tells only a year, or a collection of statements
needs some first day, the day judged by is a stand-in: it is never shown or given to programs as a
fact. What is told instead stands in `Dating`; its words are in `render.dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

UNKNOWN, VARIOUS = "unknown", "various"
DATED_BY = ("statement", "practice", "source")
_DAY = r"\d{4}(-\d{2}(-\d{2})?)?"
_TOLD = re.compile(rf"{_DAY}(; {_DAY})*")


@dataclass(frozen=True, slots=True)
class Dating:
    """What the sources know of the first day (`start`), the last (`end`) and the day of issue.

    Each is a year, a month or a day, several with "; ", or "unknown" or "various"; None where the
    day is known. `by`: what the start is the day of, where it is no day of entry into force.
    """

    start: str | None = None
    end: str | None = None
    issued: str | None = None
    by: str | None = None


EXACT = Dating()


class Dated(Protocol):
    """An instrument or a provision."""

    @property
    def effective(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def dating(self) -> Dating: ...


def is_time(told: str) -> bool:
    """Whether it is a time as `Dating` has them."""
    return told in (UNKNOWN, VARIOUS) or _TOLD.fullmatch(told) is not None


def start_iso(item: Dated) -> str | None:
    """The start for programs, as precise as known (ISO 8601: 2023, 2016-11 or a day); None where
    nobody knows it."""
    return _iso(item.effective, item.dating.start)


def end_iso(item: Dated) -> str | None:
    """The end likewise; None while it is in force."""
    return None if item.until is None else _iso(item.until, item.dating.end)


def issued_iso(day: date, dating: Dating) -> str | None:
    """The day of issue likewise."""
    return _iso(day, dating.issued or dating.start)


def _iso(day: date, told: str | None) -> str | None:
    if told is None:
        return day.isoformat()
    return None if told in (UNKNOWN, VARIOUS) else told.split("; ")[0]
