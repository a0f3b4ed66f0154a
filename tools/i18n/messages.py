"""What a translatable message is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

NAMED = re.compile(r"%\((\w+)\)[a-z]|(?<!\{)\{(\w+)(?:![rs])?(?::[^}]*)?\}(?!\})")
NAMELESS = re.compile(r"(?<!%)%[sd](?![\w(])|(?<!\{)\{\d*\}(?!\})")
Key = tuple[str | None, str, str | None]


@dataclass(frozen=True)
class Message:
    """``place`` is the path of the file, without a line, so that catalogues change seldom."""

    text: str
    place: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> Key:
        return (self.context, self.text, self.plural)


class Found:
    """Messages of one application with the places each occurs at."""

    def __init__(self) -> None:
        self.places: dict[Key, set[str]] = defaultdict(set)

    def add(self, message: Message) -> None:
        self.places[message.key].add(message.place)

    def __iter__(self) -> Iterator[tuple[Key, list[str]]]:
        for key, places in self.places.items():
            yield key, sorted(places)


def names_in(text: str) -> set[str]:
    """The names of the placeholders of ``text``: ``%(count)s`` and ``{count}``."""
    return {first or second for first, second in NAMED.findall(text)}


def nameless(text: str) -> bool:
    """Whether ``text`` has a placeholder without a name, which translators cannot move."""
    return NAMELESS.search(text) is not None
