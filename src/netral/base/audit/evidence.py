"""The entries as they were published: what the files of the tree say, where they make what was
signed. So that a difference can be traced to its entry, instead of to everything above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from netral.base.audit import files, keys
from netral.base.audit.models import LogCheckpoint
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.hashing import Frontier, fold_right, leaf_hash
from netral.tlog.notes import NoteError
from netral.tlog.tiles import (
    TILE_WIDTH,
    Tile,
    complete_root,
    split_hashes,
    tile_at,
    unpack_entries,
)
from netral.tlog.witness import open_with_any

BLOCKS_AT_ONCE = 16


@dataclass(frozen=True)
class Evidence:
    """Files that make the root that was signed for the first ``size`` entries.

    A tile that is lost or bent is stood in for by its bundle of entries, as far as the tile above
    it says that it may. Above the last tile, which is not full, there is none:
    ``edge_by_bundle`` says which of the two to take.
    """

    size: int
    edge_by_bundle: bool = False

    def leaves(self) -> Iterator[bytes]:
        """The leaf hashes in order."""
        for number in range(-(-self.size // TILE_WIDTH)):
            block = self._block(number)
            if not block:  # gone since it was looked at
                return
            yield from block

    def octets(self, number: int, leaf: bytes) -> bytes:
        """The entry behind a leaf hash, encoded; empty where its bundle does not have it."""
        at, place = divmod(number, TILE_WIDTH)
        entries = _bundle(at, self._width(at))
        found = entries[place] if place < len(entries) else b""
        return found if leaf_hash(found) == leaf else b""

    def makes(self, root: bytes, rest: Callable[[], None]) -> bool:
        full, edge = Frontier(), Frontier()
        for number in range(-(-self.size // TILE_WIDTH)):
            block = self._block(number)
            if not block:
                return False
            if len(block) == TILE_WIDTH:
                full.append(complete_root(block))
            else:
                edge.extend(block)
            if number % BLOCKS_AT_ONCE == 0:
                rest()
        return fold_right([*full.roots, *edge.roots]) == root

    def _width(self, number: int) -> int:
        return min(TILE_WIDTH, self.size - number * TILE_WIDTH)

    def _block(self, number: int) -> list[bytes]:
        """The leaf hashes of one tile; empty when they cannot be read."""
        width = self._width(number)
        tile = hashes_in(Tile(0, number, width))
        if width < TILE_WIDTH:
            bundle = _leaves(number, width) if self.edge_by_bundle or not tile else []
            return bundle or tile
        above = self._above(number)
        if tile and above in (b"", complete_root(tile)):
            return tile
        bundle = _leaves(number, width)
        return bundle if bundle and above in (b"", complete_root(bundle)) else tile

    def _above(self, number: int) -> bytes:
        """What the tile above says of a full one; empty when it cannot be read."""
        at, place = divmod(number, TILE_WIDTH)
        above = hashes_in(tile_at(1, at, self.size))
        return above[place] if above else b""


def find_evidence(rest: Callable[[], None]) -> Evidence | None:
    """None when the files do not make what was signed, or nothing was signed that can be read."""
    for stated in _signed():
        for edge_by_bundle in (False, True):
            found = Evidence(stated.size, edge_by_bundle)
            if found.makes(stated.root, rest):
                return found
    return None


def _signed() -> Iterator[Checkpoint]:
    """What the log's key signed last, as the world was given it and as the database has it."""
    newest = LogCheckpoint.objects.order_by("-size").first()
    published = (files.read(files.CHECKPOINT) or b"").decode(errors="replace")
    for note in (published, newest.note if newest else ""):
        try:
            yield open_with_any(note, keys.log_keys())
        except NoteError:
            continue


def hashes_in(tile: Tile) -> list[bytes]:
    """As published; none when the tile cannot be read."""
    try:
        return split_hashes(files.read_tile(tile))
    except files.MissingTile:
        return []


def _bundle(number: int, width: int) -> list[bytes]:
    narrow = files.read(files.bundle_path(number, width))
    found = narrow or files.read(files.bundle_path(number, TILE_WIDTH)) or b""
    try:
        entries = unpack_entries(found)[:width]
    except ValueError:
        return []
    return entries if len(entries) == width else []


def _leaves(number: int, width: int) -> list[bytes]:
    return [leaf_hash(octets) for octets in _bundle(number, width)]
