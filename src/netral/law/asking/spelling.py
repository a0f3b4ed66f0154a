"""Typing errors: the known word one letter away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

SHORTEST = 6


class Spelling:
    """Finds a known word that differs by one letter left out, added, changed or swapped."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if len(word) >= SHORTEST - 1)
        self._shortened: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            for piece in set(_one_less(word)):
                self._shortened[piece].append(word)

    def nearest(self, word: str) -> str | None:
        """The known word, with the same first letter; None for short or quite unknown words."""
        if len(word) < SHORTEST or not word.isalpha():
            return None
        found: set[str] = set(self._shortened.get(word, ()))
        for piece in _one_less(word):
            if piece in self._words:
                found.add(piece)
            found.update(self._shortened.get(piece, ()))
        fitting = [
            known for known in found if known[0] == word[0] and abs(len(known) - len(word)) < 2
        ]
        return min(fitting, key=lambda known: (_apart(known, word), known), default=None)


def _one_less(word: str) -> Iterator[str]:
    return (word[:place] + word[place + 1 :] for place in range(len(word)))


def _apart(known: str, word: str) -> int:
    """Swapped neighbours are the likeliest slip, then a letter more or less, then another one."""
    if len(known) != len(word):
        return 1
    return 0 if sorted(known) == sorted(word) else 2
