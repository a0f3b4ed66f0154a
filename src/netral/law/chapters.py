"""The decision index: for each act and stretch of days, the norms that can matter, as bit masks.

The act fixes the conduct, so most norms fall away before anything is asked. What is left is a
`Chapter`: a short list of rules whose conditions are pairs of integers. How its rules and disputes
stand for one situation is a short tuple of states; equal tuples share one weighing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from netral.law.conditions import (
    EXCEPTED,
    FAILS,
    HOLDS,
    UNKNOWN,
    Condition,
    Conjunction,
    accepted,
    condition,
    conjunction,
    facts_of,
)
from netral.law.contests import Contest
from netral.law.facts import Vocabulary
from netral.law.instruments import Element, Norm
from netral.law.library import Library, Stretch
from netral.law.memory import Memory
from netral.law.vocabulary import State

if TYPE_CHECKING:
    from netral.law.trace import Row
    from netral.law.verdict import Finding
    from netral.law.weighing import Weighing


@dataclass(frozen=True, slots=True)
class ElementState:
    """One element and how it stands."""

    element: Element
    state: State


_READINGS = (State.FAILS, State.HOLDS, State.UNDETERMINED)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One norm, compiled.

    `reach` are the values of all facts it looks at; `parts` all elements of the norm, each with its
    condition (None if the act alone meets it) and how it reads when it fails, holds, is open.
    `rows` remembers how the rule was shown for equal facts.
    """

    norm: Norm
    conditions: tuple[Condition, ...]
    exceptions: tuple[tuple[Condition, ...], ...]
    reach: int
    required: Conjunction
    barring: tuple[Conjunction, ...]
    parts: tuple[tuple[Condition | None, tuple[ElementState, ...]], ...]
    rows: Memory[tuple[int, str, str | None], Row] = field(default_factory=Memory, repr=False)

    def state(self, possible: int) -> int:
        """FAILS, HOLDS, UNKNOWN, or EXCEPTED when only an exception keeps it from applying."""
        state = self.required.state(possible)
        if state != FAILS:
            for exception in self.barring:
                excepted = exception.state(possible)
                if excepted == HOLDS:
                    return EXCEPTED
                if excepted == UNKNOWN:
                    state = UNKNOWN
        return state


@dataclass(frozen=True, slots=True, eq=False)
class Dispute:
    """One contest, compiled."""

    contest: Contest
    conditions: tuple[Condition, ...]
    required: Conjunction
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
    """All that can matter for one act in one stretch of days, and what was already judged.

    `relevant` are the facts a verdict can depend on. Stretches of days with the same rules and
    disputes share their `weighings`; `judged` holds one finding for equal relevant facts.
    """

    act: str
    rules: tuple[Rule, ...]
    disputes: tuple[Dispute, ...]
    excluded: tuple[Excluded, ...]
    lifters: dict[str, tuple[str, ...]]
    stretch: Stretch
    relevant: int
    weighings: Memory[tuple[int, ...], Weighing] = field(repr=False)
    judged: Memory[int, Finding] = field(default_factory=Memory, repr=False)

    def states(self, possible: int) -> tuple[int, ...]:
        """How every rule, then every dispute, stands for one set of possible values."""
        return (
            *[rule.state(possible) for rule in self.rules],
            *[dispute.required.state(possible) for dispute in self.disputes],
        )


def chapter(library: Library, act: str, on: date) -> Chapter:
    """The chapter for an act on a day; built once per stretch of days between turning days."""
    key = (act, library.epoch(on))
    found = library.compiled.get(key)
    if found is None:
        found = library.compiled[key] = _build(library, act, on)
    assert isinstance(found, Chapter)
    return found


def _build(library: Library, act: str, on: date) -> Chapter:
    """Compile the norms and contests that can matter for the act on that day."""
    vocabulary = library.facts
    given = library.given_mask(act)
    stretch = library.stretch(on)
    rules: list[Rule] = []
    excluded: list[Excluded] = []
    for norm, failing in _reading(library, act, given):
        if norm.provision not in stretch.in_force:
            excluded.append(Excluded(norm, "not_in_force"))
            continue
        if failing is not None:
            excluded.append(Excluded(norm, "other_act", failing))
            continue
        rules.append(_rule(library, act, norm, given))
    disputes = tuple(_disputes(library, act, on, given))
    names = [rule.norm.id for rule in rules]
    lifters: dict[str, tuple[str, ...]] = {}
    for rule in rules:
        for name in rule.norm.lifts:
            for lifted in names:
                if lifted == name or lifted.endswith(">" + name):
                    lifters[lifted] = (*lifters.get(lifted, ()), rule.norm.id)
    relevant = _linked(vocabulary)
    for reach in (*(rule.reach for rule in rules), *(dispute.reach for dispute in disputes)):
        relevant |= reach
    key = (act, *names, *(dispute.contest.id for dispute in disputes))
    weighings = library.compiled.setdefault(key, Memory())
    assert isinstance(weighings, Memory)
    return Chapter(
        act, tuple(rules), disputes, tuple(excluded), lifters, stretch, relevant, weighings
    )


def _reading(library: Library, act: str, given: int) -> list[tuple[Norm, Element | None]]:
    """Every norm, with the element that the act fails whatever else is known, if there is one."""
    key = ("reading", act)
    found = library.compiled.get(key)
    if found is None:
        masks = _all_masks(library)
        found = library.compiled[key] = [
            (norm, next((item for item, mask in masks[norm.id] if not mask & given), None))
            for norm in library.norms.values()
        ]
    assert isinstance(found, list)
    return found


def _all_masks(library: Library) -> dict[str, list[tuple[Element, int]]]:
    """The elements of every norm with all the values they accept."""
    key = ("masks",)
    found = library.compiled.get(key)
    if found is None:
        found = library.compiled[key] = {
            norm.id: [(item, accepted(library.facts, item)) for item in norm.elements]
            for norm in library.norms.values()
        }
    assert isinstance(found, dict)
    return found


def _linked(vocabulary: Vocabulary) -> int:
    """Facts every verdict depends on: the status chooses duties, sanctions and clocks."""
    return (
        vocabulary.fact_mask["status"]
        | vocabulary.fact_mask["election"]
        | vocabulary.fact_mask["repeated"]
    )


def _disputes(library: Library, act: str, on: date, given: int) -> list[Dispute]:
    """The contests that can matter for the act."""
    return [
        _dispute(library, act, contest, given)
        for contest in library.contests.values()
        if contest.in_force(on)
        and all(accepted(library.facts, item) & given for item in contest.elements)
    ]


def _dispute(library: Library, act: str, contest: Contest, given: int) -> Dispute:
    """Compile one contest, once for all stretches of days."""
    key = ("dispute", act, contest.id)
    found = library.compiled.get(key)
    if found is None:
        conditions = (condition(library.facts, item, given) for item in contest.elements)
        open_ones = tuple(item for item in conditions if item is not None)
        reach = 0
        for element in contest.elements:
            reach |= facts_of(library.facts, element)
        unsettles = frozenset(contest.unsettles) | {
            name
            for name in library.norms
            if any(name.endswith(">" + item) for item in contest.unsettles)
        }
        found = Dispute(contest, open_ones, conjunction(open_ones), unsettles, reach)
        library.compiled[key] = found
    assert isinstance(found, Dispute)
    return found


def _rule(library: Library, act: str, norm: Norm, given: int) -> Rule:
    """Compile one norm for an act, once for all stretches of days."""
    key = ("rule", act, norm.id)
    found = library.compiled.get(key)
    if found is None:
        found = library.compiled[key] = _compile(library.facts, norm, given)
    assert isinstance(found, Rule)
    return found


def _compile(vocabulary: Vocabulary, norm: Norm, given: int) -> Rule:
    """The norm as masks; conditions that the act already meets are dropped."""
    pairs = [(condition(vocabulary, item, given), item) for item in norm.elements]
    exceptions = []
    for exception in norm.exceptions:
        if all(accepted(vocabulary, item) & given for item in exception):
            compiled = tuple(condition(vocabulary, item, given) for item in exception)
            exceptions.append(tuple(item for item in compiled if item is not None))
    reach = 0
    for element in (*norm.elements, *(item for exception in norm.exceptions for item in exception)):
        reach |= facts_of(vocabulary, element)
    conditions = tuple(compiled for compiled, _ in pairs if compiled is not None)
    return Rule(
        norm,
        conditions,
        tuple(exceptions),
        reach,
        conjunction(conditions),
        tuple(conjunction(exception) for exception in exceptions),
        tuple(
            (compiled, tuple(ElementState(item, state) for state in _READINGS))
            for compiled, item in pairs
        ),
    )
