"""What the register holds to be true, without asking the database or the clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
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


def has_all_digits(number: str) -> bool:
    """Not one that Excel rounded: it keeps fifteen digits, and sequences begin at 001."""
    return not number.endswith("000")


def needs_number(status: str) -> bool:
    return status in ASN_STATUSES


def level_of_region(code: str) -> str | None:
    """``province`` for ``64``, ``regency`` for ``64.02``, ``city`` for ``64.72``; else ``None``.

    Kemendagri numbers cities from 71 within their province.
    """
    if re.fullmatch(r"[1-9][0-9]", code, re.ASCII):
        return "province"
    if not re.fullmatch(r"[1-9][0-9]\.[0-9]{2}", code, re.ASCII) or code.endswith(".00"):
        return None
    return "city" if int(code[3:]) >= 71 else "regency"


def zone_of_region(code: str) -> str:
    """The time zone of a province and all within it (Keputusan Presiden 41/1987)."""
    province = int(code[:2])
    if province in {51, 52, 53, 63, 64, 65} or 71 <= province <= 76:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province >= 81 else "Asia/Jakarta"


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


def last_day(since: date, no_longer: date | None) -> date | None:
    """The last day of what began ``since`` and from ``no_longer`` on holds no more.

    What ended on the day it began is said to have held on that day.
    """
    return max(since, no_longer - timedelta(days=1)) if no_longer else None


def overlaps(start: date, end: date | None, others: Iterable[tuple[date, date | None]]) -> bool:
    """Whether ``[start, end)`` shares a day with one of ``others``; ``None`` is open-ended."""
    return any(
        (other_end is None or start < other_end) and (end is None or other_start < end)
        for other_start, other_end in others
    )
