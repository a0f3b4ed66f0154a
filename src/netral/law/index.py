"""The decision index of a library: its norms and contests compiled, and what they came to so far.

How the rules stand in a situation is one number. Equal numbers share one draft, equal results of
weighings their words, whatever the act and the day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from netral.law.chapters import Chapter, Outline, read, write
from netral.law.conditions import Aspects
from netral.law.findings import find
from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.memory import Memory, Recurring
from netral.law.remarks import Remarks, remarks, widened
from netral.law.rules import AnyRule, Rule, Seats, Test
from netral.law.stretches import Stretch
from netral.law.verdict import Finding, Question
from netral.law.weighing import Touching, weigh
from netral.law.wording import Draft, Wording


class Index:
    """`touchable` are the prohibitions that a permission can set aside or a dispute unsettle.

    `weighed` are the places in a code of what a weighing rests on, `remarked` those of the other
    disputes.
    """

    def __init__(self, law: Library) -> None:
        self.law = law
        norms, contests = law.norms.values(), law.contests.values()
        asked = [norm.elements for norm in norms] + [contest.elements for contest in contests]
        asked += [group for norm in norms for group in norm.exceptions]
        self.aspects = Aspects(law.facts, chain.from_iterable(asked))
        self.rules = [Rule(self.aspects, item, 2 * place) for place, item in enumerate(norms)]
        self.disputes = [
            Rule(self.aspects, item, 2 * place)
            for place, item in enumerate(contests, len(self.rules))
        ]
        self.norms_in_play = Seats(self.rules)
        self.disputes_in_play = Seats(item for item in self.disputes if item.weighs)
        self._remarks_in_play = Seats(item for item in self.disputes if not item.weighs)
        self.weighed = self.norms_in_play.all | self.disputes_in_play.all
        self.remarked = self._remarks_in_play.all
        self.remarks: Memory[int, Remarks] = Memory(
            lambda code: remarks(rule for rule, _ in self._remarks_in_play(code))
        )
        self.widened = Memory(widened)
        self.shown = Memory(law.facts.masks_in)
        self.touchable = dict(self._touchable())
        self._wording = Wording(law)
        self.drafts: Memory[int, Draft] = Memory(
            lambda code: self._wording.draft(weigh(self, code))
        )
        self.findings: Memory[tuple[Chapter, int], Finding] = Recurring(find)
        self.questions: Memory[int, tuple[Question, ...]] = Memory(self._questions)
        self.outlines: Memory[str, Outline] = Memory(lambda act: Outline(self, law.act(act)))
        self.readings: Memory[tuple[AnyRule, ...], tuple[tuple[Test, ...], int]] = Memory(
            partial(read, law)
        )
        self.chapters: Memory[date, Memory[str, Chapter]] = Memory(self._chapters)
        self._settings: dict[object, Any] = {}
        self._stretches: dict[int, Memory[str, Chapter]] = {}

    def _touchable(self) -> Iterator[tuple[Rule[Norm], Touching]]:
        about_outcome = [item for item in self.disputes if item.weighs]
        for rule in self.rules:
            touching = Touching(
                [item for item in self.rules if _named(rule, item.source.lifts)],
                [item for item in about_outcome if _named(rule, item.source.unsettles)],
            )
            if rule.source.forbids and any(touching):
                yield rule, touching

    def _chapters(self, on: date) -> Memory[str, Chapter]:
        """The chapters of a day by act; days of one stretch share them."""
        epoch = self.law.epoch(on)
        if epoch not in self._stretches:
            stretch = Stretch(self.law, on, self._settings)
            self._stretches[epoch] = Memory(partial(write, self, stretch))
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


def chapter(law: Library, act: str, on: date) -> Chapter:
    """The chapter for an act on a day; written once per stretch of days."""
    return index_of(law).chapters[on][act]


def _named(rule: Rule[Norm], names: Collection[str]) -> bool:
    """Whether the names mean the rule: itself, or the norm that it extends to others."""
    return rule.source.id in names or rule.source.id.rpartition(">")[2] in names
