"""What entries are about, for the officer who has to look at them.

Said when it is asked for and never kept with what a recount found: once a person is erased,
nothing must be left that leads from an entry to their receipt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from netral.base.audit.kinds import all_kinds
from netral.base.audit.models import LogEntry, LogOpening

AT_ONCE = 500


def descriptions(numbers: Collection[int]) -> dict[int, str]:
    """Number of an entry → what it is about, as the database has it now. Entries that cannot be
    opened, or whose row is gone, are left out."""
    wanted, found = sorted(set(numbers)), dict[int, str]()
    for start in range(0, len(wanted), AT_ONCE):
        found.update(_some(wanted[start : start + AT_ONCE]))
    return found


def hours(numbers: Collection[int]) -> dict[int, str]:
    """In which hour they came, by the entries in the database."""
    rows = LogEntry.objects.filter(index__in=numbers)
    return {row.index: f"recorded in the hour {row.as_entry.hour}" for row in rows}


def _some(numbers: list[int]) -> Iterator[tuple[int, str]]:
    describers = {kind.name: kind.describe for kind in all_kinds() if kind.describe}
    by_kind = defaultdict[str, list[LogOpening]](list)
    for opening in LogOpening.objects.filter(entry__in=numbers, kind__in=describers):
        by_kind[opening.kind].append(opening)
    for name, openings in by_kind.items():
        told = describers[name]([one.reference for one in openings])
        yield from (
            (one.entry_id, told[one.reference]) for one in openings if one.reference in told
        )
