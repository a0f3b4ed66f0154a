"""What holds in one stretch of days between two turning days, whatever the act.

What it means for people of one status is a `Setting`: what may be cited, and what follows from a
result. Stretches that bring a status the same share these, and so all words that rest on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from netral.law.library import Library
from netral.law.memory import Memory
from netral.law.procedures import procedures, starting_steps
from netral.law.sanctions import Range
from netral.law.vocabulary import Outcome, Words

_ASN = {"PNS", "CPNS", "PPPK", "PPPK_PW"}
_PNS = {"PNS", "CPNS"}
_REGULATION = "PP-94-2021/35"


@dataclass(frozen=True, slots=True, eq=False)
class Footing:
    """What may be cited for the statuses still possible: `beside` the provisions that decide those
    in force, the general duties, and what catches the rest."""

    statuses: tuple[str, ...]
    beside: frozenset[str]
    duties: tuple[str, ...]
    residuals: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Consequences:
    """What a result brings to the statuses still possible.

    `bodies` are the supervisors; `ranges` the sanctions by level, for a known status;
    `heaviest_only` whether several breaches bring one sanction; `clocks` the first steps of the
    procedures that start, by the bits of the elections still possible.
    """

    statuses: tuple[str, ...]
    bodies: tuple[Words, ...]
    ranges: Mapping[str, Range]
    heaviest_only: bool
    clocks: Mapping[Outcome, Memory[int, tuple[str, ...]]] = field(repr=False)


Setting = tuple[Footing, Consequences]


class Stretch:
    """The provisions in force, and the settings by the bits of the statuses still possible."""

    def __init__(self, law: Library, on: date, shared: dict[object, Any]) -> None:
        self._law, self.on, self._shared = law, on, shared
        self.in_force = frozenset(
            name for name, item in law.provisions.items() if item.in_force(on)
        )
        self._beside = self.in_force & law.cited_beside
        self._running = tuple(name for name, path in procedures().items() if path.in_force(on))
        self.settings: Memory[int, Setting] = Memory(self._setting)

    def _setting(self, bits: int) -> Setting:
        """The setting for statuses; equal parts of all stretches are one object."""
        statuses = self._law.facts.possible_of(bits, "status")
        return self._footing(statuses), self._consequences(statuses)

    def _footing(self, statuses: tuple[str, ...]) -> Footing:
        law, on = self._law, self.on
        duties = dict.fromkeys(name for item in statuses for name in law.duties(item, on))
        residuals = dict.fromkeys(name for item in statuses for name in law.residuals(item, on))
        key = (statuses, self._beside, tuple(duties), tuple(residuals))
        found: Footing = self._shared.setdefault(key, Footing(*key))
        return found

    def _consequences(self, statuses: tuple[str, ...]) -> Consequences:
        supervisors = self._law.supervisors_on(self.on) if _ASN.intersection(statuses) else ()
        bodies = tuple(item.body for item in supervisors)
        ranges = self._ranges(statuses)
        heaviest_only = _PNS.issuperset(statuses) and _REGULATION in self.in_force
        key = (statuses, bodies, heaviest_only, self._running, *map(id, ranges.values()))
        clocks = {outcome: self._clocks(outcome, statuses) for outcome in Outcome}
        found: Consequences = self._shared.setdefault(
            key, Consequences(statuses, bodies, ranges, heaviest_only, clocks)
        )
        return found

    def _ranges(self, statuses: tuple[str, ...]) -> dict[str, Range]:
        """The sanctions by level; none while the status is open."""
        if len(statuses) != 1:
            return {}
        found = {
            name: item.range_for(*statuses, self.on) for name, item in self._law.sanctions.items()
        }
        return {name: item for name, item in found.items() if item is not None}

    def _clocks(self, outcome: Outcome, statuses: tuple[str, ...]) -> Memory[int, tuple[str, ...]]:
        possible_of, on = self._law.facts.possible_of, self.on
        return Memory(
            lambda bits: starting_steps(outcome, statuses, possible_of(bits, "election"), on)
        )
