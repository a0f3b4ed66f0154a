"""Whether a new unit is perhaps an old one with a typing error: thought only, no database."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

CLOSE = 0.88
"""At least this much of two names must agree: one wrong letter in eight."""
_WORD = re.compile(r"\w+")
_FILLERS = frozenset({"dan", "di", "ke", "per"})
_Thing = TypeVar("_Thing")


def close_ones(key: str, rivals: Iterable[tuple[str, _Thing]]) -> list[_Thing]:
    """Those of the ``rivals`` (folded name, thing) whose names are close to ``key``, nearest first.

    Names that differ in what tells siblings apart are never close: ``sma negeri 1`` and ``sma
    negeri 2``, ``bidang sma`` and ``bidang smk``, ``seksi i`` and ``seksi ii``. A ``key`` that
    lacks it (``seksi`` beside both) is close to each.
    """
    marks = _marks(key)
    found: list[tuple[float, _Thing]] = []
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(key)
    for name, thing in rivals:
        if 2 * min(len(name), len(key)) < CLOSE * (len(name) + len(key)):
            continue
        if not _may_mean(marks, _marks(name)):
            continue
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= CLOSE and (ratio := matcher.ratio()) >= CLOSE:
            found.append((ratio, thing))
    found.sort(key=lambda one: -one[0])
    return [thing for _ratio, thing in found]


def _may_mean(marks: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether ``marks`` are those of the other name, or some of them in the same order."""
    left = iter(others)
    return all(mark in left for mark in marks)


@lru_cache(maxsize=10_000)
def _marks(key: str) -> tuple[str, ...]:
    """The short words and the numbers of a name."""
    return tuple(
        word
        for word in _WORD.findall(key)
        if (len(word) <= 3 or not word.isalpha()) and word not in _FILLERS
    )
