"""Election calendars and the phase on a day. The data stand in data/calendar/elections.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from netral.law.errors import DataError, NotFoundError
from netral.law.loading.reader import Entry, read_yaml
from netral.law.vocabulary import Phase, Words

_FILE = Path(__file__).parent / "data" / "calendar" / "elections.yaml"

KIND_OF_RACE = {
    "president": "pemilu",
    "legislature": "pemilu",
    "senate": "pemilu",
    "regional_head": "pemilihan",
}
"""The kind of election in which an office is filled."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the official calendar, both days inclusive, with its evidence."""

    name: Words
    start: date
    end: date
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElectionCalendar:
    """The days that matter for the rules.

    `determined` maps an office ("president", "legislature", "senate", "regional_head") to the day
    its
    candidates were determined. `campaign_start` … `count_end` are inclusive.
    """

    id: str
    kind: str
    name: Words
    candidacy_start: Mapping[str, date]
    determined: Mapping[str, date]
    campaign_start: date
    campaign_end: date
    voting: date
    count_end: date
    stages: tuple[Stage, ...]

    def phase_on(self, on: date, race: str | None = None) -> Phase | None:
        """The phase on that day. None when it depends on an office that was not named."""
        if race is not None and race not in self.determined:
            return None
        races = [race] if race is not None else list(self.determined)
        phases = {self._phase(on, name) for name in races}
        return phases.pop() if len(phases) == 1 else None

    def _phase(self, on: date, race: str) -> Phase:
        """The phase for one office. The day of determination already counts as determined."""
        starts = (
            (self.candidacy_start[race], Phase.CANDIDACY),
            (self.determined[race], Phase.DETERMINED),
            (self.campaign_start, Phase.CAMPAIGN),
        )
        if on > self.count_end:
            return Phase.AFTER
        if on > self.voting:
            return Phase.COUNT
        if on == self.voting:
            return Phase.VOTING
        if on > self.campaign_end:
            return Phase.QUIET
        current = Phase.BEFORE_CANDIDACY
        for start, phase in starts:
            if on >= start:
                current = phase
        return current


@lru_cache(maxsize=1)
def calendars() -> dict[str, ElectionCalendar]:
    """All election calendars by id."""
    return {key: _read(key, raw) for key, raw in read_yaml(_FILE).items()}


def calendar(name: str) -> ElectionCalendar:
    """One calendar; the error names those that exist."""
    try:
        return calendars()[name]
    except KeyError:
        known = ", ".join(calendars())
        raise NotFoundError(
            f"no election calendar '{name}'; known: {known}; or give 'phase' as a fact"
        ) from None


def _read(key: str, raw: Any) -> ElectionCalendar:
    """One calendar, checked for order."""
    keys = {
        "kind", "name", "candidacy_start", "determined", "campaign_start", "campaign_end", "voting",
        "count_end", "stages",
    }  # fmt: skip
    entry = Entry.of(f"elections.yaml: {key}", raw, keys, keys)
    days = [
        *raw["determined"].values(),
        *map(entry.day, ("campaign_start", "campaign_end", "voting", "count_end")),
    ]
    if days != sorted(days):
        raise DataError(f"{entry.place}: the days must stand in order")
    return ElectionCalendar(
        id=key,
        kind=entry.text("kind"),
        name=entry.words("name"),
        candidacy_start=raw["candidacy_start"],
        determined=raw["determined"],
        campaign_start=entry.day("campaign_start"),
        campaign_end=entry.day("campaign_end"),
        voting=entry.day("voting"),
        count_end=entry.day("count_end"),
        stages=tuple(_stage(entry, item) for item in raw["stages"]),
    )


def _stage(parent: Entry, raw: Any) -> Stage:
    """One stage of a calendar."""
    keys = {"name", "start", "end", "evidence"}
    entry = Entry.of(f"{parent.place}: stage", raw, keys, keys)
    if entry.day("end") < entry.day("start"):
        raise DataError(f"{entry.place}: '{entry.words('name').id}' ends before it starts")
    return Stage(entry.words("name"), entry.day("start"), entry.day("end"), entry.texts("evidence"))
