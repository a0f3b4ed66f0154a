"""What holds in one stretch of days between two turning days, whatever the act.

What it means for people of one status (their duties, sanctions, supervisors, procedures) is a
`Setting`. Stretches that bring a status the same share one, and so all words that rest on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from netral.law.library import Library
from netral.law.memory import Memory
from netral.law.procedures import procedures, starting_steps
from netral.law.sanctions import Range
from netral.law.vocabulary import Outcome, Words

_ASN = {"PNS", "CPNS", "PPPK", "PPPK_PW"}
_PNS = {"PNS", "CPNS"}
_REGULATION = "PP-94-2021/35"


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What a stretch of days brings to the statuses still possible.

    `beside` are the provisions in force that may be cited beside those that decide; `ranges` the
    sanctions by level, for a known status; `heaviest_only` whether several breaches bring one
    sanction; `clocks` the first
    steps of the procedures that start, by the bits of the elections still possible.
    """

    statuses: tuple[str, ...]
    beside: frozenset[str]
    duties: tuple[str, ...]
    residuals: tuple[str, ...]
    bodies: tuple[Words, ...]
    ranges: Mapping[str, Range]
    heaviest_only: bool
    clocks: Mapping[Outcome, Memory[int, tuple[str, ...]]] = field(repr=False)


class Stretch:
    """The provisions in force, and the settings by the bits of the statuses still possible."""

    def __init__(self, law: Library, on: date, shared: dict[object, Setting]) -> None:
        self._law, self.on, self._shared = law, on, shared
        self.in_force = frozenset(
            name for name, item in law.provisions.items() if item.in_force(on)
        )
        self._beside = self.in_force & law.cited_beside
        self._running = tuple(name for name, path in procedures().items() if path.in_force(on))
        self.settings: Memory[int, Setting] = Memory(self._setting)

    def _setting(self, bits: int) -> Setting:
        """The setting for statuses; equal ones of all stretches are one object."""
        law, on = self._law, self.on
        statuses = law.facts.possible_of(bits, "status")
        duties = tuple(dict.fromkeys(name for item in statuses for name in law.duties(item, on)))
        residuals = tuple(
            dict.fromkeys(name for item in statuses for name in law.residuals(item, on))
        )
        supervisors = law.supervisors_on(on) if _ASN.intersection(statuses) else ()
        bodies = tuple(item.body for item in supervisors)
        ranges = self._ranges(statuses)
        heaviest_only = _PNS.issuperset(statuses) and _REGULATION in self.in_force
        key = (
            bits, self._beside, duties, residuals, bodies, heaviest_only, self._running,
            *map(id, ranges.values()),
        )  # fmt: skip
        if key not in self._shared:
            self._shared[key] = Setting(
                statuses, self._beside, duties, residuals, bodies,
                ranges, heaviest_only,
                {outcome: self._clocks(outcome, statuses) for outcome in Outcome},
            )  # fmt: skip
        return self._shared[key]

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
