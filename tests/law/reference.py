"""A slow and plain evaluator, written from the meaning of the data and not from the index.

It knows nothing of bits or chapters: a situation is a dict from fact to the set of values still
possible.
The fast path must never differ from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from netral.law import Library, Situation
from netral.law.instruments import Element, Norm
from netral.law.situation import known_facts
from netral.law.vocabulary import CLASS_OUTCOME, GRAVITY, Outcome

Possible = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class PlainVerdict:
    """What the reference says: the outcome, what stays possible, and the norms by how they
    stand."""

    outcome: Outcome
    applied: frozenset[str]
    contested: frozenset[str]
    permitted: frozenset[str]


def element_state(element: Element, possible: Possible) -> bool | None:
    """True, False, or None when a missing fact decides."""
    states = []
    for fact, wanted in element.choices.items():
        values = possible[fact]
        if fact == "conduct":
            states.append(bool(values & set(wanted)))
        elif values <= set(wanted):
            states.append(True)
        elif not values & set(wanted):
            states.append(False)
        else:
            states.append(None)
    if True in states:
        return True
    return None if None in states else False


def conjunction(elements: tuple[Element, ...], possible: Possible) -> bool | None:
    """All of the elements."""
    states = [element_state(item, possible) for item in elements]
    if False in states:
        return False
    return None if None in states else True


def norm_state(norm: Norm, possible: Possible) -> bool | None:
    """The norm with its exceptions."""
    state = conjunction(norm.elements, possible)
    exceptions = [conjunction(item, possible) for item in norm.exceptions]
    if state is False or True in exceptions:
        return False
    return None if state is None or None in exceptions else True


def possible_of(library: Library, situation: Situation, on: date) -> dict[str, frozenset[str]]:
    """The values still possible for each fact."""
    possible = {name: frozenset(fact.values) for name, fact in library.facts.facts.items()}
    for name, values in library.act(situation.act).given.items():
        possible[name] = frozenset(values)
    for name, value in known_facts(library, situation, on).items():
        possible[name] &= {value}
    if possible["election"] == {"pemilihan"}:
        possible["race"] &= {"regional_head"}
    if possible["election"] == {"pemilu"}:
        possible["race"] -= {"regional_head"}
    if possible["race"] == {"regional_head"}:
        possible["election"] &= {"pemilihan"}
    if "regional_head" not in possible["race"]:
        possible["election"] &= {"pemilu"}
    return possible


def judge_plainly(library: Library, situation: Situation, on: date) -> PlainVerdict:
    """The verdict by definition."""
    possible = possible_of(library, situation, on)
    norms = {
        name: norm
        for name, norm in library.norms.items()
        if library.provision(norm.provision).in_force(on)
    }
    states = {name: norm_state(norm, possible) for name, norm in norms.items()}
    contests = {
        item.id: conjunction(item.elements, possible)
        for item in library.contests.values()
        if item.in_force(on) and item.affects == "outcome"
    }
    applied, contested, opened = set(), set(), set()
    for name, norm in norms.items():
        if norm.forbids:
            state = lifted_state(library, name, norms, states)
            doubt = doubt_about(library, name, contests)
            if state is True and doubt is False:
                applied.add(name)
            elif state is True and doubt is True:
                contested.add(name)
            elif state is not False and doubt is not True:
                opened.add(name)
    permitted = {name for name, norm in norms.items() if not norm.forbids and states[name] is True}
    outcome = outcome_of(norms, applied, opened, permitted, contests)
    return PlainVerdict(outcome, frozenset(applied), frozenset(contested), frozenset(permitted))


def lifted_state(
    library: Library, name: str, norms: Mapping[str, Norm], states: Mapping[str, bool | None]
) -> bool | None:
    """The state of a prohibition after the permissions that name it."""
    state = states[name]
    named = {name, name.split(">")[-1]}
    for lifter, norm in norms.items():
        if named & set(norm.lifts):
            if states[lifter] is True:
                return False
            if states[lifter] is None and state is True:
                state = None
    return state


def doubt_about(library: Library, name: str, contests: Mapping[str, bool | None]) -> bool | None:
    """Whether a dispute about the outcome reaches the norm: surely, surely not, or perhaps."""
    named = {name, name.split(">")[-1]}
    states = [
        state for key, state in contests.items() if named & set(library.contests[key].unsettles)
    ]
    if True in states:
        return True
    return None if None in states else False


def outcome_of(
    norms: Mapping[str, Norm],
    applied: set[str],
    opened: set[str],
    permitted: set[str],
    contests: Mapping[str, bool | None],
) -> Outcome:
    """The order of precedence: settled prohibitions, open ones, disputes, permissions, nothing."""
    if applied:
        return max((CLASS_OUTCOME[norms[name].klass] for name in applied), key=GRAVITY.__getitem__)
    if opened or (None in contests.values() and True not in contests.values()):
        return Outcome.UNDETERMINED
    if True in contests.values():
        return Outcome.CONTESTED
    if any(norms[name].conditions for name in permitted):
        return Outcome.ALLOWED_IF
    return Outcome.ALLOWED if permitted else Outcome.UNDETERMINED
