"""The files of a tree compared, one after the other, with what its entries say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from netral.base.audit import files
from netral.tlog.tiles import TILE_WIDTH, Edge, Tile, pack_entries


class MissingFile(str):
    """A file of the tree is not there, as after a restore."""


class MadeAnew(str):
    """A file of the tree was missing or wrong, and is written anew."""


class NotRepaired(str):
    """Why nothing was written: the entries do not make what was signed, so the files that were
    published may be the only honest copy there is."""


@dataclass
class TreeFiles:
    """Takes the entries in order; says what differs. ``repair`` writes it anew.

    ``folder``: of a closed log; the log of today stands where the settings say.
    """

    repair: bool
    folder: Path | None = None
    edge: Edge = field(default_factory=Edge)
    _bundle: list[bytes] = field(default_factory=list)

    def add(self, octets: bytes, leaf: bytes) -> Iterator[str]:
        """The next entry, encoded, and its leaf hash."""
        self._bundle.append(octets)
        for tile, content in self.edge.append(leaf):
            yield from self.compare(tile.path, content)
        if len(self._bundle) == TILE_WIDTH:
            path = files.bundle_path(self.edge.size // TILE_WIDTH - 1, TILE_WIDTH)
            yield from self.compare(path, pack_entries(self._bundle))
            self._bundle.clear()

    def finish(self) -> Iterator[str]:
        """The files that the next entries will widen, or have widened meanwhile."""
        for tile, content in self.edge.partial_tiles():
            yield from self.compare(tile.path, content, Tile(tile.level, tile.number).path)
        if self._bundle:
            number = self.edge.size // TILE_WIDTH
            full = files.bundle_path(number, TILE_WIDTH)
            path = files.bundle_path(number, len(self._bundle))
            yield from self.compare(path, pack_entries(self._bundle), full)

    def compare(self, path: str, expected: bytes, wider: str = "") -> Iterator[str]:
        """``wider``: the file that takes the place of this one once it is full."""
        found = files.read(path, self.folder)
        if found is None and wider:
            now_full = files.read(wider, self.folder)
            found = None if now_full is None else now_full[: len(expected)]
        if found == expected:
            return
        name = f"{self.folder.name}/{path}" if self.folder else path
        if self.repair:
            files.write(path, expected, self.folder)
            yield MadeAnew(
                f"{name} was missing and is made anew"
                if found is None
                else f"{name} was wrong and is made anew; the wrong one is kept"
            )
        elif found is None:
            yield MissingFile(f"{name} is missing")
        else:
            yield f"{name} is not what the entries say"
