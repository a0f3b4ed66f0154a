"""A copy of the whole public log in a folder: for a mirror, an archive, a court."""

from __future__ import annotations

import shutil
from pathlib import Path

from netral.base.audit import files, keys
from netral.base.audit.models import LogCheckpoint, LogClosed
from netral.base.audit.published import forgotten, with_cosignatures
from netral.tlog.tiles import TILE_WIDTH, Edge, Tile

KEYS = "keys.txt"


def export(target: Path) -> int:
    """Copies files, public keys and closed logs; returns the number of entries of today's log.

    Nothing of it is secret. Raises ValueError for a tile that is missing and under an older
    database, FileExistsError when the folder is there already.
    """
    unknown = forgotten()
    if unknown:
        raise ValueError(
            f"a checkpoint of {unknown.size} entries was published that this database does not "
            f"know; {files.root()} itself is what the world has seen: copy that"
        )
    newest = LogCheckpoint.objects.order_by("-size").first()
    if newest is None:
        raise ValueError("nothing was signed yet; netral run signs within a second")
    target.mkdir(parents=True)
    for path in _paths(newest.size):
        _copy(path, target)
    (target / files.CHECKPOINT).write_text(with_cosignatures(newest), "utf-8")
    (target / KEYS).write_text(keys_text(), "utf-8")
    for closed in LogClosed.objects.order_by("number").defer("lost"):
        folder = files.closed_root(closed.folder)
        if not folder.is_dir():
            raise ValueError(f"{closed.folder} is missing; netral log fsck --repair makes it anew")
        shutil.copytree(folder, target / "lama" / str(closed.number))
    return newest.size


def keys_text() -> str:
    """The public keys of the log and of its witnesses, one per line."""
    return "".join(f"{key}\n" for key in [*keys.log_keys(), *keys.witness_keys()])


def _paths(size: int) -> list[str]:
    """Every file of a tree of ``size`` leaves, partial ones at its edge only."""
    found: list[str] = []
    level = 0
    while hashes := size >> (8 * level):
        found += [Tile(level, number).path for number in range(hashes // TILE_WIDTH)]
        level += 1
    found += [tile.path for tile in Edge.tiles(size)]
    found += [files.bundle_path(number, TILE_WIDTH) for number in range(size // TILE_WIDTH)]
    if size % TILE_WIDTH:
        found.append(files.bundle_path(size // TILE_WIDTH, size % TILE_WIDTH))
    return found


def _copy(path: str, target: Path) -> None:
    source = files.root() / path
    if not source.is_file():
        raise ValueError(f"{path} is missing; netral log fsck --repair makes it anew")
    (target / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target / path)
