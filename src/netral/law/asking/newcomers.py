"""Acts added since the comparison was trained: a question is held against their own questions.

Somebody who adds an act to the data is understood at once; training anew (`bench/ask/train.py`)
only makes the comparison finer.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property

from netral.law.asking.features import tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.linear import Linear
from netral.law.asking.texts import examples_of
from netral.law.library import Library

Bag = Mapping[str, float]
# What is alike by chance counts for nothing; what is alike in all counts as the trained ones do.
_BY_CHANCE, _ALIKE = 0.3, 0.9


class Newcomers:
    """The acts of a law that are no class of a comparison, each with its questions as features."""

    def __init__(self, law: Library, trained: Linear) -> None:
        self._law, self._trained = law, trained
        self._names = law.acts.keys() - set(trained.classes)

    @cached_property
    def _told(self) -> dict[str, list[Bag]]:
        texts = examples_of(self._law)
        return {
            name: [self._weighed(tell(text, knowledge()).features) for text in texts[name]]
            for name in sorted(self._names)
        }

    def scores(self, features: Bag) -> dict[str, float]:
        """How near the nearest question of each is: 0 by chance, about 1 where it is the same."""
        if not self._names:
            return {}
        asked = self._weighed(features)
        return {
            name: _ALIKE * max(0.0, max(_likeness(asked, bag) for bag in bags) - _BY_CHANCE)
            / (1.0 - _BY_CHANCE)
            for name, bags in self._told.items()
        }  # fmt: skip

    def _weighed(self, features: Bag) -> Bag:
        """As a direction, rare features before common ones."""
        found = {name: value * self._trained.rarity(name) for name, value in features.items()}
        length = math.sqrt(sum(value * value for value in found.values())) or 1.0
        return {name: value / length for name, value in found.items()}


def _likeness(one: Bag, other: Bag) -> float:
    return sum(value * other[name] for name, value in one.items() if name in other)
