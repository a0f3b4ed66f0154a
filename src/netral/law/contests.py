"""Contested points as data: who says what, since when, with source, and the safe course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from netral.law.instruments import Element
from netral.law.vocabulary import NormClass, Words


@dataclass(frozen=True, slots=True)
class Position:
    """What one authority or text holds. `when` is as precise as the source allows."""

    who: str
    when: str
    view: str
    says: Words
    evidence: tuple[str, ...]


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

    def in_force(self, on: date) -> bool:
        """Whether the dispute exists on that day."""
        started = self.effective is None or self.effective <= on
        return started and (self.until is None or on <= self.until)


AFFECTS = ("outcome", "class", "sanction", "scope", "body")
VIEWS = ("allows", "forbids", "ethics", "discipline", "crime", "narrows", "silent")
