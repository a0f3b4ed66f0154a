"""What the register holds to be true, without asking the database or the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

Key = TypeVar("Key")

NUMBER_LENGTH = 18
ASN_STATUSES = frozenset({"pns", "cpns", "pppk", "pppk_part_time"})
"""Statuses under UU 20/2023; they always come with a number given by BKN."""


def clean_number(text: str) -> str:
    """A staff number as people type or paste it, digits only: ``'19850101 201001 1 001``."""
    return "".join(character for character in text if character not in " '’.\u00a0\t-")


def is_number(text: str) -> bool:
    """18 digits. Inconsistent ones are BKN's to correct, so they are not refused here."""
    return len(text) == NUMBER_LENGTH and text.isascii() and text.isdigit()


def needs_number(status: str) -> bool:
    return status in ASN_STATUSES


def ancestors_of(parents: Mapping[Key, Key | None], unit: Key) -> list[tuple[Key, int]]:
    """The unit and all above it with their distance, the unit itself first at 0.

    ``parents`` maps every unit to its parent; a ring raises ``ValueError``.
    """
    found: list[tuple[Key, int]] = []
    seen: set[Key] = set()
    at: Key | None = unit
    while at is not None:
        if at in seen:
            raise ValueError(f"unit {at} is above itself")
        seen.add(at)
        found.append((at, len(found)))
        at = parents.get(at)
    return found


def closure_of(parents: Mapping[Key, Key | None]) -> set[tuple[Key, Key, int]]:
    """Every ``(ancestor, unit, distance)`` of a tree, each unit with itself included."""
    return {
        (ancestor, unit, distance)
        for unit in parents
        for ancestor, distance in ancestors_of(parents, unit)
    }


def overlaps(start: date, end: date | None, others: Iterable[tuple[date, date | None]]) -> bool:
    """Whether ``[start, end)`` shares a day with one of ``others``; ``None`` is open-ended."""
    return any(
        (other_end is None or start < other_end) and (end is None or other_start < end)
        for other_start, other_end in others
    )
