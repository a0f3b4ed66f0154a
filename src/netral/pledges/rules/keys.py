"""Keys that come back from a form: anybody may have changed them on the way."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID


def keys_in(values: Iterable[object]) -> list[UUID]:
    """Those of ``values`` that are keys, in their order; the rest is dropped."""
    return [key for value in values if (key := _key(str(value)))]


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
