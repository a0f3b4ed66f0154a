"""Which differences are a change of their own, and which only follow from one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from netral.base.audit.evidence import Evidence
from netral.base.audit.integrating import numbered
from netral.base.audit.kinds import Kind
from netral.tlog.entries import Entry

MOST_REMEMBERED = 10_000
"""Changed entries whose published form is kept: more of them, and their rows are named twice."""


class Changed(str):
    """An entry that is gone, or is not the one that was published."""


class Follows(str):
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
            return Changed(f"entry {number} is missing from the database"), octets
        self.has_changed = True
        if was is None:
            told = Changed(
                f"entry {number}: its leaf in the database is not the one in the published tiles"
            )
            return told, entry.encode()
        if len(self.changed) < MOST_REMEMBERED:
            self.changed[number] = was
        self.other_kind[was.kind] += 1
        self.other_kind[entry.kind] -= 1
        told = Changed(
            f"entry {number}: the database says “{_line(entry)}”, published was “{_line(was)}”"
        )
        return told, octets


def _line(entry: Entry) -> str:
    """An entry without the name of its format."""
    return " ".join(entry.encode().decode().split("\n")[1:]).strip()
