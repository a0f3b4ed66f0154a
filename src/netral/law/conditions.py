"""Elements of norms as masks: three-valued conditions over the values still possible.

One condition is a pair: the wanted values of one or more facts, and for each of these facts its
unwanted values. It fails when no wanted value is possible, holds when some fact has no unwanted
value left, and is undetermined otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from netral.law.facts import Vocabulary
from netral.law.instruments import Element

Condition = tuple[int, tuple[int, ...]]

FAILS, HOLDS, UNKNOWN, EXCEPTED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Conjunction:
    """Conditions that must all hold: what each wants, what speaks against those over one fact,
    and the groups of those over several facts."""

    wanted: tuple[int, ...]
    against: int
    wide: tuple[tuple[int, ...], ...]

    def state(self, possible: int) -> int:
        """One failure decides; else one unknown; else it holds."""
        for wanted in self.wanted:
            if not possible & wanted:
                return FAILS
        if possible & self.against:
            return UNKNOWN
        for groups in self.wide:
            if all(possible & unwanted for unwanted in groups):
                return UNKNOWN
        return HOLDS


def condition(vocabulary: Vocabulary, element: Element, given: int) -> Condition | None:
    """The element as masks, or None when the act alone already meets it."""
    wanted = 0
    groups = []
    for name, values in element.choices.items():
        mask = vocabulary.mask(name, values)
        if vocabulary.facts[name].many:
            if given & mask:
                return None
            continue
        unwanted = vocabulary.fact_mask[name] & ~mask
        if given & mask and not given & unwanted:
            return None
        wanted |= mask
        groups.append(unwanted)
    return wanted, tuple(groups)


def accepted(vocabulary: Vocabulary, element: Element) -> int:
    """All values the element accepts."""
    result = 0
    for name, values in element.choices.items():
        result |= vocabulary.mask(name, values)
    return result


def facts_of(vocabulary: Vocabulary, element: Element) -> int:
    """All values of the single-valued facts the element looks at."""
    result = 0
    for name in element.choices:
        if not vocabulary.facts[name].many:
            result |= vocabulary.fact_mask[name]
    return result


def condition_state(condition: Condition, possible: int) -> int:
    """FAILS, HOLDS or UNKNOWN of one condition."""
    wanted, groups = condition
    if not possible & wanted:
        return FAILS
    for unwanted in groups:
        if not possible & unwanted:
            return HOLDS
    return UNKNOWN


def conjunction(conditions: Iterable[Condition]) -> Conjunction:
    """All of the conditions, arranged so that most rules are decided by one or two comparisons."""
    every = tuple(conditions)
    against = 0
    for _, groups in every:
        if len(groups) == 1:
            against |= groups[0]
    wide = tuple(groups for _, groups in every if len(groups) != 1)
    return Conjunction(tuple(wanted for wanted, _ in every), against, wide)
