"""The trace: for every norm of the library, what became of it and why.

Rows about norms that could never matter (not in force, another act) are the same for every
judgment of
an act in a stretch of days, so they are shared and written out only when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from netral.law.chapters import Chapter, ElementState, Rule
from netral.law.conditions import HOLDS, condition_state
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
class Row:
    """What became of one norm. `by` names the permission or contest that decided, if one did."""

    norm: str
    reason: str
    elements: tuple[ElementState, ...]
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows on demand, written once, and shared by situations that agree in what the norm of a row
    looks at.

    `decided` holds (reason, by) for each rule of the chapter, in order.
    """

    chapter: Chapter
    facts: int
    decided: Sequence[tuple[str, str | None]]
    _written: list[Row] = field(default_factory=list, compare=False, repr=False)

    def rows(self) -> Iterator[Row]:
        """Every norm of the library: first those that could matter, then the excluded ones."""
        yield from self.considered()
        for item in self.chapter.excluded:
            elements = (ElementState(item.element, State.FAILS),) if item.element else ()
            yield Row(item.norm.id, item.reason, elements)

    def considered(self) -> tuple[Row, ...]:
        """Only the norms that could matter for this act on this day."""
        if not self._written:
            self._written[:] = self._write()
        return tuple(self._written)

    def _write(self) -> Iterator[Row]:
        """One row for each rule of the chapter."""
        for rule, (reason, by) in zip(self.chapter.rules, self.decided, strict=True):
            key = (self.facts & rule.reach, reason, by)
            row = rule.rows.get(key)
            if row is None:
                row = rule.rows.keep(key, Row(rule.norm.id, reason, tuple(self._states(rule)), by))
            yield row

    def rejected(self) -> Iterator[Row]:
        """The alternatives that were considered and not applied."""
        return (row for row in self.considered() if row.reason not in ("applied", "contested"))

    def _states(self, rule: Rule) -> Iterator[ElementState]:
        """All elements of a rule: those the act itself meets hold."""
        for condition, readings in rule.parts:
            state = HOLDS if condition is None else condition_state(condition, self.facts)
            yield readings[state]
