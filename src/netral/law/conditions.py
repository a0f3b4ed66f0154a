"""What norms ask of facts, as bits, and whether it holds: three-valued logic.

Every question that norms ask of one fact ("is the phase one of these?") has two bits: yes is
possible, no is possible. Facts that differ only in what nobody asks then look the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from netral.law.facts import Vocabulary
from netral.law.instruments import Element
from netral.law.memory import Memory

FAILS, HOLDS, UNKNOWN, EXCEPTED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Condition:
    """One element: the bits of "yes"; those that settle it at once; the bits of "no", one for each
    other fact; and all values of these facts.

    Conduct settles: it is told in full, so one accepted conduct is enough, whatever else was done.
    """

    wanted: int
    settling: int
    unwanted: tuple[int, ...]
    facts: int

    def state(self, possible: int) -> int:
        """FAILS, HOLDS or UNKNOWN."""
        if not possible & self.wanted:
            return FAILS
        if possible & self.settling:
            return HOLDS
        for unwanted in self.unwanted:
            if not possible & unwanted:
                return HOLDS
        return UNKNOWN


def all_of(conditions: Iterable[Condition], possible: int) -> int:
    """One failure decides; else one unknown; else they hold."""
    states = [item.state(possible) for item in conditions]
    if FAILS in states:
        return FAILS
    return UNKNOWN if UNKNOWN in states else HOLDS


class Aspects:
    """The questions that the elements of norms ask of facts, each with the bits of its answers.

    An answer that only one value gives is the bit of that value. What can hold together comes last,
    for it is seldom asked for again, and small numbers are fast ones.
    """

    def __init__(self, vocabulary: Vocabulary, elements: Iterable[Element]) -> None:
        self.vocabulary = vocabulary
        self._everything = vocabulary.everything
        questions = {
            (name, vocabulary.mask(name, values))
            for element in elements
            for name, values in element.choices.items()
        }
        self._pairs = {
            (name, accepted): self._pair(name, accepted)
            for name, accepted in sorted(questions, key=self._seldom)
        }
        self.told = {
            (name, value): self._beside((name,), bit)
            for (name, value), bit in vocabulary.bits.items()
            if name != "conduct"
        }
        """What stays possible beside each fact that somebody may tell. Nobody tells the conduct."""
        self._links = Memory(self._linked_races)

    def _seldom(self, question: tuple[str, int]) -> tuple[bool, int]:
        name, accepted = question
        return self.vocabulary.facts[name].many, accepted

    def condition(self, element: Element) -> Condition:
        """The element as bits; one of those that were named in the beginning."""
        vocabulary = self.vocabulary
        facts = vocabulary.facts
        pairs = {
            name: self._pairs[name, vocabulary.mask(name, values)]
            for name, values in element.choices.items()
        }
        single = [name for name in pairs if not facts[name].many]
        return Condition(
            sum({yes for yes, _ in pairs.values()}),
            sum({yes for name, (yes, _) in pairs.items() if facts[name].many}),
            tuple(pairs[name][1] for name in single),
            sum(vocabulary.fact_mask[name] for name in single),
        )

    def _pair(self, name: str, accepted: int) -> tuple[int, int]:
        """The bits of one question: yes is possible, no is possible."""
        if self.vocabulary.facts[name].many:
            return self._answer(accepted), 0
        return self._answer(accepted), self._answer(self.vocabulary.fact_mask[name] & ~accepted)

    def _answer(self, values: int) -> int:
        """The bit of what these values answer; none if there are no such values."""
        if values.bit_count() < 2:
            return values
        bit = self._everything + 1
        self._everything |= bit
        return bit

    def spread(self, values: int) -> int:
        """The values with the answers they leave possible."""
        result = values
        for (name, accepted), (yes, no) in self._pairs.items():
            if values & accepted:
                result |= yes
            if values & self.vocabulary.fact_mask[name] & ~accepted:
                result |= no
        return result

    def _beside(self, names: Collection[str], values: int) -> int:
        """All that stays possible when facts have only these values left."""
        own = sum(self.vocabulary.fact_mask[name] for name in names)
        for (name, _), (yes, no) in self._pairs.items():
            if name in names:
                own |= yes | no
        return self._everything & ~own | self.spread(values)

    def linked(self, values: int) -> int:
        """What stays possible beside such offices at stake and kinds of election, which tell about
        each other."""
        return self._links[values & self.vocabulary.races]

    def _linked_races(self, races: int) -> int:
        return self._beside(("race", "election"), self.vocabulary.linked(races))
