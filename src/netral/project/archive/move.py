"""From SQLite to PostgreSQL: every table, in one transaction, counts compared at the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DataError, IntegrityError
from psycopg import Error as PostgresError

from netral.base import bulk
from netral.project import installation
from netral.project.archive import tables
from netral.project.environment import parse_database
from netral.project.refusal import Refusal

ROWS_AT_ONCE = 5_000
Report = Callable[[str], None]


def move_to_postgresql(address: str, *, report: Report) -> dict[str, int]:
    """Copies this installation's SQLite database to the empty PostgreSQL database at ``address``.

    Memory stays constant: rows stream from a read transaction into COPY. Writers are kept out
    meanwhile. Returns the number of rows by table. The files and the settings stay as they are.
    """
    if connection.vendor != "sqlite":
        raise Refusal("this installation is not on SQLite; there is nothing to move from")
    if parse_database(address).engine != "postgresql":
        raise Refusal("--to needs an address that starts with postgresql://")
    if installation.unapplied_migrations():
        raise Refusal("this database is not up to date; run netral upgrade, then move")
    path = str(connection.settings_dict["NAME"])
    with (
        installation.only_user(),
        _source(path) as source,
        _default_is(address),
        transaction.atomic(),
    ):
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
        names = tables.names(connection)
        tables.empty(connection, names)
        return _copy_all(source, names, report)


@contextmanager
def _default_is(address: str) -> Iterator[None]:
    """Puts PostgreSQL in the place of the default database while the block runs.

    A second alias would not do: migrations of other packages write to the default one without
    asking where they were sent.
    """
    parsed = parse_database(address)
    before = connections.settings[DEFAULT_DB_ALIAS]
    _set_default(
        before
        | {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parsed.name,
            "USER": parsed.user,
            "PASSWORD": parsed.password,
            "HOST": parsed.host,
            "PORT": parsed.port,
            "OPTIONS": {},
        }
    )
    try:
        if connection.introspection.table_names():
            raise Refusal(
                f"the database {parsed.name} is not empty; make a new one (createdb) and name it"
            )
        yield
    finally:
        _set_default(before)


def _set_default(facts: dict[str, Any]) -> None:
    connections[DEFAULT_DB_ALIAS].close()
    connections.settings[DEFAULT_DB_ALIAS] = facts
    del connections[DEFAULT_DB_ALIAS]


@contextmanager
def _source(path: str) -> Iterator[sqlite3.Connection]:
    """A connection of our own that gives values as SQLite keeps them and keeps writers out."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as source:
        source.execute("BEGIN IMMEDIATE")
        yield source


def _copy_all(source: sqlite3.Connection, names: list[str], report: Report) -> dict[str, int]:
    tables.defer_foreign_keys(connection)
    with connection.cursor() as cursor:
        cursor.execute("SET TIME ZONE 'UTC'")
    counts = {name: _copy_one(source, name, report) for name in names}
    tables.reset_sequences(connection, names)
    for name, expected in counts.items():
        if tables.count(connection, name) != expected:
            raise Refusal(f"the table {name} did not arrive whole; nothing was moved")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        raise Refusal(
            "a row refers to another that is not there; nothing was moved. netral check names it"
        ) from error
    bulk.learn()
    return counts


def _copy_one(source: sqlite3.Connection, table: str, report: Report) -> int:
    fields = [row[1] for row in source.execute(f'PRAGMA table_info("{table}")')]
    fields = [name for name in tables.columns(connection, table) if name in fields]
    expected = source.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    chosen = ", ".join(f'"{name}"' for name in fields)
    cursor = source.execute(f'SELECT {chosen} FROM "{table}"')
    try:
        copied = tables.copy_rows(connection, table, fields, _rows(cursor))
    except (PostgresError, DataError) as error:
        where = _where(error)
        raise Refusal(f"the table {table} does not fit{where}; nothing was moved") from error
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
