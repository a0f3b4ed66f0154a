"""What is known about one event: the act, and the facts somebody told.

A fact that is not told is missing. The election may be named by its calendar
(`calendar="pilkada-2024"`),
then its kind and the phase on the day follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_

from netral.law.chapters import Outline
from netral.law.elections import calendar as election_calendar
from netral.law.errors import SituationError
from netral.law.library import Library


@dataclass(frozen=True, slots=True)
class Situation:
    """One act with the facts known about it."""

    act: str
    facts: Mapping[str, str] = field(default_factory=dict)
    calendar: str | None = None


def known_facts(library: Library, situation: Situation, on: date) -> dict[str, str]:
    """The told facts plus what the named calendar says about the day; told facts win.

    The office at stake may be told or be part of the act; candidates are determined office by
    office.
    """
    if situation.calendar is None:
        return dict(situation.facts)
    election = election_calendar(situation.calendar)
    derived: dict[str, str] = {"election": election.kind}
    given = library.act(situation.act).given.get("race", ())
    race = situation.facts.get("race") or (given[0] if len(given) == 1 else None)
    phase = election.phase_on(on, race)
    if phase is not None:
        derived["phase"] = phase.value
    return derived | dict(situation.facts)


def possible_values(outline: Outline, situation: Situation, on: date) -> int:
    """All values still possible, as bits; see `netral.law.facts`.

    Raises `SituationError` for unknown names and for facts that contradict the act.
    """
    facts = situation.facts
    if situation.calendar is not None:
        facts = known_facts(outline.index.law, situation, on)
    try:
        possible = reduce(and_, map(outline.told.__getitem__, facts.items()), outline.given)
        return possible & outline.fitting[possible & outline.tied]
    except KeyError:
        raise SituationError(_refusal(outline, facts)) from None


def _refusal(outline: Outline, facts: Mapping[str, str]) -> str:
    """Why the first unfit fact is not known or does not fit the act, and which acts do fit."""
    bit = outline.index.law.facts.bit
    name, value = next(
        item for item in facts.items() if item[0] == "conduct" or not bit(*item) & outline.given
    )
    if name == "conduct":
        return "the act fixes the conduct; choose another act instead of giving 'conduct'"
    act = outline.act
    advice = f"; use {' or '.join(act.see_also)}" if act.see_also else "; choose another act"
    held = "/".join(act.given[name])
    return f"the act '{act.id}' means {name}={held}, not {value}{advice}"
