"""What changed in the law between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from netral.law.library import Library, library
from netral.law.matrix import matrix
from netral.law.vocabulary import Outcome


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
    contests = tuple(
        name
        for name, item in law.contests.items()
        if item.in_force(later) and not item.in_force(earlier)
    )
    return Changes(
        earlier, later, new, gone, started, ended, contests,
        tuple(item.body.id for item in law.supervisors_on(earlier)),
        tuple(item.body.id for item in law.supervisors_on(later)),
        tuple(_cells(law, earlier, later)) if cells else (),
    )  # fmt: skip


def _moved(items: object, earlier: date, later: date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids that came into force and those that went out of force."""
    assert isinstance(items, dict)
    started = tuple(
        name for name, item in items.items() if item.in_force(later) and not item.in_force(earlier)
    )
    ended = tuple(
        name for name, item in items.items() if item.in_force(earlier) and not item.in_force(later)
    )
    return started, ended


def _cells(law: Library, earlier: date, later: date) -> list[CellChange]:
    """Cells of both kinds of election that differ."""
    found: dict[tuple[str, str, str], CellChange] = {}
    for election in ("pemilu", "pemilihan"):
        pairs = zip(
            matrix(earlier, election=election, law=law),
            matrix(later, election=election, law=law),
            strict=True,
        )
        for old, new in pairs:
            if (old.outcome, old.provision) != (new.outcome, new.provision):
                key = (old.act, old.status, f"{election}/{old.phase.value}")
                found[key] = CellChange(
                    *key, old.outcome, new.outcome, old.provision, new.provision
                )
    return list(found.values())
