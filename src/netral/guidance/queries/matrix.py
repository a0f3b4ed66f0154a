"""The matrix act × status × phase, with equal neighbours joined: a row reads like a time line.

Findings are the same on every day between two turning days of the law, so a matrix is computed
once per such stretch and kind of election.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from netral.guidance.queries.acts import by_group
from netral.law import Outcome, Phase, library
from netral.law.acts import Act
from netral.law.matrix import STATUSES, Cell, matrix
from netral.law.vocabulary import Words


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring phases with one outcome on one main provision. None: cannot happen then."""

    outcome: Outcome | None
    provision: str | None
    possible: tuple[Outcome, ...]
    first: Phase
    last: Phase
    length: int
    status: str


@dataclass(frozen=True, slots=True)
class Row:
    """One act: its runs status by status."""

    act: Act
    statuses: tuple[tuple[str, tuple[Run, ...]], ...]


@dataclass(frozen=True, slots=True)
class Group:
    name: Words
    rows: tuple[Row, ...]


def cells(on: date, election: str) -> tuple[Cell, ...]:
    """Every cell of the library's matrix under the law of a day."""
    return _cells(library().stretch_start(on), election, library().version)


@lru_cache(maxsize=16)
def _cells(start: date, election: str, version: str) -> tuple[Cell, ...]:
    return tuple(matrix(start, election=election))


def groups(on: date, election: str, statuses: Sequence[str] = STATUSES) -> list[Group]:
    """The matrix by group of acts, for some statuses."""
    by_act: dict[str, list[Cell]] = {}
    for cell in cells(on, election):
        by_act.setdefault(cell.act, []).append(cell)
    return [
        Group(name, tuple(_row(act, by_act[act.id], statuses) for act in acts))
        for name, acts in by_group()
    ]


def row(act: Act, on: date, election: str) -> Row:
    """The row of one act, for its own page: without the rest of the matrix."""
    return _row(act, list(matrix(on, election=election, acts=(act.id,))), STATUSES)


def _row(act: Act, found: list[Cell], statuses: Sequence[str]) -> Row:
    parts = {status: tuple(group) for status, group in groupby(found, key=_status)}
    return Row(act, tuple((status, _runs(parts[status])) for status in statuses))


def _status(cell: Cell) -> str:
    return cell.status


def _runs(found: Sequence[Cell]) -> tuple[Run, ...]:
    runs = []
    for _key, group in groupby(found, key=_told):
        same = list(group)
        first = same[0]
        runs.append(Run(*_told(first), first.phase, same[-1].phase, len(same), first.status))
    return tuple(runs)


def _told(cell: Cell) -> tuple[Outcome | None, str | None, tuple[Outcome, ...]]:
    """What a cell says: neighbours that say the same are joined."""
    open_ones = cell.possible if cell.outcome is Outcome.UNDETERMINED else ()
    return cell.outcome, cell.provision, open_ones
