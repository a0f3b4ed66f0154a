"""What changed in the law between two days, as a reader asks for it: first what is now allowed or
forbidden otherwise, then what is the same on another basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from netral.guidance.queries.matrix import cells
from netral.law import PHASES, Outcome, Phase, library
from netral.law.acts import Act
from netral.law.changes import ELECTIONS, CellChange, Changes, changed_cells, changes
from netral.law.dating import Dated
from netral.law.matrix import STATUSES
from netral.law.sanctions import Supervisor


@dataclass(frozen=True, slots=True)
class Move:
    """One change of outcome of an act, and for whom and when in an election it came."""

    before: Outcome | None
    after: Outcome | None
    statuses: tuple[str, ...]
    phases: tuple[str, ...]
    elections: tuple[str, ...]

    @property
    def spans(self) -> list[tuple[str, str]]:
        """The phases as runs of neighbours: first and last of each."""
        spans: list[tuple[str, str]] = []
        for phase in PHASES:
            if phase in self.phases:
                joins = spans and PHASES.index(Phase(spans[-1][1])) + 1 == PHASES.index(phase)
                first = spans.pop()[0] if joins else phase
                spans.append((first, phase))
        return spans


@dataclass(frozen=True, slots=True)
class MovedAct:
    act: Act
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """Acts whose outcome stayed while the provision it rests on gave way to another."""

    before: str | None
    after: str | None
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    found: Changes
    supervisors_before: tuple[Supervisor, ...]
    supervisors_after: tuple[Supervisor, ...]
    moved: tuple[MovedAct, ...]
    bases: tuple[Basis, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the law of both days is the same."""
        found = self.found
        parts = (
            found.provisions_started, found.provisions_ended, found.instruments_started,
            found.instruments_ended, found.contests_started, found.contests_ended, self.moved,
            self.bases,
        )  # fmt: skip
        return not any(parts) and self.supervisors_before == self.supervisors_after


@dataclass(frozen=True, slots=True)
class TurningDay:
    """A day on which the law changed, and the names of the instruments that began or ended.
    ``stands_in``: nothing known to the day began or ended on it, so it is no day to be told."""

    before: date
    on: date
    started: tuple[str, ...]
    ended: tuple[str, ...]
    provisions: int
    stands_in: bool


def compare(earlier: date, later: date) -> Comparison:
    """What differs between the law of two days, in whatever order they are given.

    Days of one stretch between two turning days compare alike, so whoever asks for every pair of
    days there is makes the server compare each pair of stretches once.
    """
    law = library()
    earlier, later = min(earlier, later), max(earlier, later)
    found = _compare(law.stretch_start(earlier), law.stretch_start(later), law.version)
    return replace(found, found=replace(found.found, earlier=earlier, later=later))


@lru_cache(maxsize=1024)
def _compare(earlier: date, later: date, version: str) -> Comparison:
    """The comparison of the first days of two stretches."""
    law = library()
    differing = [
        item
        for election in ELECTIONS
        for item in changed_cells(cells(earlier, election), cells(later, election))
    ]
    return Comparison(
        changes(earlier, later, cells=False),
        law.supervisors_on(earlier),
        law.supervisors_on(later),
        tuple(_moved([item for item in differing if item.before is not item.after])),
        tuple(_bases([item for item in differing if item.before is item.after])),
    )


def _moved(differing: list[CellChange]) -> Iterator[MovedAct]:
    """The acts whose outcome moved, each with its moves."""
    by_act: dict[str, dict[tuple[Outcome | None, Outcome | None], list[CellChange]]] = {}
    for item in differing:
        by_act.setdefault(item.act, {}).setdefault((item.before, item.after), []).append(item)
    for act in library().acts.values():
        if act.id in by_act:
            yield MovedAct(
                act, tuple(_move(*pair, items) for pair, items in by_act[act.id].items())
            )


def _move(before: Outcome | None, after: Outcome | None, items: list[CellChange]) -> Move:
    statuses = {item.status for item in items}
    places = {tuple(item.phase.split("/")) for item in items}
    elections, phases = ({place[number] for place in places} for number in (0, 1))
    return Move(
        before,
        after,
        tuple(item for item in STATUSES if item in statuses),
        tuple(item for item in PHASES if item in phases),
        tuple(item for item in ELECTIONS if item in elections),
    )


def _bases(differing: list[CellChange]) -> Iterator[Basis]:
    """The provisions that gave way to others, each pair with the acts that rest on it."""
    by_pair: dict[tuple[str | None, str | None], set[str]] = {}
    for item in differing:
        by_pair.setdefault((item.cited_before, item.cited_after), set()).add(item.act)
    for (before, after), names in by_pair.items():
        yield Basis(before, after, tuple(act for act in library().acts.values() if act.id in names))


def turning_days() -> list[TurningDay]:
    """The days on which the law changed, youngest first."""
    law = library()
    found = []
    for on in reversed(law.turning_days):
        if on > law.first_day:
            day_before = on - timedelta(days=1)
            moved = changes(day_before, on, cells=False)
            provisions = len(moved.provisions_started) + len(moved.provisions_ended)
            found.append(
                TurningDay(
                    day_before, on, moved.instruments_started, moved.instruments_ended, provisions,
                    _stands_in(moved),
                )
            )  # fmt: skip
    return found


def _stands_in(moved: Changes) -> bool:
    """Whether of all that began or ended no day is known."""
    law = library()
    both: dict[str, Dated] = {**law.instruments, **law.provisions}
    known = [
        *(both[name].dating.start for name in moved.instruments_started + moved.provisions_started),
        *(both[name].dating.end for name in moved.instruments_ended + moved.provisions_ended),
    ]
    return bool(known) and all(known) and not (moved.contests_started or moved.contests_ended)
