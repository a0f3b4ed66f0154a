"""The log as static files under ``var/log-files``: what any web server may hand out as it is.

A file appears whole or not at all, and is on the disk before anything that refers to it.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from netral.tlog.tiles import Tile, entries_path

CHECKPOINT = "checkpoint"


def root() -> Path:
    return Path(settings.LOG_DIR)


@contextmanager
def in_turn() -> Iterator[None]:
    """One at a time on this machine; the kernel ends the turn of a process that is killed."""
    root().mkdir(parents=True, exist_ok=True)
    with root().with_suffix(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def closed_root(folder: str) -> Path:
    """Where the files of a closed log stand."""
    return root().with_name(folder)


def read(path: str, folder: Path | None = None) -> bytes | None:
    """The bytes of a file of the log, or of the one in ``folder``; None when it is not there."""
    try:
        return ((folder or root()) / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def kept_root(top: Path) -> Path:
    """Where files go that stood in ``top`` and were not what belongs there."""
    return top.with_name(f"{top.name}-replaced")


def write(path: str, content: bytes, folder: Path | None = None) -> None:
    """Puts ``content`` there unless it is there already; durable when this returns."""
    with many(folder) as put:
        put(path, content)


@contextmanager
def many(folder: Path | None = None) -> Iterator[Callable[[str, bytes], None]]:
    """Puts files there as :func:`write` does, all of them durable and seen at the end of the block.

    The disk flushes once for many of them instead of five times for each, and whoever signs
    meanwhile waits for the same disk. When the block raises, none of them is there.

    A tile never changes: one that is replaced was damaged, or the entries were. It is kept under
    :func:`kept_root`, because somebody may have to look which.
    """
    top = folder or root()
    unfinished: dict[Path, str] = {}
    """Where each will be → where it is until then."""

    def put(path: str, content: bytes) -> None:
        if read(path, top) == content:
            return
        target = top / path
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, unfinished[target] = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(descriptor, 0o644)
            _begin_to_write(descriptor)

    try:
        yield put
        for beside in unfinished.values():
            _sync(beside)
        for target, beside in unfinished.items():
            _keep(target, top)
            os.replace(beside, target)
    except BaseException:
        for beside in unfinished.values():
            Path(beside).unlink(missing_ok=True)
        raise
    # Those above them too: a name that was never synced may be gone after a power cut.
    folders = {place for target in unfinished for place in target.parents}
    for place in folders - set(top.parents):
        _sync(place)


def _keep(target: Path, top: Path) -> None:
    path = target.relative_to(top)
    if str(path) == CHECKPOINT or not target.is_file():
        return
    content = target.read_bytes()
    beside = kept_root(top) / path.with_name(f"{path.name}.{sha256(content).hexdigest()[:16]}")
    beside.parent.mkdir(parents=True, exist_ok=True)
    beside.write_bytes(content)
    _sync(beside)


def _begin_to_write(descriptor: int) -> None:
    """Has the kernel begin what ``_sync`` will wait for, so that one flush serves many files."""
    if hasattr(os, "posix_fadvise"):  # not on a Mac
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _sync(place: str | Path) -> None:
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def drop_partials(path: str) -> None:
    """Removes the narrower versions of a tile that is full now, as C2SP tlog-tiles allows."""
    folder = root() / f"{path}.p"
    if not folder.is_dir():
        return
    for file in folder.iterdir():
        file.unlink(missing_ok=True)
    folder.rmdir()


class MissingTile(ValueError):
    """A file of the tree is not there, as after a restore; it can be made from the entries."""


def read_tile(tile: Tile) -> bytes:
    """The bytes of a tile, from the full one when the partial one is gone. Raises MissingTile."""
    found = read(tile.path)
    if found is None:
        found = (read(Tile(tile.level, tile.number).path) or b"")[: tile.width * 32]
    if len(found) != tile.width * 32:
        raise MissingTile(f"{tile.path} is missing or cut off; netral log fsck --repair makes it")
    return found


def bundle_path(number: int, width: int) -> str:
    return entries_path(number, width)
