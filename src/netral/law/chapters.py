"""What can matter for one act: the outline of all days, and the chapter of what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from netral.law.acts import Act
from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.memory import Memory
from netral.law.rules import AnyRule, Rule, Test
from netral.law.stretches import Stretch
from netral.law.trace import ElementState, Row
from netral.law.vocabulary import State

if TYPE_CHECKING:
    from netral.law.index import Index


class Outline:
    """All norms and contests that an act can meet, whatever the day.

    `given` is what the act leaves possible, `told` what each told fact leaves; `tied` are all
    values of the facts that have to fit the act or each other, `fitting` what such values leave;
    `elsewhere` are the norms about other acts, each with an element the act never meets.
    """

    def __init__(self, index: Index, act: Act) -> None:
        self.index, self.act = index, act
        facts = index.law.facts
        self.given = index.aspects.spread(facts.given_mask(act.given))
        self.told = index.aspects.told
        self._fixed = [facts.fact_mask[name] for name in act.given]
        self.tied = reduce(or_, self._fixed, facts.races)
        self.fitting: Memory[int, int] = Memory(self._fitting)
        failing = {rule: rule.failing(self.given) for rule in index.rules}
        self.rules = [rule for rule, element in failing.items() if element is None]
        self.elsewhere = {rule.source.id: element for rule, element in failing.items() if element}
        self.disputes = [item for item in index.disputes if item.failing(self.given) is None]

    def _fitting(self, tied: int) -> int:
        """What stays possible beside such values; raises `KeyError` if one contradicts the act."""
        if not all(tied & values for values in self._fixed):
            raise KeyError
        return self.index.aspects.linked(tied)


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """What is in force of an outline in one stretch of days.

    `tests` are those of its rules, then of its disputes; `relevant` is all that a finding can
    depend on.
    """

    outline: Outline
    stretch: Stretch
    rules: tuple[Rule[Norm], ...]
    tests: tuple[Test, ...]
    relevant: int

    def excluded(self) -> tuple[Row, ...]:
        """The norms that cannot matter, and why: not in force, or other conduct."""
        rows = []
        for rule in self.outline.index.rules:
            name, element = rule.source.id, self.outline.elsewhere.get(rule.source.id)
            if rule.source.provision not in self.stretch.in_force:
                rows.append(Row(name, "not_in_force", ()))
            elif element is not None:
                rows.append(Row(name, "other_act", (ElementState(element, State.FAILS),)))
        return tuple(rows)


def write(index: Index, stretch: Stretch, act: str) -> Chapter:
    """The chapter of an act in a stretch of days."""
    outline = index.outlines[act]
    rules = tuple([item for item in outline.rules if item.source.provision in stretch.in_force])
    disputes = [item for item in outline.disputes if item.source.in_force(stretch.on)]
    return Chapter(outline, stretch, rules, *index.readings[*rules, *disputes])


def read(law: Library, rules: tuple[AnyRule, ...]) -> tuple[tuple[Test, ...], int]:
    """The tests of rules and disputes, and all that a finding on them can depend on."""
    relevant = law.facts.statuses | law.facts.elections | law.facts.repeated
    for rule in rules:
        relevant |= rule.test[0] | rule.facts
    return tuple([rule.test for rule in rules]), relevant
