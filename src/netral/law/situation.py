"""What is known about one event: the act, and the facts somebody told.

A fact that is not told is missing. The election may be named by its calendar
(`calendar="pilkada-2024"`),
then its kind and the phase on the day follow from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from netral.law.elections import calendar as election_calendar
from netral.law.errors import SituationError
from netral.law.facts import Vocabulary
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


def possible_values(library: Library, situation: Situation, on: date) -> int:
    """All values still possible, as bits; see `netral.law.facts`.

    Raises `SituationError` for unknown names and for facts that contradict the act.
    """
    told = library.facts.told
    possible = library.given_mask(situation.act)
    facts = situation.facts
    if situation.calendar is not None:
        facts = known_facts(library, situation, on)
    for item in facts.items():
        found = told.get(item)
        if found is None or not possible & found[0]:
            raise SituationError(_refusal(library, situation.act, *item))
        possible &= found[1]
    return link_races(library.facts, possible)


def link_races(vocabulary: Vocabulary, possible: int) -> int:
    """The office at stake and the kind of election tell about each other."""
    regional, national, pemilu, pemilihan = vocabulary.races
    if not possible & pemilu:
        possible &= ~national
    if not possible & pemilihan:
        possible &= ~regional
    if not possible & national:
        possible &= ~pemilu
    if not possible & regional:
        possible &= ~pemilihan
    if not possible & (pemilu | pemilihan):
        raise SituationError(
            "the office at stake does not belong to that kind of election; give one of them"
        )
    return possible


def _refusal(library: Library, act: str, name: str, value: str) -> str:
    """Why a fact is not known or does not fit the act, and which acts do fit."""
    library.facts.bit(name, value)
    if name == "conduct":
        return "the act fixes the conduct; choose another act instead of giving 'conduct'"
    entry = library.act(act)
    advice = f"; use {' or '.join(entry.see_also)}" if entry.see_also else "; choose another act"
    held = "/".join(entry.given[name])
    return f"the act '{act}' means {name}={held}, not {value}{advice}"
