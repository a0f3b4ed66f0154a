"""The tree as static files: C2SP tlog-tiles.

A tile holds up to 256 neighbouring hashes of one level in eight; any proof is made from some
three or four of them. Full tiles never change, so any web server or object store can serve them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from netral.tlog.hashing import HASH_SIZE, fold_right, node_hash

TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT
LONGEST_ENTRY = 0xFFFF
MOST_KEPT = 512
"""Tiles a reader keeps: some 16 MB with the hashes inside them."""


@dataclass(frozen=True, order=True)
class Tile:
    """The name of a tile: its level, its number in the level, and how many hashes it holds."""

    level: int
    number: int
    width: int = TILE_WIDTH

    @property
    def path(self) -> str:
        """``tile/1/x001/067.p/17``: the address under the log's prefix."""
        return f"tile/{self.level}/{_number_path(self.number, self.width)}"


def entries_path(number: int, width: int = TILE_WIDTH) -> str:
    """Where the entries stand whose hashes are in tile ``number`` of level 0."""
    return f"tile/entries/{_number_path(number, width)}"


def _number_path(number: int, width: int) -> str:
    """``x001/x234/067`` for 1234067; ``.p/112`` behind it for a tile that is not full yet."""
    digits = f"{number:d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[start : start + 3] for start in range(0, len(digits), 3)]
    path = "/".join([f"x{group}" for group in groups[:-1]] + [groups[-1]])
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def tile_at(level: int, number: int, size: int) -> Tile:
    """The tile as a tree of ``size`` leaves has it: full, or with its partial width."""
    hashes_in_level = size >> (TILE_HEIGHT * level)
    width = min(hashes_in_level - number * TILE_WIDTH, TILE_WIDTH)
    if width <= 0:
        raise ValueError(f"a tree of {size} leaves has no tile {number} at level {level}")
    return Tile(level, number, width)


def new_tiles(old_size: int, new_size: int) -> Iterator[Tile]:
    """The tiles that must be written when the tree grows, lowest level first."""
    level = 0
    while new_size >> (TILE_HEIGHT * level):
        first = (old_size >> (TILE_HEIGHT * level)) // TILE_WIDTH
        hashes = new_size >> (TILE_HEIGHT * level)
        for number in range(first, -(-hashes // TILE_WIDTH)):
            tile = tile_at(level, number, new_size)
            if old_size >> (TILE_HEIGHT * level) < number * TILE_WIDTH + tile.width:
                yield tile
        level += 1


class TileReader:
    """A :class:`~netral.tlog.hashing.HashSource` over tiles.

    ``read(tile)`` gives the bytes of a tile of the tree of ``size`` leaves: from disk, from a
    database, from another office's log. The last tiles that were asked for are kept with the
    hashes inside them, so that memory stays the same however large the tree is.
    """

    def __init__(self, size: int, read: Callable[[Tile], bytes]) -> None:
        self.size = size
        self._read = read
        self._kept: dict[tuple[int, int], list[list[bytes]]] = {}

    def subtree(self, level: int, index: int) -> bytes:
        tile_level, height = divmod(level, TILE_HEIGHT)
        number, offset = divmod(index << height, TILE_WIDTH)
        levels = self._kept.get((tile_level, number)) or self._load(tile_level, number)
        return levels[height][offset >> height]

    def _load(self, level: int, number: int) -> list[list[bytes]]:
        """The hashes of a tile and all complete ones above them inside it, lowest first."""
        tile = tile_at(level, number, self.size)
        hashes = self._read(tile)
        if len(hashes) != tile.width * HASH_SIZE:
            raise ValueError(f"{tile.path} has {len(hashes)} bytes, not {tile.width} hashes")
        levels = [split_hashes(hashes)]
        while len(row := levels[-1]) > 1:
            levels.append([node_hash(row[at - 1], row[at]) for at in range(1, len(row), 2)])
        if len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[level, number] = levels
        return levels


class Edge:
    """The right edge of a growing tree, as its tiles hold it: the rows that are not full yet.

    ``rows[level]`` holds the hashes of the last tile of that level, fewer than 256 each. All that
    is needed to append, to write tiles and to know the root, however large the tree is.
    """

    def __init__(self, size: int = 0, rows: Sequence[Sequence[bytes]] = ()) -> None:
        self.size = size
        self.rows: list[list[bytes]] = [list(row) for row in rows] or [[]]

    @staticmethod
    def tiles(size: int) -> list[Tile]:
        """The partial tiles that make up the edge of a tree of ``size`` leaves, lowest first."""
        found: list[Tile] = []
        level = 0
        while hashes := size >> (TILE_HEIGHT * level):
            if width := hashes % TILE_WIDTH:
                found.append(Tile(level, hashes // TILE_WIDTH, width))
            level += 1
        return found

    def append(self, leaf: bytes) -> Iterator[tuple[Tile, bytes]]:
        """Adds a leaf hash; yields each tile that it fills, with its bytes. Exhaust it."""
        carry, level = leaf, 0
        self.size += 1
        while True:
            if level == len(self.rows):
                self.rows.append([])
            row = self.rows[level]
            row.append(carry)
            if len(row) < TILE_WIDTH:
                return
            number = (self.size >> (TILE_HEIGHT * (level + 1))) - 1
            yield Tile(level, number), b"".join(row)
            carry = complete_root(row)
            row.clear()
            level += 1

    def partial_tiles(self) -> Iterator[tuple[Tile, bytes]]:
        """The tiles of the edge with their bytes, lowest level first."""
        for tile in self.tiles(self.size):
            yield tile, b"".join(self.rows[tile.level])

    def root(self) -> bytes:
        roots: list[bytes] = []
        for row in reversed(self.rows):
            start = 0
            while start < len(row):
                width = 1 << ((len(row) - start).bit_length() - 1)
                roots.append(complete_root(row[start : start + width]))
                start += width
        return fold_right(roots)


def split_hashes(tile: bytes) -> list[bytes]:
    return [tile[place : place + HASH_SIZE] for place in range(0, len(tile), HASH_SIZE)]


def complete_root(row: Sequence[bytes]) -> bytes:
    """The root over a power of two of neighbouring hashes."""
    while len(row) > 1:
        row = [node_hash(row[place], row[place + 1]) for place in range(0, len(row), 2)]
    return fold_right(row)


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """An entry bundle: each entry behind its length as two bytes. Raises ValueError if too long."""
    for entry in entries:
        if len(entry) > LONGEST_ENTRY:
            raise ValueError(f"an entry of {len(entry)} bytes is longer than {LONGEST_ENTRY}")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it is cut off."""
    entries: list[bytes] = []
    place = 0
    while place < len(bundle):
        length = int.from_bytes(bundle[place : place + 2], "big")
        entry = bundle[place + 2 : place + 2 + length]
        if len(bundle) - place < 2 or len(entry) < length:
            raise ValueError("the entry bundle is cut off")
        entries.append(entry)
        place += 2 + length
    return entries
