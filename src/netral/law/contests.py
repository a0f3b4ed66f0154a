"""Contested points as data: who says what, since when, with source, and the safe course."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from netral.law.instruments import Element
from netral.law.vocabulary import NormClass, Words

_FIRST = re.compile(r"\d{4}(?:-\d{2}(?!\d)){0,2}")
"""The first time named: "2019; 2023" begins in 2019, "2023-11" in November."""


@dataclass(frozen=True, slots=True)
class Position:
    """What one authority or text holds. `when` is as precise as the source allows."""

    who: str
    who_en: str
    when: str
    view: str
    says: Words
    evidence: tuple[str, ...]

    def named(self, language: str) -> str:
        """Who holds it, in Indonesian ("id") or English ("en")."""
        return self.who_en if language == "en" else self.who

    def is_after(self, day: date) -> bool:
        """Whether it was surely said after that day."""
        first = _FIRST.match(self.when)
        return first is not None and first[0] > day.isoformat()[: len(first[0])]


@dataclass(frozen=True, slots=True)
class Contest:
    """One disputed point. `affects` tells what is disputed; see the head of contests.yaml."""

    id: str
    name: Words
    affects: str
    elements: tuple[Element, ...]
    unsettles: tuple[str, ...]
    positions: tuple[Position, ...]
    safe: Words
    effective: date | None = None
    until: date | None = None
    possible: tuple[NormClass, ...] = ()
    sanctions: tuple[str, ...] = ()

    @property
    def exceptions(self) -> tuple[tuple[Element, ...], ...]:
        """A contest has none; a norm may."""
        return ()

    def in_force(self, on: date) -> bool:
        """Whether the dispute exists on that day."""
        started = self.effective is None or self.effective <= on
        return started and (self.until is None or on <= self.until)


AFFECTS = ("outcome", "class", "sanction", "scope", "body")
VIEWS = ("allows", "forbids", "ethics", "discipline", "crime", "narrows", "silent")
