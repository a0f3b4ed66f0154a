"""Turns entries into tiles and signs checkpoints: one round of the integrator.

A round may be killed at any instant, and two may run at once. Everything it writes follows from
the entries alone, so whoever writes a file again writes the same bytes; the order (tiles, the
checkpoint's row, the checkpoint's file) never lets a checkpoint be seen before its tiles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog

from netral.base.audit import files, keys
from netral.base.audit.models import LogCheckpoint, LogEntry, entry_of
from netral.base.audit.published import Damaged, forgotten, write_checkpoint_file
from netral.base.audit.standing import appended
from netral.base.turn import own_turn
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.entries import Entry
from netral.tlog.hashing import leaf_hash
from netral.tlog.notes import Note
from netral.tlog.tiles import TILE_WIDTH, Edge, pack_entries, split_hashes

log = structlog.get_logger("netral.log")
MOST_AT_ONCE = 65_536
"""Entries per checkpoint: bounds the memory of a round, and how much a kill can cost."""
READ_AT_ONCE = 4096


class Contradiction(Exception):
    """What was signed before and what the database holds now cannot both be true."""


@dataclass(frozen=True)
class Round:
    """What one round did: the size before and after."""

    before: int
    after: int


def integrate(now: datetime) -> Round:
    """Takes in what was appended since the last checkpoint. Raises Contradiction, KeyTrouble.

    Nothing new: makes sure that the published file is that of the last checkpoint.
    """
    last = LogCheckpoint.objects.order_by("-size").first()
    before = last.size if last else 0
    _must_not_contradict()
    after = min(appended(), before + MOST_AT_ONCE)
    if after < before:
        raise Contradiction(
            f"the database holds {after} entries and {before} were signed for; it is an older "
            "copy, or entries were taken away: run netral log fsck"
        )
    if last and after == before:
        write_checkpoint_file()
        return Round(before, before)
    edge = _edge(last)
    _grow(edge, after)
    _sign(edge, now)
    write_checkpoint_file()
    return Round(before, after)


def _must_not_contradict() -> None:
    """Never signs beside what the world has seen: the file outlives a database put back."""
    try:
        unknown = forgotten()
    except Damaged as damage:
        raise Contradiction(f"{damage}; netral log fsck") from damage
    if unknown:
        raise Contradiction(
            f"a checkpoint of {unknown.size} entries was published that this database does not "
            "know: it is an older copy, or another log. Nothing is signed until somebody has "
            "looked (manual: the log, after a loss)"
        )


def _edge(last: LogCheckpoint | None) -> Edge:
    """The tree's edge as the tiles on disk hold it; from the entries when they do not fit."""
    if last is None:
        return Edge()
    try:
        rows: list[list[bytes]] = []
        for tile in Edge.tiles(last.size):
            rows += [[] for _ in range(tile.level - len(rows))]
            rows.append(split_hashes(files.read_tile(tile)))
        edge = Edge(last.size, rows)
    except ValueError:
        edge = Edge()
    if edge.size == last.size and edge.root() == bytes(last.root):
        return edge
    log.warning("log.tiles_made_anew", size=last.size)
    edge = Edge()
    _grow(edge, last.size, signed=bytes(last.root))
    return edge


def _grow(edge: Edge, size: int, signed: bytes = b"") -> None:
    """Appends entries up to ``size`` and writes every tile and bundle that changes.

    ``signed``: the root that must come of it; else no file is written.
    """
    written: list[str] = []
    with files.many() as put:
        for path, content in _changed(edge, size):
            put(path, content)
            written.append(path)
        if signed and edge.root() != signed:
            raise Contradiction(
                f"the first {size} entries are not those that were signed; netral log fsck"
            )
    for path in written:
        files.drop_partials(path)


def _changed(edge: Edge, size: int) -> Iterator[tuple[str, bytes]]:
    """The files, while ``edge`` grows to ``size``.

    A bundle that widens takes in entries that were signed before, and then replaces the narrower
    one: they must still be those whose hashes stand in the tile.
    """
    start = edge.size - edge.size % TILE_WIDTH
    before = list(edge.rows[0])
    bundle: list[bytes] = []
    for number, entry in enumerate(entries_between(start, size), start=start):
        octets = entry.encode()
        leaf = leaf_hash(octets)
        bundle.append(octets)
        if number < start + len(before):
            if leaf != before[number - start]:
                raise Contradiction(
                    f"entry {number} is not the one that was signed; netral log fsck"
                )
        else:
            for tile, content in edge.append(leaf):
                yield tile.path, content
        if len(bundle) == TILE_WIDTH:
            yield files.bundle_path(number // TILE_WIDTH, TILE_WIDTH), pack_entries(bundle)
            bundle = []
    for tile, content in edge.partial_tiles():
        yield tile.path, content
    if bundle:
        yield files.bundle_path(size // TILE_WIDTH, len(bundle)), pack_entries(bundle)


def entries_between(start: int, end: int) -> Iterator[Entry]:
    """The entries from ``start`` up to ``end``, excluded. Raises Contradiction at a gap."""
    for number, entry in enumerate(numbered(start, end), start=start):
        if entry is None:
            raise Contradiction(f"entry {number} is missing from the database; netral log fsck")
        yield entry


def numbered(start: int, end: int) -> Iterator[Entry | None]:
    """The same, with None for each that is not there.

    Some thousands at once, each time in a statement of its own: a cursor over the whole log would
    hold back SQLite's journal for as long as it is read.
    """
    for first in range(start, end, READ_AT_ONCE):
        behind = min(end, first + READ_AT_ONCE)
        rows = LogEntry.objects.filter(index__gte=first, index__lt=behind)
        found = {
            index: entry_of(kind, hour, commitment)
            for index, kind, hour, commitment in rows.values_list(
                "index", "kind", "hour", "commitment"
            )
        }
        for number in range(first, behind):
            yield found.get(number)


def _sign(edge: Edge, now: datetime) -> None:
    signers = keys.signers()
    if not signers:
        raise keys.KeyTrouble("this log has no key to sign with: netral log keys --new")
    checkpoint = Checkpoint(keys.origin(), edge.size, edge.root())
    note = Note(checkpoint.text)
    for signer in signers:
        note = note.signed_by(signer)
    # Another integrator may have signed the same size: the first row counts, the roots are equal.
    with own_turn():  # a hall that signs leaves nobody else a gap
        row, _is_new = LogCheckpoint.objects.get_or_create(
            size=checkpoint.size,
            defaults={"root": checkpoint.root, "note": str(note), "at": now},
        )
    if bytes(row.root) != checkpoint.root:
        raise Contradiction(f"two different trees of {checkpoint.size} entries; netral log fsck")
