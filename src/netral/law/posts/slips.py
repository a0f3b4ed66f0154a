"""Whether a word one letter away from a known one is a slip of the finger or another word."""

from __future__ import annotations

LONG = 8
"""Letters from which a neighbouring key is taken for a slip."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACES = {key: (row, column) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}


def is_another_word(word: str, known: str) -> bool:
    """Whether `word` differs from `known` in letters that no finger mistakes for each other.

    Both in small letters. Words of different length are slips: a letter left out or doubled; so is
    another first letter, which only a prefix changes ("mimpin" for "pimpin").
    """
    if len(word) != len(known) or word[0] != known[0]:
        return False
    differing = [place for place, letter in enumerate(word) if letter != known[place]]
    if len(differing) != 1:
        return not _is_swapped(word, known, differing)
    a, b = word[differing[0]], known[differing[0]]
    if {a, b} <= set("ae"):  # "denger" for "dengar"
        return False
    return len(word) < LONG or not _are_neighbours(a, b)


def _is_swapped(word: str, known: str, differing: list[int]) -> bool:
    if not differing:
        return True
    first, last = differing[0], differing[-1]
    return last == first + 1 and word[first : last + 1] == known[first : last + 1][::-1]


def _are_neighbours(a: str, b: str) -> bool:
    if a not in _PLACES or b not in _PLACES:
        return False
    (row, column), (other_row, other_column) = _PLACES[a], _PLACES[b]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1
