"""The decision index: for each act and stretch of days, the norms that can matter, as bit masks.

The act fixes the conduct, so most norms fall away before anything is asked. What is left is a
`Chapter`: a short list of rules whose conditions are pairs of integers. `evaluate` walks it once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from netral.law.contests import Contest
from netral.law.facts import Vocabulary
from netral.law.instruments import Element, Norm
from netral.law.library import Library

# One condition: (wanted values, groups of (wanted, unwanted values of the same fact)).
# It fails when no wanted value is possible, holds when some group has no unwanted value left.
Condition = tuple[int, tuple[tuple[int, int], ...]]

FAILS, HOLDS, UNKNOWN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Rule:
    """One norm, compiled. `names` are the elements in the order of `conditions`."""

    norm: Norm
    conditions: tuple[Condition, ...]
    elements: tuple[Element, ...]
    exceptions: tuple[tuple[Condition, ...], ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """One contest, compiled."""

    contest: Contest
    conditions: tuple[Condition, ...]
    unsettles: frozenset[str]
    reach: int


@dataclass(frozen=True, slots=True)
class Excluded:
    """A norm that cannot matter in this chapter, and why: not in force, or other conduct."""

    norm: Norm
    reason: str
    element: Element | None = None


@dataclass(slots=True)
class Chapter:
    """All that can matter for one act in one stretch of days, and the findings already made."""

    act: str
    rules: tuple[Rule, ...]
    disputes: tuple[Dispute, ...]
    excluded: tuple[Excluded, ...]
    lifters: dict[str, tuple[str, ...]]
    relevant: int
    findings: dict[int, object] = field(default_factory=dict)


def chapter(library: Library, act: str, on: date) -> Chapter:
    """The chapter for an act on a day; built once per stretch of days between turning days."""
    key = (act, library.epoch(on))
    found = library.chapters.get(key)
    if found is None:
        found = library.chapters[key] = _build(library, act, on)
    assert isinstance(found, Chapter)
    return found


def _build(library: Library, act: str, on: date) -> Chapter:
    """Compile the norms and contests that can matter for the act on that day."""
    vocabulary = library.facts
    given = library.given_mask(act)
    rules: list[Rule] = []
    excluded: list[Excluded] = []
    for norm in library.norms.values():
        if not library.provision(norm.provision).in_force(on):
            excluded.append(Excluded(norm, "not_in_force"))
            continue
        failing = next(
            (item for item in norm.elements if not _mask(vocabulary, item) & given), None
        )
        if failing is not None:
            excluded.append(Excluded(norm, "other_act", failing))
            continue
        rules.append(_rule(vocabulary, norm, given))
    disputes = tuple(_disputes(library, on, given))
    names = {rule.norm.id for rule in rules}
    lifters: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        for name in rule.norm.lifts:
            for lifted in names:
                if lifted == name or lifted.endswith(">" + name):
                    lifters[lifted] = (*lifters.get(lifted, ()), rule.norm.id)
    relevant = _linked(vocabulary)
    for rule in rules:
        relevant |= rule.reach
    for dispute in disputes:
        relevant |= dispute.reach
    return Chapter(act, tuple(rules), disputes, tuple(excluded), lifters, relevant)


def _linked(vocabulary: Vocabulary) -> int:
    """Facts every verdict depends on: the status chooses duties, sanctions and clocks."""
    return (
        vocabulary.fact_mask["status"]
        | vocabulary.fact_mask["election"]
        | vocabulary.fact_mask["repeated"]
    )


def _disputes(library: Library, on: date, given: int) -> list[Dispute]:
    """The contests that can matter for the act."""
    found = []
    for contest in library.contests.values():
        if not contest.in_force(on):
            continue
        if any(not _mask(library.facts, item) & given for item in contest.elements):
            continue
        conditions = tuple(_condition(library.facts, item, given) for item in contest.elements)
        open_ones = tuple(item for item in conditions if item is not None)
        reach = 0
        for element in contest.elements:
            reach |= _facts_mask(library.facts, element)
        unsettles = frozenset(contest.unsettles) | {
            name
            for name in library.norms
            if any(name.endswith(">" + item) for item in contest.unsettles)
        }
        found.append(Dispute(contest, open_ones, unsettles, reach))
    return found


def _rule(vocabulary: Vocabulary, norm: Norm, given: int) -> Rule:
    """Compile one norm; conditions that the act already meets are dropped."""
    pairs = [(_condition(vocabulary, item, given), item) for item in norm.elements]
    kept = [(condition, item) for condition, item in pairs if condition is not None]
    exceptions = []
    for exception in norm.exceptions:
        if all(_mask(vocabulary, item) & given for item in exception):
            compiled = tuple(_condition(vocabulary, item, given) for item in exception)
            exceptions.append(tuple(item for item in compiled if item is not None))
    reach = 0
    for element in (*norm.elements, *(item for exception in norm.exceptions for item in exception)):
        reach |= _facts_mask(vocabulary, element)
    return Rule(
        norm,
        tuple(condition for condition, _ in kept),
        tuple(item for _, item in kept),
        tuple(exceptions),
        reach,
    )


def _condition(vocabulary: Vocabulary, element: Element, given: int) -> Condition | None:
    """The element as masks, or None when the act alone already meets it."""
    wanted = 0
    groups = []
    for name, values in element.choices.items():
        mask = vocabulary.mask(name, values)
        if vocabulary.facts[name].many:
            if given & mask:
                return None
            continue
        unwanted = vocabulary.fact_mask[name] & ~mask
        if given & mask and not given & unwanted:
            return None
        wanted |= mask
        groups.append((mask, unwanted))
    return wanted, tuple(groups)


def _mask(vocabulary: Vocabulary, element: Element) -> int:
    """All values the element accepts."""
    result = 0
    for name, values in element.choices.items():
        result |= vocabulary.mask(name, values)
    return result


def _facts_mask(vocabulary: Vocabulary, element: Element) -> int:
    """All values of the single-valued facts the element looks at."""
    result = 0
    for name in element.choices:
        if not vocabulary.facts[name].many:
            result |= vocabulary.fact_mask[name]
    return result


def condition_state(condition: Condition, possible: int) -> int:
    """FAILS, HOLDS or UNKNOWN of one condition."""
    wanted, groups = condition
    if not possible & wanted:
        return FAILS
    for _, unwanted in groups:
        if not possible & unwanted:
            return HOLDS
    return UNKNOWN


def all_of(conditions: tuple[Condition, ...], possible: int) -> int:
    """Conjunction: one failure decides; else one unknown; else it holds."""
    state = HOLDS
    for wanted, groups in conditions:
        if not possible & wanted:
            return FAILS
        for _, unwanted in groups:
            if not possible & unwanted:
                break
        else:
            state = UNKNOWN
    return state
