"""The fact vocabulary, and sets of possible values as one integer.

Every value of every fact owns one bit. A situation is the integer of all values still possible:
for a
known fact one bit, for a missing fact all of its bits. A condition then asks two questions of that
integer: is any wanted value still possible, and is any unwanted one? That is three-valued logic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from netral.law.errors import SituationError
from netral.law.memory import Memory
from netral.law.vocabulary import Words


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
        for fact in facts.values():
            mask = 0
            for value in fact.values:
                self.bits[fact.name, value] = 1 << position
                mask |= 1 << position
                position += 1
            self.fact_mask[fact.name] = mask
        self.everything = (1 << position) - 1
        self.single = {bit: pair for pair, bit in self.bits.items()}
        self._values: Memory[int, tuple[str, ...]] = Memory()

    @cached_property
    def told(self) -> dict[tuple[str, str], tuple[int, int]]:
        """For each fact somebody may tell: its bit, and all that stays possible beside it."""
        return {
            (name, value): (bit, ~self.fact_mask[name] | bit)
            for (name, value), bit in self.bits.items()
            if name != "conduct"
        }

    @cached_property
    def races(self) -> tuple[int, int, int, int]:
        """Bits that tell about each other: regional office, national offices, Pemilu, Pemilihan."""
        bit = self.bits
        national = self.mask("race", ("president", "legislature", "senate"))
        election = bit["election", "pemilu"], bit["election", "pemilihan"]
        return bit["race", "regional_head"], national, *election

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
            return f"unknown fact '{name}'; known facts: {', '.join(sorted(self.facts))}"
        return f"unknown value '{value}' for '{name}'; choose one of: {', '.join(fact.values)}"

    def label(self, name: str, value: str) -> Words:
        """The words of one value."""
        return self.facts[name].values[value]

    def possible_of(self, possible: int, name: str) -> tuple[str, ...]:
        """The values of one fact that are still possible."""
        left = possible & self.fact_mask[name]
        found = self._values.get(left)
        if found is None:
            values = (value for value in self.facts[name].values if left & self.bits[name, value])
            found = self._values.keep(left, tuple(values))
        return found

    def reached(self, within: int) -> tuple[tuple[str, int], ...]:
        """The facts of which one value can hold at a time and that `within` touches, with their
        values, in order."""
        return tuple(
            (name, mask)
            for name, mask in self.fact_mask.items()
            if mask & within and not self.facts[name].many
        )
