"""``netral log fsck``: makes everything anew from the entries and says what differs.

Memory stays constant however large the log is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Sum

from netral.base.audit import files, keys
from netral.base.audit.integrating import Contradiction, entries_between
from netral.base.audit.kinds import all_kinds, kind_named
from netral.base.audit.models import (
    LogCheckpoint,
    LogCosignature,
    LogEntry,
    LogErasure,
    LogHead,
    LogOpening,
)
from netral.base.audit.published import Damaged, forgotten
from netral.tlog.checkpoints import open_checkpoint, witnesses_of
from netral.tlog.entries import Entry, commit
from netral.tlog.notes import Note, NoteError, VerifierKey
from netral.tlog.tiles import TILE_WIDTH, Edge, pack_entries

AT_ONCE = 500


def differences(*, repair: bool = False) -> Iterator[str]:
    """Each thing that is not as the entries say, as one sentence; nothing when all is well.

    ``repair`` writes missing or wrong tiles anew, which changes nothing that was ever signed.
    """
    yield from _numbers()
    yield from _tree(repair)
    yield from _published()
    yield from _cosignatures()
    yield from _rows()
    yield from _counts()


def _numbers() -> Iterator[str]:
    head = LogHead.objects.first()
    given, there = head.size if head else 0, LogEntry.objects.count()
    if given != there:
        yield f"{given} numbers were given and {there} entries are there"
    last = LogCheckpoint.objects.order_by("-size").first()
    if last and last.size > there:
        yield f"a checkpoint was signed for {last.size} entries and only {there} are there"


def _tree(repair: bool) -> Iterator[str]:
    """The entries in order, against tiles, bundles and every checkpoint."""
    checkpoints = LogCheckpoint.objects.order_by("size").iterator()
    next_one = next(checkpoints, None)
    integrated = LogCheckpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    log_keys = keys.log_keys()
    edge, bundle = Edge(), list[bytes]()
    try:
        for entry in _all_entries():
            while next_one and next_one.size == edge.size:
                yield from _one_checkpoint(next_one, edge, log_keys)
                next_one = next(checkpoints, None)
            if edge.size < integrated:
                yield from _grow(edge, entry, bundle, repair)
            else:
                break
    except Contradiction as gap:
        yield str(gap)
    while next_one and next_one.size == edge.size:
        yield from _one_checkpoint(next_one, edge, log_keys)
        next_one = next(checkpoints, None)
    if edge.size == integrated:
        for tile, content in edge.partial_tiles():
            yield from _one_file(tile.path, content, repair)
        if bundle:
            path = files.bundle_path(edge.size // TILE_WIDTH, len(bundle))
            yield from _one_file(path, pack_entries(bundle), repair)


def _all_entries() -> Iterator[Entry]:
    head = LogHead.objects.first()
    return entries_between(0, head.size if head else 0)


def _grow(edge: Edge, entry: Entry, bundle: list[bytes], repair: bool) -> Iterator[str]:
    bundle.append(entry.encode())
    for tile, content in edge.append(entry.leaf):
        yield from _one_file(tile.path, content, repair)
    if len(bundle) == TILE_WIDTH:
        path = files.bundle_path(edge.size // TILE_WIDTH - 1, TILE_WIDTH)
        yield from _one_file(path, pack_entries(bundle), repair)
        bundle.clear()


def _one_file(path: str, expected: bytes, repair: bool) -> Iterator[str]:
    found = files.read(path)
    if found == expected:
        return
    if repair:
        files.write(path, expected)
        yield f"{path} was {'missing' if found is None else 'wrong'} and is made anew"
    else:
        yield f"{path} is {'missing' if found is None else 'not what the entries say'}"


def _one_checkpoint(row: LogCheckpoint, edge: Edge, log_keys: list[VerifierKey]) -> Iterator[str]:
    root = edge.root()
    if bytes(row.root) != root:
        yield (
            f"the checkpoint of {row.size} entries is not that of the entries: an entry before "
            "it was changed, or the checkpoint was"
        )
    try:
        signed = Note.parse(row.note).check(log_keys)
        stated = open_checkpoint(row.note, signed[0])
    except NoteError as problem:
        yield f"the signature of the checkpoint of {row.size} entries: {problem}"
        return
    if (stated.size, stated.root) != (row.size, root):
        yield f"the signed note of {row.size} entries states another tree than the entries"


def _published() -> Iterator[str]:
    if files.read(files.CHECKPOINT) is None:
        if LogCheckpoint.objects.exists():
            yield "no checkpoint is published"
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


def _cosignatures() -> Iterator[str]:
    rows = LogCosignature.objects.select_related("checkpoint", "key").order_by("id")
    for row in rows.iterator():
        note = f"{row.checkpoint.note}{row.line}\n"
        try:
            if not witnesses_of(note, [VerifierKey.parse(row.key.verifier)]):
                raise NoteError("it is not by the witness it is kept for")
        except NoteError as problem:
            yield f"a cosignature under {row.checkpoint_id} entries: {problem}"


def _rows() -> Iterator[str]:
    """Each opening against the row it is about, as the row is now."""
    openings = LogOpening.objects.select_related("entry").order_by("kind", "entry")
    for some in _batched(openings.iterator(chunk_size=AT_ONCE)):
        kind = some[0].kind
        try:
            contents = kind_named(kind).contents([one.reference for one in some])
        except KeyError:
            yield f"entries of the kind {kind} are in the log, and no part of Netral knows it"
            continue
        for one in some:
            content = contents.get(one.reference)
            if content is None:
                yield f"entry {one.entry_id} ({kind}): the row it is about is gone"
            elif one.entry.kind != kind or (
                commit(kind, bytes(one.salt), content) != bytes(one.entry.commitment)
            ):
                yield f"entry {one.entry_id} ({kind}): the row is not what was logged"


def _batched(rows: Iterator[LogOpening]) -> Iterator[list[LogOpening]]:
    """Some hundreds at once, all of one kind."""
    some: list[LogOpening] = []
    for row in rows:
        if some and (row.kind != some[0].kind or len(some) == AT_ONCE):
            yield some
            some = []
        some.append(row)
    if some:
        yield some


def _counts() -> Iterator[str]:
    """Rows that never came into the log, and openings that somebody took away."""
    entries = _by_kind(LogEntry.objects.values_list("kind").annotate(Count("index")))
    opened = _by_kind(LogOpening.objects.values_list("kind").annotate(Count("entry")))
    erased = entries - opened
    for kind in all_kinds():
        outside = kind.count() - opened[kind.name]
        if outside > erased[kind.name]:
            yield f"{outside - erased[kind.name]} row(s) of {kind.name} are not in the log"
    recorded = LogErasure.objects.aggregate(total=Sum("entries"))["total"] or 0
    if erased.total() != recorded:
        yield (
            f"{erased.total()} entries cannot be opened any more and {recorded} were erased by "
            "the rules"
        )


def _by_kind(rows: object) -> Counter[str]:
    return Counter(dict(rows))  # type: ignore[call-overload]
