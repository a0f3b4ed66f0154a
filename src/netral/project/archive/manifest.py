"""The table of contents of a backup: what is in it, made by which version, with which hashes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import IO, Any
from zipfile import ZipFile

from netral.project.refusal import Refusal

FORMAT = 1
NAME = "manifest.json"
DATABASE = "database.sqlite3"
FILES = "files/"
TABLES = "tables/"
BLOCK = 1024 * 1024


@dataclass
class Manifest:
    """``members`` maps each name in the archive to its SHA-256 in hex; ``tables`` each table to
    its columns and number of rows (``rows`` alone for SQLite, whose file brings its columns)."""

    version: str
    made_at: str
    engine: str
    is_demonstration: bool
    migrations: list[tuple[str, str]]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    members: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    def write(self, archive: ZipFile) -> None:
        archive.writestr(NAME, json.dumps(asdict(self), indent=1))


def read(archive: ZipFile) -> Manifest:
    try:
        facts = json.loads(archive.read(NAME))
        if facts["format"] != FORMAT:
            raise Refusal(
                f"this backup has format {facts['format']}; restore it with the version of "
                f"Netral that made it ({facts.get('version')})"
            )
        facts["migrations"] = [(app, name) for app, name in facts["migrations"]]
        return Manifest(**facts)
    except (KeyError, ValueError, TypeError) as error:
        raise Refusal("this file is not a backup of Netral, or its contents list is cut") from error


def add(archive: ZipFile, manifest: Manifest, name: str, blocks: Iterable[bytes]) -> None:
    """Streams ``blocks`` into the archive as ``name`` and notes the hash."""
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as target:
        for block in blocks:
            digest.update(block)
            target.write(block)
    manifest.members[name] = digest.hexdigest()


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def verify(archive: ZipFile, manifest: Manifest) -> None:
    """Reads everything once and compares the hashes; refuses at the first difference."""
    present = set(archive.namelist()) - {NAME}
    for name in sorted(present ^ set(manifest.members)):
        raise Refusal(f"the backup is damaged: {name} is missing or does not belong in it")
    for name, expected in manifest.members.items():
        if name.startswith("/") or ".." in name.split("/"):
            raise Refusal(f"the backup names a file outside of its folder: {name}")
        with archive.open(name) as file:
            if _digest(file, name) != expected:
                raise Refusal(f"the backup is damaged: {name} is not what was saved")


def _digest(file: IO[bytes], name: str) -> str:
    digest = hashlib.sha256()
    try:
        for block in blocks_of(file):
            digest.update(block)
    except Exception as error:
        raise Refusal(f"the backup is damaged: {name} cannot be read") from error
    return digest.hexdigest()
