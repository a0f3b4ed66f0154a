"""The procedures and their steps as data: what starts a clock, how long it runs, which days
count."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from netral.law.errors import DataError, NotFoundError
from netral.law.loading.reader import Entry, read_yaml
from netral.law.vocabulary import Outcome, Words

_FOLDER = Path(__file__).parent / "data" / "procedures"


class Counting(StrEnum):
    """Which days count. `HOURS` runs by the clock; `UNKNOWN` means that no limit was found in
    law."""

    WORKING = "working"
    CALENDAR = "calendar"
    UNSPECIFIED = "unspecified"
    HOURS = "hours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `length` is in days, or hours for `HOURS`; None when the law gives no limit.

    `extension` is what may be added, `extended_counting` how the whole extended time counts.
    `other_counting` is a second reading that some source
    supports. `on_day` marks an effect that comes on the last day instead of a limit that ends
    with it.
    """

    id: str
    path: str
    name: Words
    starts: Words
    who: Words
    counting: Counting
    length: int | None
    provision: str
    evidence: tuple[str, ...]
    extension: int | None = None
    extended_counting: Counting | None = None
    on_day: bool = False
    other_counting: Counting | None = None
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure: when it begins to matter, and its steps in order."""

    id: str
    name: Words
    effective: date | None
    until: date | None
    outcomes: frozenset[str]
    status: frozenset[str]
    election: frozenset[str]
    first: tuple[str, ...]
    steps: tuple[Step, ...]

    def in_force(self, on: date) -> bool:
        """Whether the procedure exists on that day."""
        started = self.effective is None or self.effective <= on
        return started and (self.until is None or on <= self.until)


@lru_cache(maxsize=1)
def procedures() -> dict[str, Procedure]:
    """All procedures by id."""
    return {
        key: _path(key, raw)
        for file in sorted(_FOLDER.glob("*.yaml"))
        for key, raw in read_yaml(file).items()
    }


@lru_cache(maxsize=1)
def steps() -> dict[str, Step]:
    """All steps by id, such as "pp94/summons"."""
    return {step.id: step for path in procedures().values() for step in path.steps}


def step(name: str) -> Step:
    """One step; the error names those that exist."""
    try:
        return steps()[name]
    except KeyError:
        raise NotFoundError.naming("step", name, steps()) from None


def starting_steps(
    outcome: Outcome, statuses: Collection[str], elections: Collection[str], on: date
) -> tuple[str, ...]:
    """The steps whose clocks would start if somebody reported this, for the statuses still
    possible."""
    word = outcome.value
    found: list[str] = []
    for path in procedures().values():
        if (
            word in path.outcomes
            and not path.status.isdisjoint(statuses)
            and not path.election.isdisjoint(elections)
            and path.in_force(on)
        ):
            found.extend(path.first)
    return tuple(found)


def _path(key: str, raw: Any) -> Procedure:
    """One procedure from its file."""
    allowed = {"name", "from", "until", "outcomes", "status", "election", "first", "steps"}
    entry = Entry.of(
        f"procedure {key}",
        raw,
        allowed,
        {"name", "outcomes", "status", "election", "first", "steps"},
    )
    found = tuple(_step(key, name, body) for name, body in raw["steps"].items())
    names = {item.id for item in found}
    first = tuple(f"{key}/{name}" for name in entry.texts("first"))
    for name in first:
        if name not in names:
            raise DataError(f"{entry.place}: first step '{name}' is not among the steps")
    return Procedure(
        key, entry.words("name"), entry.maybe_day("from"), entry.maybe_day("until"),
        frozenset(entry.texts("outcomes")), frozenset(entry.texts("status")),
        frozenset(entry.texts("election")), first, found,
    )  # fmt: skip


def _step(path: str, name: str, raw: Mapping[str, Any]) -> Step:
    """One step, with the length required exactly when the law gives one."""
    allowed = {
        "name", "starts", "who", "counting", "length", "provision", "evidence", "extension",
        "extended_counting", "on_day", "other_counting", "note",
    }  # fmt: skip
    required = {"name", "starts", "who", "counting", "provision", "evidence"}
    entry = Entry.of(f"step {path}/{name}", raw, allowed, required)
    counting = entry.choice("counting", Counting)
    length = raw.get("length")
    if (counting is Counting.UNKNOWN) != (length is None):
        raise DataError(f"{entry.place}: give 'length' unless the counting is unknown")
    return Step(
        id=f"{path}/{name}",
        path=path,
        name=entry.words("name"),
        starts=entry.words("starts"),
        who=entry.words("who"),
        counting=counting,
        length=length,
        provision=entry.text("provision"),
        evidence=entry.texts("evidence"),
        extension=raw.get("extension"),
        extended_counting=entry.choice("extended_counting", Counting)
        if entry.has("extended_counting")
        else None,
        on_day=bool(raw.get("on_day", False)),
        other_counting=entry.choice("other_counting", Counting)
        if entry.has("other_counting")
        else None,
        note=entry.maybe_words("note"),
    )
