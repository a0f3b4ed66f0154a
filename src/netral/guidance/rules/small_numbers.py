"""Hides groups so small that somebody could be recognised in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key")
SMALLEST_SHOWN = 5
"""Fewer than five questions about one act in one phase are not told. A choice of ours, not of law:
the usual floor of official statistics."""


@dataclass(frozen=True, slots=True)
class Told(Generic[Key]):
    """``groups``: what may be shown, most first. ``is_some_hidden``: whether there was more."""

    groups: tuple[tuple[Key, int], ...]
    is_some_hidden: bool


def without_small(counts: Mapping[Key, int]) -> Told[Key]:
    """The groups that are large enough.

    No sum over all groups is given: with it, one hidden group could be worked out.
    """
    shown = [(key, times) for key, times in counts.items() if times >= SMALLEST_SHOWN]
    shown.sort(key=lambda pair: -pair[1])
    return Told(tuple(shown), len(shown) < len(counts))
