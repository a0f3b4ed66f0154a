"""A memory with a limit, for what is worth composing once and sharing."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TypeVar

LIMIT = 16_384

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(dict[Key, Value]):
    """Makes what it does not hold, from the key alone. Forgets everything when full, so that ever
    new questions cannot fill a long-lived process."""

    __slots__ = ("_make",)

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        value = self._make(key)
        if len(self) >= LIMIT:
            self.clear()
        self[key] = value
        return value


class Recurring(Memory[Key, Value]):
    """Holds only what is asked again: most questions come once and would only push out others."""

    __slots__ = ("_seen",)

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__(make)
        self._seen = array("q", bytes(8 * LIMIT))

    def __missing__(self, key: Key) -> Value:
        mark = hash(key)
        if self._seen[mark % LIMIT] == mark:
            return super().__missing__(key)
        self._seen[mark % LIMIT] = mark
        return self._make(key)
