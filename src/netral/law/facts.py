"""The fact vocabulary, and sets of possible values as one integer.

Every value of every fact owns one bit. A situation is the integer of all values still possible:
for a
known fact one bit, for a missing fact all of its bits. A condition then asks two questions of that
integer: is any wanted value still possible, and is any unwanted one? That is three-valued logic.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from netral.law.errors import SituationError, nearest
from netral.law.vocabulary import Words

_NATIONAL = ("president", "legislature", "senate")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its values, the question that asks for it, and whether several values can hold."""

    name: str
    kind: str
    ask: Words
    values: Mapping[str, Words]
    many: bool


class Vocabulary:
    """All facts and their bits."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self.bits: dict[tuple[str, str], int] = {}
        self.fact_mask: dict[str, int] = {}
        position = 0
        for fact in sorted(facts.values(), key=lambda fact: fact.many):
            mask = 0
            for value in fact.values:
                self.bits[fact.name, value] = 1 << position
                mask |= 1 << position
                position += 1
            self.fact_mask[fact.name] = mask
        self.everything = (1 << position) - 1
        self.single = {bit: pair for pair, bit in self.bits.items()}
        self.statuses, self.elections = self.fact_mask["status"], self.fact_mask["election"]
        self.repeated = self.fact_mask["repeated"]
        self.repeated_before = self.bits["repeated", "yes"]
        self._one_at_a_time = {
            self.fact_mask[name]: name for name, fact in facts.items() if not fact.many
        }
        self.races = self.fact_mask["race"] | self.fact_mask["election"]

    def linked(self, races: int) -> int:
        """Of the offices and kinds of election that are left, those that fit each other."""
        regional, national = self.bits["race", "regional_head"], self.mask("race", _NATIONAL)
        pemilu, pemilihan = self.bits["election", "pemilu"], self.bits["election", "pemilihan"]
        if not races & pemilu:
            races &= ~national
        if not races & pemilihan:
            races &= ~regional
        if not races & national:
            races &= ~pemilu
        if not races & regional:
            races &= ~pemilihan
        if not races & (pemilu | pemilihan):
            raise SituationError(
                "the office at stake does not belong to that kind of election; give one of them"
            )
        return races

    def given_mask(self, given: Mapping[str, tuple[str, ...]]) -> int:
        """What an act leaves possible. Conduct is closed: what the act lists, and no more."""
        possible = self.everything
        for name, values in given.items():
            possible &= ~self.fact_mask[name] | self.mask(name, values)
        return possible

    def mask(self, name: str, values: Iterable[str]) -> int:
        """The bits of `values` of the fact `name`."""
        result = 0
        for value in values:
            result |= self.bit(name, value)
        return result

    def bit(self, name: str, value: str) -> int:
        """The bit of one value; raises `SituationError` naming the known ones if there is none."""
        try:
            return self.bits[name, value]
        except KeyError:
            raise SituationError(self.explain(name, value)) from None

    def explain(self, name: str, value: str) -> str:
        """Why `name=value` is not in the vocabulary, and what is."""
        fact = self.facts.get(name)
        if fact is None:
            known = sorted(key for key, item in self.facts.items() if not item.many)
            hint = nearest(name, known) or ";"
            return f"unknown fact '{name}'{hint} known facts: {', '.join(known)}"
        hint = nearest(value, fact.values) or ";"
        return f"unknown value '{value}' for '{name}'{hint} choose one of: {', '.join(fact.values)}"

    def label(self, name: str, value: str) -> Words:
        """The words of one value."""
        return self.facts[name].values[value]

    def possible_of(self, possible: int, name: str) -> tuple[str, ...]:
        """The values of one fact that are still possible."""
        return tuple(
            value for value in self.facts[name].values if possible & self.bits[name, value]
        )

    def known(self, possible: int, masks: Iterable[int]) -> tuple[tuple[str, str], ...]:
        """The facts of which one value is left, among those with these values."""
        single = self.single
        return tuple([single[left] for mask in masks if (left := possible & mask) in single])

    def masks_in(self, within: int) -> tuple[int, ...]:
        """All values of each fact that `within` touches and of which one value can hold at a time,
        in order."""
        return tuple(mask for mask in self._one_at_a_time if mask & within)

    def missing(self, possible: int) -> Iterator[str]:
        """The facts of which several values are left, in order."""
        for mask in self.masks_in(possible):
            if possible & mask not in self.single:
                yield self._one_at_a_time[mask]
