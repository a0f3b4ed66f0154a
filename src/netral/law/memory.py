"""A memory with a limit, for what is worth composing once and sharing."""

from __future__ import annotations

from typing import TypeVar

LIMIT = 512

Key = TypeVar("Key")
Value = TypeVar("Value")


class Memory(dict[Key, Value]):
    """Forgets everything when full, so that ever new questions cannot fill a long-lived process."""

    def keep(self, key: Key, value: Value) -> Value:
        """Remember a value that was not known, and hand it back."""
        if len(self) >= LIMIT:
            self.clear()
        self[key] = value
        return value
