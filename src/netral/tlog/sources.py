"""Where a log is read from: its address on the web, or a folder with a copy of its files."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path
from typing import Protocol

from netral.tlog.hashing import HASH_SIZE
from netral.tlog.tiles import Tile, TileReader

TIMEOUT_SECONDS = 30
LONGEST_ANSWER = 17 * 1024 * 1024
"""A full entry bundle of the longest entries; nothing a log serves is larger."""


CONFLICT, NOT_TAKEN = 409, 422


class SourceTrouble(Exception):
    """The log cannot be read or does not take what it is given. Not a sign of tampering."""


class NotThere(SourceTrouble):
    """The log answers, and does not have what it should have."""


class Forgotten(Exception):
    """The log says that it does not know a checkpoint any more that bears its own signature."""


class Source(Protocol):
    def read(self, path: str) -> bytes | None:
        """The file at ``path`` under the log's prefix; None when there is none."""
        ...


class FolderSource:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, path: str) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None


class WebSource:
    """``address`` is the log's prefix, such as ``https://netral.contoh.go.id/log/``."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/") + "/"

    def read(self, path: str) -> bytes | None:
        return self._ask(urllib.request.Request(self.address + path))

    def post(self, path: str, body: bytes) -> None:
        """Raises SourceTrouble with the log's own words when it refuses, Forgotten."""
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        request = urllib.request.Request(self.address + path, body, headers, method="POST")
        if self._ask(request) is None:
            raise SourceTrouble(f"{self.address}{path} is not there: is this a Netral log?")

    def _ask(self, request: urllib.request.Request) -> bytes | None:
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
                content: bytes = answer.read(LONGEST_ANSWER + 1)
        except urllib.error.HTTPError as problem:
            if problem.code == 404:
                return None
            words = problem.read(400).decode("utf-8", "replace").strip()
            if problem.code == CONFLICT:
                raise Forgotten(words) from problem
            if problem.code == NOT_TAKEN:
                raise SourceTrouble(f"the log did not take it: {words}") from problem
            raise SourceTrouble(f"{request.full_url}: {problem.code} {words}") from problem
        except (OSError, ValueError) as problem:
            cause = getattr(problem, "reason", problem)
            why = getattr(cause, "strerror", None) or cause
            raise SourceTrouble(
                f"{request.full_url} does not answer ({why}): "
                "see that the address is right and the network is there"
            ) from problem
        if len(content) > LONGEST_ANSWER:
            raise SourceTrouble(f"{request.full_url} is larger than any file of a log")
        return content


def source_at(where: str) -> FolderSource | WebSource:
    """``where``: an address that begins with http, or a folder. Raises SourceTrouble."""
    if where.startswith(("http://", "https://")):
        return WebSource(where)
    folder = Path(where)
    if not folder.is_dir():
        raise SourceTrouble(
            f"there is no folder {where}; the address of a log begins with https:// or http://"
        )
    return FolderSource(folder)


def tiles_of(source: Source, size: int) -> TileReader:
    """The hashes of the log at ``size``; a narrow tile that is gone is cut from the full one."""

    def read(tile: Tile) -> bytes:
        found = source.read(tile.path)
        if found is None:
            found = source.read(Tile(tile.level, tile.number).path)
        if found is None:
            raise NotThere(f"the log does not have {tile.path}")
        return found[: tile.width * HASH_SIZE]

    return TileReader(size, read)
