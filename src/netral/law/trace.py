"""The trace: for every norm of the library, what became of it and why.

Rows about norms that could never matter (not in force, another act) are the same for every
judgment of
an act in a stretch of days, so they are shared and written out only when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netral.law.chapters import FAILS, HOLDS, Chapter, Rule, condition_state
from netral.law.instruments import Element
from netral.law.vocabulary import State

REASONS = {
    "applied": ("diterapkan", "applied"),
    "contested": (
        "unsurnya terpenuhi, tetapi maknanya diperdebatkan",
        "elements met, but its meaning is contested",
    ),
    "open": ("bergantung pada fakta yang belum diketahui", "depends on a missing fact"),
    "element_fails": ("satu unsur tidak terpenuhi", "an element is not met"),
    "excepted": ("pengecualian berlaku", "an exception applies"),
    "lifted": ("dikesampingkan oleh izin khusus", "set aside by a special permission"),
    "not_in_force": ("tidak berlaku pada hari itu", "not in force that day"),
    "other_act": ("mengatur perbuatan lain", "concerns another act"),
}


@dataclass(frozen=True, slots=True)
class ElementState:
    """One element and how it stands."""

    element: Element
    state: State


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one norm. `by` names the permission or contest that decided, if one did."""

    norm: str
    reason: str
    elements: tuple[ElementState, ...]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows on demand. `decided` holds (reason, by) for each rule of the chapter, in order."""

    chapter: Chapter
    facts: int
    decided: tuple[tuple[str, str | None], ...]

    def rows(self) -> Iterator[Row]:
        """Every norm of the library: first those that could matter, then the excluded ones."""
        for rule, (reason, by) in zip(self.chapter.rules, self.decided, strict=True):
            yield Row(rule.norm.id, reason, tuple(self._states(rule)), by)
        for item in self.chapter.excluded:
            elements = (ElementState(item.element, State.FAILS),) if item.element else ()
            yield Row(item.norm.id, item.reason, elements)

    def considered(self) -> Iterator[Row]:
        """Only the norms that could matter for this act on this day."""
        for rule, (reason, by) in zip(self.chapter.rules, self.decided, strict=True):
            yield Row(rule.norm.id, reason, tuple(self._states(rule)), by)

    def rejected(self) -> Iterator[Row]:
        """The alternatives that were considered and not applied."""
        return (row for row in self.considered() if row.reason not in ("applied", "contested"))

    def _states(self, rule: Rule) -> Iterator[ElementState]:
        """All elements of a rule: those the act itself meets hold."""
        compiled = dict(zip(map(id, rule.elements), rule.conditions, strict=True))
        for element in rule.norm.elements:
            condition = compiled.get(id(element))
            state = HOLDS if condition is None else condition_state(condition, self.facts)
            yield ElementState(element, _STATES[state])


_STATES = {FAILS: State.FAILS, HOLDS: State.HOLDS}
_STATES[2] = State.UNDETERMINED
