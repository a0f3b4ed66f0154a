"""The decision index of a library: its norms and contests compiled, and what they came to so far.

How the rules stand in a situation is one number. Equal numbers share one weighing, equal results
of weighings their words, whatever the act and the day.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from netral.law.conditions import Aspects
from netral.law.contests import Contest
from netral.law.findings import find
from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.memory import Memory, Recurring
from netral.law.rules import Rule
from netral.law.rulings import Rulings, Wording
from netral.law.stretches import Setting, Stretch
from netral.law.verdict import Finding, Question
from netral.law.weighing import Result, Weighing, weigh

if TYPE_CHECKING:
    from netral.law.chapters import Chapter


class Index:
    """`lifters` are the permissions that set a prohibition aside, `unsettling` the disputes about
    the outcome that reach it."""

    def __init__(self, law: Library) -> None:
        self.law = law
        self.aspects = Aspects(law.facts)
        norms, contests = law.norms.values(), law.contests.values()
        self.rules = [Rule(self.aspects, item, 2 * place) for place, item in enumerate(norms)]
        self.disputes = [
            Rule(self.aspects, item, 2 * place)
            for place, item in enumerate(contests, len(self.rules))
        ]
        prohibitions = [rule for rule in self.rules if rule.source.forbids]
        self.lifters = {
            rule: [item for item in self.rules if _named(rule, item.source.lifts)]
            for rule in prohibitions
        }
        about_outcome = [item for item in self.disputes if item.source.affects == "outcome"]
        self.unsettling = {
            rule: [item for item in about_outcome if _named(rule, item.source.unsettles)]
            for rule in prohibitions
        }
        self.weighings: Memory[int, Weighing] = Memory(partial(weigh, self))
        self.rulings: Memory[Result, Rulings] = Memory(Wording(law).rulings)
        self.shown: Memory[int, tuple[int, ...]] = Memory(law.facts.masks_in)
        self.findings: Memory[tuple[Chapter, int], Finding] = Recurring(lambda key: find(*key))
        self.questions: Memory[int, tuple[Question, ...]] = Memory(self._questions)
        self._settings: dict[object, Setting] = {}
        self._stretches: dict[int, Stretch] = {}

    def in_play(
        self, code: int
    ) -> tuple[list[tuple[Rule[Norm], int]], list[tuple[Rule[Contest], int]]]:
        """The rules, then the disputes, that a code has as holding or open, in order."""
        norms, contests = [], []
        while code:
            number = (code & -code).bit_length() - 1 >> 1
            state = code >> 2 * number & 3
            if number < len(self.rules):
                norms.append((self.rules[number], state))
            else:
                contests.append((self.disputes[number - len(self.rules)], state))
            code ^= state << 2 * number
        return norms, contests

    def stretch(self, on: date) -> Stretch:
        """What holds on that day; written once per stretch of days."""
        epoch = self.law.epoch(on)
        if epoch not in self._stretches:
            self._stretches[epoch] = Stretch(self.law, on, self._settings)
        return self._stretches[epoch]

    def _questions(self, waiting: int) -> tuple[Question, ...]:
        """The questions for missing facts, each with the answers still possible."""
        facts = self.law.facts
        return tuple(
            Question(
                name,
                facts.facts[name].ask,
                tuple(
                    (value, facts.label(name, value)) for value in facts.possible_of(waiting, name)
                ),
            )
            for name in facts.missing(waiting)
        )


def index_of(law: Library) -> Index:
    """The index of a library; compiled once."""
    found = law.compiled.get("index")
    if found is None:
        found = law.compiled["index"] = Index(law)
    assert isinstance(found, Index)
    return found


def _named(rule: Rule[Norm], names: Collection[str]) -> bool:
    """Whether the names mean the rule: itself, or the norm that it extends to others."""
    return rule.source.id in names or rule.source.id.rpartition(">")[2] in names
