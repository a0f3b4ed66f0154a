"""The trace: for every norm of the library, what became of it and why.

Rows about norms that could never matter (not in force, another act) are the same for every
judgment of an act in a stretch of days; the chapter writes them when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from netral.law.instruments import Element
from netral.law.vocabulary import State

if TYPE_CHECKING:
    from netral.law.chapters import Chapter

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


class ElementState(NamedTuple):
    """One element and how it stands."""

    element: Element
    state: State


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one norm. `by` names the permission or contest that decided, if one did.

    For the weighing: `code` is HOLDS or UNKNOWN at the place of the norm in a number, or 0 when it
    is out of play; `waiting` are all values of the facts that an open norm may wait for.
    """

    norm: str
    reason: str
    elements: tuple[ElementState, ...]
    by: str | None = None
    code: int = 0
    waiting: int = 0


class Trace(NamedTuple):
    """`considered` are the norms that could matter for this act on this day, `chapter` knows the
    others."""

    chapter: Chapter
    considered: tuple[Row, ...]

    def rows(self) -> Iterator[Row]:
        """Every norm of the library: first those that could matter, then the excluded ones."""
        yield from self.considered
        yield from self.chapter.excluded()

    def rejected(self) -> Iterator[Row]:
        """The alternatives that were considered and not applied."""
        return (row for row in self.considered if row.reason not in ("applied", "contested"))
