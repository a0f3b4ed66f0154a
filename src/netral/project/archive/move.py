"""From SQLite to PostgreSQL: every table, in one transaction, counts compared at the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DataError, IntegrityError
from psycopg import Error as PostgresError

from netral.project import installation
from netral.project.archive import tables
from netral.project.environment import parse_database
from netral.project.refusal import Refusal

ALIAS = "move_target"
ROWS_AT_ONCE = 5_000
Report = Callable[[str], None]


def move_to_postgresql(address: str, *, report: Report) -> dict[str, int]:
    """Copies this installation's SQLite database to the empty PostgreSQL database at ``address``.

    Memory stays constant: rows stream from a read transaction into COPY. Writers are kept out
    meanwhile. Returns the number of rows by table. The files and the settings stay as they are.
    """
    if connection.vendor != "sqlite":
        raise Refusal("this installation is not on SQLite; there is nothing to move from")
    if installation.unapplied_migrations():
        raise Refusal("this database is not up to date; run netral upgrade, then move")
    with installation.only_user(), _target(address) as target, _source() as source:
        with transaction.atomic(using=ALIAS):
            executor = MigrationExecutor(target)
            executor.migrate(executor.loader.graph.leaf_nodes())
            names = tables.names(target)
            tables.empty(target, names)
            return _copy_all(source, target, names, report)


@contextmanager
def _target(address: str) -> Iterator[BaseDatabaseWrapper]:
    parsed = parse_database(address)
    if parsed.engine != "postgresql":
        raise Refusal("--to needs an address that starts with postgresql://")
    connections.settings[ALIAS] = {
        **connections.settings["default"],
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parsed.name,
        "USER": parsed.user,
        "PASSWORD": parsed.password,
        "HOST": parsed.host,
        "PORT": parsed.port,
        "OPTIONS": {},
    }
    target = connections[ALIAS]
    try:
        if target.introspection.table_names():
            raise Refusal(
                f"the database {parsed.name} is not empty; make a new one (createdb) and name it"
            )
        yield target
    finally:
        target.close()
        del connections[ALIAS]
        del connections.settings[ALIAS]


@contextmanager
def _source() -> Iterator[sqlite3.Connection]:
    """A connection of our own that gives values as SQLite keeps them and keeps writers out."""
    path = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as source:
        source.execute("BEGIN IMMEDIATE")
        yield source


def _copy_all(
    source: sqlite3.Connection, target: BaseDatabaseWrapper, names: list[str], report: Report
) -> dict[str, int]:
    # Foreign keys are checked once, at the end; so the order of the tables does not matter.
    with target.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET TIME ZONE 'UTC'")
    counts = {name: _copy_one(source, target, name, report) for name in names}
    tables.reset_sequences(target, names)
    for name, expected in counts.items():
        if tables.count(target, name) != expected:
            raise Refusal(f"the table {name} did not arrive whole; nothing was moved")
    try:
        with target.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        raise Refusal(
            "a row refers to another that is not there; nothing was moved. "
            "netral check names it"
        ) from error
    return counts


def _copy_one(
    source: sqlite3.Connection, target: BaseDatabaseWrapper, table: str, report: Report
) -> int:
    fields = [row[1] for row in source.execute(f'PRAGMA table_info("{table}")')]
    fields = [name for name in tables.columns(target, table) if name in fields]
    expected = source.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    chosen = ", ".join(f'"{name}"' for name in fields)
    cursor = source.execute(f'SELECT {chosen} FROM "{table}"')
    try:
        copied = tables.copy_rows(target, table, fields, _rows(cursor))
    except (PostgresError, DataError) as error:
        raise Refusal(f"the table {table} does not fit{_where(error)}; nothing was moved") from error
    if copied != expected:
        raise Refusal(f"the table {table} changed while it was read; stop Netral and try again")
    report(f"{table}: {copied}")
    return copied


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    while block := cursor.fetchmany(ROWS_AT_ONCE):
        yield from block


def _where(error: Exception) -> str:
    """Line and column of the row PostgreSQL refused, without the value it quotes."""
    diagnosis = getattr(error, "diag", None)
    context = getattr(diagnosis, "context", None) or ""
    place = context.split(":")[0]
    kind = getattr(diagnosis, "message_primary", None) or type(error).__name__
    return f" ({kind}; {place})" if place else f" ({kind})"
