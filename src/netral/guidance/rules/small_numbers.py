"""Hides groups so small that somebody could be recognised in them, also by comparing figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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
    """The groups that are large enough, in steps of ``SMALLEST_SHOWN``, rounded down.

    No sum over all groups is given: with it, one hidden group could be worked out. The steps are
    there for the same reason: the exact counts of a month and of its last week tell the rest of
    the month to one question. Of two figures in steps the difference tells it to within nine.
    """
    shown = [(key, in_steps(times)) for key, times in counts.items() if times >= SMALLEST_SHOWN]
    shown.sort(key=lambda pair: -pair[1])
    return Told(tuple(shown), len(shown) < len(counts))


def in_steps(times: int) -> int:
    return times - times % SMALLEST_SHOWN


def last_whole_weeks(today: date, weeks: int) -> tuple[date, date]:
    """The first and last day of the last ``weeks`` weeks that are over, Monday to Sunday.

    Figures move once a week only: who looks every day learns nothing of a single day.
    """
    last = today - timedelta(days=today.isoweekday())
    return last - timedelta(days=7 * weeks - 1), last
