"""What norms ask of facts, as bits, and whether it holds: three-valued logic.

Every question that norms ask of one fact ("is the phase one of these?") owns two bits beside those
of the values: yes is possible, no is possible. Facts that differ only in what nobody asks then look
the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

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
    """The questions that norms ask of facts. Ask all of them before you spread or tell anything."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._next = 1 << vocabulary.everything.bit_length()
        self._pairs: dict[tuple[str, int], tuple[int, int]] = {}
        self._links = Memory(self._linked_races)

    def condition(self, element: Element) -> Condition:
        """The element as bits."""
        facts = self.vocabulary.facts
        pairs = {name: self._pair(name, values) for name, values in element.choices.items()}
        single = [name for name in pairs if not facts[name].many]
        return Condition(
            sum({yes for yes, _ in pairs.values()}),
            sum({yes for name, (yes, _) in pairs.items() if facts[name].many}),
            tuple(pairs[name][1] for name in single),
            sum(self.vocabulary.fact_mask[name] for name in single),
        )

    def _pair(self, name: str, values: Iterable[str]) -> tuple[int, int]:
        """The bits of one question: yes is possible, no is possible."""
        key = (name, self.vocabulary.mask(name, values))
        if key not in self._pairs:
            many = self.vocabulary.facts[name].many
            self._pairs[key] = (self._next, 0 if many else self._next << 1)
            self._next <<= 2
        return self._pairs[key]

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
        own += sum(yes | no for (name, _), (yes, no) in self._pairs.items() if name in names)
        return ~own | self.spread(values)

    @cached_property
    def told(self) -> dict[tuple[str, str], int]:
        """What stays possible beside each fact that somebody may tell. Nobody tells the conduct."""
        return {
            (name, value): self._beside((name,), bit)
            for (name, value), bit in self.vocabulary.bits.items()
            if name != "conduct"
        }

    def linked(self, values: int) -> int:
        """What stays possible beside such offices at stake and kinds of election, which tell about
        each other."""
        return self._links[values & self.vocabulary.races]

    def _linked_races(self, races: int) -> int:
        return self._beside(("race", "election"), self.vocabulary.linked(races))
