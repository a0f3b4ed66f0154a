"""Norms and contests compiled: what they look at, and how they stand for given facts.

A rule remembers how it stood for equal values of the facts it looks at, whatever the act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from netral.law.conditions import (
    EXCEPTED,
    FAILS,
    HOLDS,
    UNKNOWN,
    Aspects,
    Condition,
    all_of,
)
from netral.law.contests import Contest
from netral.law.instruments import Element, Norm
from netral.law.memory import Memory
from netral.law.trace import ElementState, Row
from netral.law.vocabulary import CLASS_OUTCOME, Outcome, State

Source = TypeVar("Source", Norm, Contest)

_REASONS = {FAILS: "element_fails", HOLDS: "applied", UNKNOWN: "open", EXCEPTED: "excepted"}
_READINGS = (State.FAILS, State.HOLDS, State.UNDETERMINED)


Test = tuple[int, Memory[int, Row]]
"""The bits that a rule depends on, and how it stands for what is left of them."""


class Rule(Generic[Source]):
    """One norm or contest, compiled.

    `place` is where its state stands in a code, two bits for each rule; `facts` are all values of
    the facts it looks at; `in_play` the states that can change a finding: a dispute about
    something else than the outcome, which is not weighed, only shows while it holds; `brings` the
    outcome it leads to by itself.

    What elements ask of the conduct alone is presumed: an outline holds only rules that the conduct
    of its act meets.
    """

    def __init__(self, aspects: Aspects, source: Source, place: int) -> None:
        self.source: Source = source
        self.place = place
        self.brings = _brings(source)
        self.weighs = isinstance(source, Norm) or source.affects == "outcome"
        self.in_play = (HOLDS, UNKNOWN) if self.weighs else (HOLDS,)
        self.elements = [(item, aspects.condition(item)) for item in source.elements]
        self.exceptions = [
            [aspects.condition(item) for item in exception] for exception in source.exceptions
        ]
        reach = self._presumed = self.facts = 0
        for tests in ([test for _, test in self.elements], *self.exceptions):
            for test in tests:
                reach |= reduce(or_, test.unwanted, test.wanted)
                self.facts |= test.facts
                if not test.unwanted:
                    self._presumed |= test.wanted
        self.test: Test = (reach & ~self._presumed, Memory(self._stand))
        self._shared = Memory(self._shown)

    def state_in(self, code: int) -> int:
        """HOLDS, UNKNOWN, or 0 when out of play."""
        return code >> self.place & 3

    def failing(self, given: int) -> Element | None:
        """An element that an act never meets, whatever else is known."""
        return next((item for item, test in self.elements if not test.wanted & given), None)

    def _stand(self, bits: int) -> Row:
        """What the memory holds for one choice of bits; choices that amount to the same share it,
        for the less there is to hold, the nearer it lies."""
        bits |= self._presumed
        state, waiting = self._state(bits)
        return self._shared[
            state,
            reduce(or_, [test.facts for test in waiting], 0),
            tuple([test.state(bits) for _, test in self.elements]),
        ]

    def _shown(self, found: tuple[int, int, tuple[int, ...]]) -> Row:
        state, waiting, readings = found
        elements = [
            ElementState(element, _READINGS[reading])
            for (element, _), reading in zip(self.elements, readings, strict=True)
        ]
        return Row(
            self.source.id,
            _REASONS[state],
            tuple(elements),
            code=state << self.place if state in self.in_play else 0,
            waiting=waiting,
        )

    def _state(self, bits: int) -> tuple[int, list[Condition]]:
        """The state, EXCEPTED when only an exception keeps the rule from applying; and the
        conditions that an open rule waits for."""
        waiting = [test for _, test in self.elements]
        state = all_of(waiting, bits)
        if state != FAILS:
            for exception in self.exceptions:
                excepted = all_of(exception, bits)
                if excepted == HOLDS:
                    return EXCEPTED, []
                if excepted == UNKNOWN:
                    state = UNKNOWN
                    waiting += exception
        if state != UNKNOWN:
            return state, []
        return state, [test for test in waiting if test.state(bits) == UNKNOWN]


AnyRule = Rule[Norm] | Rule[Contest]


class Seats(Generic[Source]):
    """Where the states of some rules stand in a code."""

    def __init__(self, rules: Iterable[Rule[Source]]) -> None:
        self._at: dict[int, tuple[Rule[Source], int]] = {
            state << rule.place: (rule, state) for rule in rules for state in (HOLDS, UNKNOWN)
        }
        self.all = sum(self._at)

    def __call__(self, code: int) -> Iterator[tuple[Rule[Source], int]]:
        """The rules that the code has as holding or open, in order."""
        code &= self.all
        while code:
            lowest = code & -code
            yield self._at[lowest]
            code ^= lowest


def _brings(source: Norm | Contest) -> Outcome:
    """What a norm or a dispute comes to when nothing else is in play."""
    if isinstance(source, Contest):
        return Outcome.CONTESTED
    if source.forbids:
        return CLASS_OUTCOME[source.klass]
    return Outcome.ALLOWED_IF if source.conditions else Outcome.ALLOWED
