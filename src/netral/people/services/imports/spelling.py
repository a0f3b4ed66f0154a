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


def nearest(key: str, rivals: Iterable[tuple[str, _Thing]]) -> _Thing | None:
    """Of the ``rivals`` (folded name, thing) the one whose name is nearest to ``key``, if close.

    Names that differ in what tells siblings apart are never close: ``sma negeri 1`` and ``sma
    negeri 2``, ``bidang sma`` and ``bidang smk``, ``seksi i`` and ``seksi ii``.
    """
    marks, best, found = _marks(key), CLOSE, None
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(key)
    for name, thing in rivals:
        if 2 * min(len(name), len(key)) < best * (len(name) + len(key)) or _marks(name) != marks:
            continue
        matcher.set_seq1(name)
        if matcher.quick_ratio() >= best and (ratio := matcher.ratio()) >= best:
            best, found = ratio, thing
    return found


@lru_cache(maxsize=10_000)
def _marks(key: str) -> tuple[str, ...]:
    """The short words and the numbers of a name."""
    return tuple(
        word
        for word in _WORD.findall(key)
        if (len(word) <= 3 or not word.isalpha()) and word not in _FILLERS
    )
