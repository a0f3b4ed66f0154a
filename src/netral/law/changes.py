"""What changed in the law between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from netral.law.library import Library, library
from netral.law.matrix import Cell, matrix
from netral.law.vocabulary import Outcome

ELECTIONS = ("pemilu", "pemilihan")


@dataclass(frozen=True, slots=True)
class CellChange:
    """An act whose outcome or leading provision differs between the days."""

    act: str
    status: str
    phase: str
    before: Outcome | None
    after: Outcome | None
    cited_before: str | None
    cited_after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of what started and ended, and the cells of the matrix that moved."""

    earlier: date
    later: date
    instruments_started: tuple[str, ...]
    instruments_ended: tuple[str, ...]
    provisions_started: tuple[str, ...]
    provisions_ended: tuple[str, ...]
    contests_started: tuple[str, ...]
    contests_ended: tuple[str, ...]
    supervisors_before: tuple[str, ...]
    supervisors_after: tuple[str, ...]
    cells: tuple[CellChange, ...]


def changes(
    earlier: date, later: date, *, law: Library | None = None, cells: bool = True
) -> Changes:
    """Compare two days. `cells=False` leaves out the matrix, which takes most of the time."""
    law = law or library()
    if later < earlier:
        earlier, later = later, earlier
    started, ended = _moved(law.provisions, earlier, later)
    new, gone = _moved(law.instruments, earlier, later)
    disputed, settled = _moved(law.contests, earlier, later)
    return Changes(
        earlier, later, new, gone, started, ended, disputed, settled,
        tuple(item.body.id for item in law.supervisors_on(earlier)),
        tuple(item.body.id for item in law.supervisors_on(later)),
        tuple(_cells(law, earlier, later)) if cells else (),
    )  # fmt: skip


class _Dated(Protocol):
    def in_force(self, on: date) -> bool: ...


def _moved(
    items: Mapping[str, _Dated], earlier: date, later: date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids that came into force and those that went out of force."""
    moved = {
        name: item.in_force(later)
        for name, item in items.items()
        if item.in_force(later) != item.in_force(earlier)
    }
    return (
        tuple(name for name, started in moved.items() if started),
        tuple(name for name, started in moved.items() if not started),
    )


def _cells(law: Library, earlier: date, later: date) -> Iterator[CellChange]:
    """Cells of both kinds of election that differ."""
    for election in ELECTIONS:
        yield from changed_cells(
            matrix(earlier, election=election, law=law), matrix(later, election=election, law=law)
        )


def changed_cells(before: Iterable[Cell], after: Iterable[Cell]) -> Iterator[CellChange]:
    """What differs between two matrices of the same acts, statuses, phases and election."""
    for old, new in zip(before, after, strict=True):
        if (old.outcome, old.provision) != (new.outcome, new.provision):
            yield CellChange(
                old.act, old.status, f"{old.election}/{old.phase.value}",
                old.outcome, new.outcome, old.provision, new.provision,
            )  # fmt: skip
