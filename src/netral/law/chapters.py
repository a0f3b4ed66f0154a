"""What can matter for one act: the outline of all days, and the chapter of what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from netral.law.acts import Act
from netral.law.index import Index, index_of
from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.rules import Rule, Test
from netral.law.stretches import Stretch
from netral.law.trace import ElementState, Row
from netral.law.vocabulary import State


class Outline:
    """All norms and contests that an act can meet, whatever the day.

    `given` is what the act leaves possible, `fixed` all values of each fact it settles or narrows;
    `elsewhere` are the norms about other acts, each with an element the act never meets.
    """

    def __init__(self, index: Index, act: Act) -> None:
        self.index, self.act = index, act
        facts = index.law.facts
        self.given = index.aspects.spread(facts.given_mask(act.given))
        self.fixed = tuple(facts.fact_mask[name] for name in act.given)
        failing = {rule: rule.failing(self.given) for rule in index.rules}
        self.rules = [rule for rule, element in failing.items() if element is None]
        self.elsewhere = {rule.source.id: element for rule, element in failing.items() if element}
        self.disputes = [item for item in index.disputes if item.failing(self.given) is None]


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


def chapter(law: Library, act: str, on: date) -> Chapter:
    """The chapter for an act on a day; written once per stretch of days."""
    key = (act, law.epoch(on))
    found = law.compiled.get(key)
    if found is None:
        found = law.compiled[key] = _chapter(law, act, on)
    assert isinstance(found, Chapter)
    return found


def _chapter(law: Library, act: str, on: date) -> Chapter:
    index = index_of(law)
    outline = law.compiled.get(act)
    if outline is None:
        outline = law.compiled[act] = Outline(index, law.act(act))
    assert isinstance(outline, Outline)
    stretch = index.stretch(on)
    rules = [rule for rule in outline.rules if rule.source.provision in stretch.in_force]
    disputes = [item for item in outline.disputes if item.source.in_force(on)]
    relevant = law.facts.statuses | law.facts.elections | law.facts.repeated
    for rule in rules + disputes:
        relevant |= rule.test[0] | rule.facts
    tests = tuple(rule.test for rule in rules + disputes)
    return Chapter(outline, stretch, tuple(rules), tests, relevant)
