"""Brings an installation back from a backup.

Everything is verified and unpacked beside its place first; only then does it change places with
what is there, which is moved aside and not deleted.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db import connection, transaction

from netral.base import bulk
from netral.project import installation
from netral.project.archive import manifest as contents
from netral.project.archive import tables
from netral.project.archive.left_behind import LeftBehind, left_behind, signatures_here
from netral.project.archive.manifest import Manifest
from netral.project.refusal import Refusal


class Restored(NamedTuple):
    manifest: Manifest
    left_behind: LeftBehind | None
    """Signatures that were here and are not in the backup."""


def restore_backup(source: Path, *, replace: bool, now: datetime) -> Restored:
    """Restores ``source``; with ``replace`` also over existing data, which is kept aside.

    Runs only while nothing else uses the data.
    """
    with installation.only_user(), _opened(source) as archive:
        manifest = contents.read(archive)
        _must_be_possible(manifest, replace=replace)
        contents.verify(archive, manifest)
        var = Path(settings.VAR_DIR)
        aside = var / f"replaced-{now:%Y%m%d-%H%M%S}"
        before = signatures_here()
        with tempfile.TemporaryDirectory(dir=var, prefix="restoring-") as folder:
            staged = Path(folder)
            _unpack_files(archive, manifest, staged / "files")
            if manifest.engine == "sqlite":
                _unpack_sqlite(archive, staged / contents.DATABASE)
                _swap_sqlite(staged / contents.DATABASE, aside)
            else:
                _load_postgresql(archive, manifest)
            _swap(staged / "files", Path(settings.MEDIA_ROOT), aside / "files")
        return Restored(manifest, left_behind(before, aside))


@contextmanager
def _opened(source: Path) -> Iterator[ZipFile]:
    try:
        archive = ZipFile(source)
    except FileNotFoundError as error:
        raise Refusal(f"there is no file {source}") from error
    except BadZipFile as error:
        raise Refusal(f"{source} is not a backup of Netral, or it is cut short") from error
    with archive:
        yield archive


def _must_be_possible(manifest: Manifest, *, replace: bool) -> None:
    if manifest.engine != connection.vendor:
        raise Refusal(
            f"this backup is from {manifest.engine} and NETRAL_DATABASE names "
            f"{connection.vendor}: restore to {manifest.engine}, then use netral move"
        )
    unknown = tables.unknown_migrations(connection, manifest.migrations)
    if unknown:
        raise Refusal(
            f"this backup is from a newer Netral ({manifest.version}); install that version first"
        )
    if not replace and (_has_data() or _has_files()):
        raise Refusal(
            "there is data here already; --replace puts the backup in its place and keeps "
            "the old data aside"
        )


def _has_data() -> bool:
    return any(tables.count(connection, name) for name in tables.names(connection))


def _has_files() -> bool:
    return any(Path(settings.MEDIA_ROOT).rglob("*"))


def _unpack_files(archive: ZipFile, manifest: Manifest, target: Path) -> None:
    target.mkdir()
    for name in manifest.members:
        if name.startswith(contents.FILES):
            path = target / name.removeprefix(contents.FILES)
            path.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, path.open("wb") as file:
                shutil.copyfileobj(source, file, contents.BLOCK)


def _unpack_sqlite(archive: ZipFile, path: Path) -> None:
    with archive.open(contents.DATABASE) as source, path.open("wb") as file:
        shutil.copyfileobj(source, file, contents.BLOCK)
    with closing(sqlite3.connect(path)) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.execute("PRAGMA journal_mode=WAL")
    if verdict != "ok":
        raise Refusal("the database in the backup does not pass SQLite's own check")


def _swap_sqlite(staged: Path, aside: Path) -> None:
    path = Path(connection.settings_dict["NAME"])
    if path.exists():
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    for suffix in ("-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            _set_aside(beside, aside / beside.name)
    _swap(staged, path, aside / path.name)


def _swap(staged: Path, place: Path, aside: Path) -> None:
    if place.exists():
        _set_aside(place, aside)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(staged, place)


def _set_aside(path: Path, aside: Path) -> None:
    if path.is_dir() and not any(path.iterdir()):
        path.rmdir()
        return
    aside.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, aside)


def _load_postgresql(archive: ZipFile, manifest: Manifest) -> None:
    """All in one transaction: the old tables go and the new ones come, or nothing happens."""
    with transaction.atomic():
        tables.drop_everything(connection)
        tables.migrate_to(connection, manifest.migrations)
        tables.empty(connection, manifest.tables)
        tables.defer_foreign_keys(connection)
        for name, facts in manifest.tables.items():
            with archive.open(f"{contents.TABLES}{name}.copy") as file:
                tables.copy_in(connection, name, facts["columns"], contents.blocks_of(file))
            if tables.count(connection, name) != facts["rows"]:
                raise Refusal(f"the table {name} did not come back whole; nothing was changed")
        tables.reset_sequences(connection, manifest.tables)
        bulk.learn()
