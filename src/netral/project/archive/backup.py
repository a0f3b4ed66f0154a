"""Writes the whole installation into one file while it goes on serving.

SQLite is copied with its online backup interface, PostgreSQL with COPY inside one repeatable-read
transaction: both see one moment. Files are read after the database, so that every file the
database speaks of is there. One own format for PostgreSQL instead of pg_dump: it needs no client
programs of the server's very version (docs/decisions/0003-backup.md).
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from netral.project import installation
from netral.project.archive import manifest as contents
from netral.project.archive import tables
from netral.project.archive.manifest import Manifest
from netral.project.refusal import Refusal


def write_backup(target: Path) -> Manifest:
    """Writes ``target`` whole or not at all, readable by its owner only.

    Returns the manifest. Refuses when the file is there already or the folder is not.
    """
    if target.exists():
        raise Refusal(f"{target} is there already; a backup never overwrites another")
    if not target.parent.is_dir():
        raise Refusal(f"there is no folder {target.parent}; make it first")
    if not installation.has_tables():
        raise Refusal("the database is empty; there is nothing to back up")
    with _beside(target) as partial:
        with ZipFile(partial, "w", ZIP_DEFLATED, compresslevel=6) as archive:
            manifest = _new_manifest()
            _add_database(archive, manifest)
            _add_files(archive, manifest)
            manifest.write(archive)
        _to_disk(partial)
        partial.replace(target)
        _to_disk(target.parent)
    return manifest


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A private file in the same folder, gone when the block ends without having moved it."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _new_manifest() -> Manifest:
    row = installation.read()
    return Manifest(
        version=version("netral"),
        made_at=timezone.now().isoformat(timespec="seconds"),
        engine=connection.vendor,
        is_demonstration=row is not None and row.is_demonstration,
        migrations=tables.applied_migrations(connection),
    )


def _add_database(archive: ZipFile, manifest: Manifest) -> None:
    if connection.vendor == "sqlite":
        _add_sqlite(archive, manifest)
    else:
        _add_postgresql(archive, manifest)


def _add_sqlite(archive: ZipFile, manifest: Manifest) -> None:
    names = tables.names(connection)
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        path = Path(folder) / contents.DATABASE
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as source,
            closing(sqlite3.connect(path)) as copy,
        ):
            source.backup(copy, pages=10_000)
            for name in names:
                rows = copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                manifest.tables[name] = {"rows": rows}
        with path.open("rb") as file:
            contents.add(archive, manifest, contents.DATABASE, contents.blocks_of(file))


def _add_postgresql(archive: ZipFile, manifest: Manifest) -> None:
    names = tables.names(connection)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for name in names:
            fields = tables.columns(connection, name)
            rows = tables.count(connection, name)
            manifest.tables[name] = {"columns": fields, "rows": rows}
            blocks = tables.copy_out(connection, name, fields)
            contents.add(archive, manifest, f"{contents.TABLES}{name}.copy", blocks)


def _add_files(archive: ZipFile, manifest: Manifest) -> None:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # removed since it was listed; the database of that moment may not know it
        with file:
            name = contents.FILES + path.relative_to(root).as_posix()
            contents.add(archive, manifest, name, contents.blocks_of(file))
