"""Sanction ranges by level, status and day, and who may impose them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from netral.law.vocabulary import Words


@dataclass(frozen=True, slots=True)
class Range:
    """The options one level brings for some statuses in some time, with provision and authority."""

    status: frozenset[str]
    provision: str
    options: tuple[Words, ...]
    who: Words
    effective: date | None
    until: date | None

    def fits(self, status: str, on: date) -> bool:
        """Whether the range is for this status on this day."""
        started = self.effective is None or self.effective <= on
        return status in self.status and started and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Sanction:
    """One level of sanction. `crime` gives [min, max] months and rupiah where a court decides."""

    id: str
    name: Words
    weight: int
    ranges: tuple[Range, ...]
    crime: Mapping[str, tuple[int, int]]

    def range_for(self, status: str, on: date) -> Range | None:
        """The range for `status` on that day; None when the sources give none."""
        return next((entry for entry in self.ranges if entry.fits(status, on)), None)


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A body that supervises neutrality in some time. `pending_until` marks one not yet formed."""

    body: Words
    role: Words
    provision: str
    effective: date
    until: date | None
    pending_until: date | None

    def in_office(self, on: date) -> bool:
        """Whether the body (or the duty to form it) exists on that day."""
        return self.effective <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Imposer:
    """One row of the table of PP 94/2021 Articles 17 to 23."""

    post: frozenset[str]
    government: frozenset[str]
    level: frozenset[str]
    who: Words
    provision: str


def imposer(
    table: tuple[Imposer, ...], *, post: str, government: str, level: str
) -> Imposer | None:
    """The first row that fits; None for a mix the table does not hold.

    `government` is "central_province" or "regency"; `level` is light, medium, severe or dismissal.
    Whether the table applies on a day is the question of its provisions; see `Library.imposer`.
    """
    for row in table:
        if post in row.post and government in row.government and level in row.level:
            return row
    return None
