"""Which differences are a change of their own, and which only follow from one."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest
from typing import Self

from netral.base.audit.evidence import Evidence
from netral.base.audit.integrating import numbered
from netral.base.audit.kinds import Kind
from netral.tlog.entries import Entry
from netral.tlog.showing import kind_in_words

MOST_REMEMBERED = 10_000
"""Changed entries whose published form is kept: more of them, and their rows are named twice."""


class Difference(str):
    """A sentence; ``entry`` is the number of the entry it is about, if it is about one."""

    entry: int | None

    def __new__(cls, sentence: str, entry: int | None = None) -> Self:
        made = super().__new__(cls, sentence)
        made.entry = entry
        return made


class Changed(Difference):
    """An entry that is gone, or is not the one that was published."""


class Follows(Difference):
    """It differs because something else does that is named by itself."""


class Judged(str):
    """What all the differences together say about who was changed, database or files."""


@dataclass
class Trace:
    """Filled while the entries are read: ``published`` is what they are compared with."""

    published: Evidence | None
    changed: dict[int, Entry] = field(default_factory=dict)
    """Number → the entry as it was published."""
    missing: Counter[str] = field(default_factory=Counter)
    """Entries that are gone, by their kind as published."""
    other_kind: Counter[str] = field(default_factory=Counter)
    """How many more (or fewer) entries of a kind were published than the database says."""
    has_changed: bool = False
    """Some entry is not the one that was published."""
    has_other_rows: bool = False
    """Some row is not what its entry committed to."""
    is_unopened: bool = False
    """Something that opened an entry is gone, and nobody can say which."""
    is_broken: bool = False
    """The entries do not make what was signed, and there are no files to tell which."""
    good: int = 0
    """Up to here they do."""
    _first: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, number: int) -> None:
        """An entry of this kind, or the row it is about, was changed."""
        self._first[kind] = min(number, self._first.get(kind, number))

    def explains(self, kind: Kind, number: int) -> bool:
        """Whether this entry is counted from others before it, of which one was changed."""
        before = [self._first.get(name, number) for name in kind.made_from]
        return bool(before) and (self.is_unopened or min(before) < number)

    def pairs(self, size: int) -> Iterator[tuple[Entry | None, bytes | None]]:
        """Each entry as the database has it, and its leaf hash as published, where either is."""
        leaves = islice(self.published.leaves(), size) if self.published else iter(())
        yield from zip_longest(numbered(0, size), leaves)

    def compare(self, number: int, entry: Entry | None, leaf: bytes) -> tuple[Changed, bytes]:
        """A sentence about an entry that is not the one that was published, and the octets with
        which to go on: none when nobody knows any more what stood there."""
        octets = self.published.octets(number, leaf) if self.published and leaf else b""
        was = Entry.parse(octets) if octets else None
        for one in (entry, was):
            if one:
                self.note(one.kind, number)
        if entry is None:
            self.missing[was.kind if was else ""] += 1
            return _missing(number, was), octets
        self.has_changed = True
        if was is None:
            told = Changed(
                f"entry {number} ({kind_in_words(entry.kind)}): its leaf in the database is not "
                "the one in the published tiles",
                number,
            )
            return told, entry.encode()
        if len(self.changed) < MOST_REMEMBERED:
            self.changed[number] = was
        self.other_kind[was.kind] += 1
        self.other_kind[entry.kind] -= 1
        return _changed(number, entry, was), octets


def _missing(number: int, was: Entry | None) -> Changed:
    if was is None:
        return Changed(f"entry {number} is missing from the database", number)
    return Changed(
        f"entry {number} ({kind_in_words(was.kind)}) is missing from the database", number
    )


def _changed(number: int, entry: Entry, was: Entry) -> Changed:
    """Names what differs, with what both say."""
    noun, then = kind_in_words(entry.kind), kind_in_words(was.kind)
    ours, theirs = (b64encode(one.commitment).decode() for one in (entry, was))
    differing = [entry.kind != was.kind, entry.hour != was.hour, ours != theirs]
    if differing == [True, False, False]:
        return Changed(
            f"entry {number}: by the database it is a {noun}, published was a {then}", number
        )
    if differing == [False, True, False]:
        return Changed(
            f"entry {number} ({noun}): the database says that it was recorded in the hour "
            f"{entry.hour}, published was {was.hour}",
            number,
        )
    if differing == [False, False, True]:
        return Changed(
            f"entry {number} ({noun}): the database has another commitment, {ours}, than was "
            f"published, {theirs}",
            number,
        )
    return Changed(
        f"entry {number}: the database says “{noun}, hour {entry.hour}, commitment {ours}”, "
        f"published was “{then}, hour {was.hour}, commitment {theirs}”",
        number,
    )
