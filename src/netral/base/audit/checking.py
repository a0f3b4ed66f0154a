"""``netral log fsck``: makes everything anew from the entries and says what differs.

Memory stays constant however large the log is, and nothing waits for it: it only reads, some
hundreds of rows at once, each time in a statement of its own. So it may run beside a log that
grows, and what is counted against each other is counted in one statement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from django.db import connection

from netral.base.audit import files, keys
from netral.base.audit.closed_checking import closed_differences
from netral.base.audit.integrating import Contradiction, entries_between
from netral.base.audit.kinds import all_kinds, kind_named
from netral.base.audit.models import (
    LogCheckpoint,
    LogCosignature,
    LogOpening,
)
from netral.base.audit.published import Damaged, forgotten
from netral.base.audit.tree_files import MissingFile, NotRepaired, TreeFiles
from netral.tlog.checkpoints import witnesses_of
from netral.tlog.entries import commit
from netral.tlog.hashing import Frontier, leaf_hash
from netral.tlog.notes import NoteError, VerifierKey
from netral.tlog.witness import open_with_any

AT_ONCE = 500
_COUNTED = """
SELECT 'given', '', size FROM base_loghead
UNION ALL SELECT 'signed', '', MAX(size) FROM base_logcheckpoint
UNION ALL SELECT 'erased', '', SUM(entries) FROM base_logerasure
UNION ALL SELECT 'entry', kind, COUNT(*) FROM base_logentry GROUP BY kind
UNION ALL SELECT 'opening', kind, COUNT(*) FROM base_logopening GROUP BY kind
"""
Rest = Callable[[], None]


def no_rest() -> None:
    """For whoever waits for the answer."""


def differences(*, repair: bool = False, rest: Rest = no_rest) -> Iterator[str]:
    """Each thing that is not as the entries say, as one sentence; nothing when all is well.

    ``repair`` writes missing or wrong tiles anew, once the entries have been found to make every
    root that was signed; else it writes none, and says so (:class:`NotRepaired`).
    ``rest`` is called every few hundred rows, for who has time.
    """
    yield from _counts()
    newest = LogCheckpoint.objects.order_by("-size").first()
    size = newest.size if newest else 0
    may_write = repair and next(contradictions(size, rest), None) is None
    yield from _tree(size, TreeFiles(may_write), rest)
    yield from _published()
    if repair and not may_write:
        yield NotRepaired(
            "no file was written: what was published stays as it is, because the entries of the "
            "database and what was signed contradict each other as said above"
        )
    yield from _cosignatures(rest)
    yield from _rows(rest)
    yield from closed_differences(repair=repair, rest=rest)


def _counts() -> Iterator[str]:
    """Numbers without entries, rows that never came into the log, openings somebody took away."""
    # The rows first: whatever is in them now has its entry by the time those are counted.
    rows = {kind.name: kind.count() for kind in all_kinds()}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        counted = {(what, kind): int(number or 0) for what, kind, number in cursor.fetchall()}
    entries = Counter({kind: n for (what, kind), n in counted.items() if what == "entry"})
    opened = Counter({kind: n for (what, kind), n in counted.items() if what == "opening"})
    given, there = counted.get(("given", ""), 0), entries.total()
    if given != there:
        yield f"{given} numbers were given and {there} entries are there"
    if (signed := counted["signed", ""]) > there:
        yield f"a checkpoint was signed for {signed} entries and only {there} are there"
    closed = entries - opened
    for name, number in rows.items():
        outside = number - opened[name] - closed[name]
        if outside > 0:
            yield f"{outside} row(s) of {name} are not in the log"
    if closed.total() != counted["erased", ""]:
        yield (
            f"{closed.total()} entries cannot be opened any more and {counted['erased', '']} were "
            "erased by the rules"
        )


def contradictions(size: int, rest: Rest = no_rest) -> Iterator[str]:
    """Why files made from the entries would not be those the world was given."""
    yield from (one for one in _published() if not isinstance(one, MissingFile))
    yield from _tree(size, None, rest)


def _tree(size: int, tree: TreeFiles | None, rest: Rest) -> Iterator[str]:
    """The entries in order, against every checkpoint up to ``size``, and against the ``tree``."""
    checkpoints = _checkpoints(size, rest)
    next_one = next(checkpoints, None)
    log_keys = keys.log_keys()
    frontier = Frontier()
    try:
        for entry in entries_between(0, size):
            while next_one and next_one.size == frontier.size:
                yield from _one_checkpoint(next_one, frontier.root(), log_keys)
                next_one = next(checkpoints, None)
            octets = entry.encode()
            leaf = leaf_hash(octets)
            frontier.append(leaf)
            if tree:
                yield from tree.add(octets, leaf)
            if frontier.size % AT_ONCE == 0:
                rest()
    except Contradiction as gap:
        yield str(gap)
        return
    while next_one:
        yield from _one_checkpoint(next_one, frontier.root(), log_keys)
        next_one = next(checkpoints, None)
    if tree:
        yield from tree.finish()


def _checkpoints(size: int, rest: Rest) -> Iterator[LogCheckpoint]:
    """All up to ``size``, the smallest first."""
    known = -1
    while some := list(
        LogCheckpoint.objects.filter(size__gt=known, size__lte=size).order_by("size")[:AT_ONCE]
    ):
        yield from some
        known = some[-1].size
        rest()


def _one_checkpoint(row: LogCheckpoint, root: bytes, log_keys: list[VerifierKey]) -> Iterator[str]:
    if bytes(row.root) != root:
        yield (
            f"the checkpoint of {row.size} entries is not that of the entries: an entry before "
            "it was changed, or the checkpoint was"
        )
    try:
        stated = open_with_any(row.note, log_keys)
    except NoteError as problem:
        yield f"the signature of the checkpoint of {row.size} entries: {problem}"
        return
    if (stated.size, stated.root) != (row.size, root):
        yield f"the signed note of {row.size} entries states another tree than the entries"


def _published() -> Iterator[str]:
    if files.read(files.CHECKPOINT) is None:
        if LogCheckpoint.objects.exists():
            yield MissingFile("no checkpoint is published")
        return
    try:
        unknown = forgotten()
    except Damaged as damage:
        yield str(damage)
        return
    if unknown:
        yield (
            f"a checkpoint of {unknown.size} entries was published that this database does not "
            "know: the database is an older copy, or the log was forked"
        )


def _cosignatures(rest: Rest) -> Iterator[str]:
    rows = LogCosignature.objects.select_related("checkpoint", "key").order_by("id")
    known = 0
    while some := list(rows.filter(id__gt=known)[:AT_ONCE]):
        known = some[-1].id
        for row in some:
            yield from _one_cosignature(row)
        rest()


def _one_cosignature(row: LogCosignature) -> Iterator[str]:
    note = f"{row.checkpoint.note}{row.line}\n"
    try:
        if not witnesses_of(note, [VerifierKey.parse(row.key.verifier)]):
            raise NoteError("it is not by the witness it is kept for")
    except NoteError as problem:
        yield f"a cosignature under {row.checkpoint_id} entries: {problem}"


def _rows(rest: Rest) -> Iterator[str]:
    """Each opening against the row it is about, as the row is now."""
    openings = LogOpening.objects.select_related("entry").order_by("entry")
    known = -1
    while some := list(openings.filter(entry__gt=known)[:AT_ONCE]):
        known = some[-1].entry_id
        for kind in sorted({one.kind for one in some}):
            yield from _rows_of(kind, [one for one in some if one.kind == kind])
        rest()


def _rows_of(kind: str, openings: list[LogOpening]) -> Iterator[str]:
    try:
        contents = kind_named(kind).contents([one.reference for one in openings])
    except KeyError:
        yield f"entries of the kind {kind} are in the log, and no part of Netral knows it"
        return
    for one in openings:
        content = contents.get(one.reference)
        if content is None:
            yield f"entry {one.entry_id} ({kind}): the row it is about is gone"
        elif one.entry.kind != kind or (
            commit(kind, bytes(one.salt), content) != bytes(one.entry.commitment)
        ):
            yield f"entry {one.entry_id} ({kind}): the row is not what was logged"
