"""The tables of an installation as plain tables: names, columns, counts, COPY, sequences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

MIGRATIONS = "django_migrations"
MigrationKey = tuple[str, str]


def names(connection: BaseDatabaseWrapper) -> list[str]:
    """Every table Netral and its packages own, sorted; without the record of migrations."""
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(found) - {MIGRATIONS})


_COMPUTED = {
    "sqlite": "SELECT name FROM pragma_table_xinfo(%s) WHERE hidden IN (2, 3)",
    "postgresql": "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
    " AND attgenerated <> ''",
}


def columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    """The columns that are written; those that the database computes cannot be."""
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
        cursor.execute(_COMPUTED[connection.vendor], [table])
        computed = {name for (name,) in cursor.fetchall()}
    return [column.name for column in description if column.name not in computed]


def count(connection: BaseDatabaseWrapper, table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])


def applied_migrations(connection: BaseDatabaseWrapper) -> list[MigrationKey]:
    loader = MigrationExecutor(connection).loader
    return sorted(loader.applied_migrations)


def unknown_migrations(
    connection: BaseDatabaseWrapper, keys: Iterable[MigrationKey]
) -> list[MigrationKey]:
    """Those of ``keys`` that this version of Netral does not have."""
    known = MigrationExecutor(connection).loader.disk_migrations
    return [key for key in keys if key not in known]


def migrate_to(connection: BaseDatabaseWrapper, keys: Iterable[MigrationKey]) -> None:
    """Brings an empty database to exactly the state in which ``keys`` were applied."""
    executor = MigrationExecutor(connection)
    wanted = set(keys)
    graph = executor.loader.graph
    last = [
        key
        for key in wanted
        if not any(child.key in wanted and child.key[0] == key[0] for child in
                   graph.node_map[key].children)
    ]  # fmt: skip
    executor.migrate(sorted(last))


def copy_out(connection: BaseDatabaseWrapper, table: str, fields: Sequence[str]) -> Iterator[bytes]:
    """The rows of ``table`` in PostgreSQL's text format, block by block."""
    statement = sql.SQL("COPY (SELECT {fields} FROM {table}) TO STDOUT").format(
        fields=_identifiers(fields), table=sql.Identifier(table)
    )
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for block in copy:
            yield bytes(block)


def copy_in(
    connection: BaseDatabaseWrapper, table: str, fields: Sequence[str], blocks: Iterable[bytes]
) -> None:
    with connection.connection.cursor() as cursor, cursor.copy(_into(table, fields)) as copy:
        for block in blocks:
            copy.write(block)


def copy_rows(
    connection: BaseDatabaseWrapper,
    table: str,
    fields: Sequence[str],
    rows: Iterable[Sequence[Any]],
) -> int:
    """Writes ``rows`` with COPY; the server reads each value by the type of its column."""
    number = 0
    with connection.connection.cursor() as cursor, cursor.copy(_into(table, fields)) as copy:
        for row in rows:
            copy.write_row(row)
            number += 1
    return number


def _into(table: str, fields: Sequence[str]) -> sql.Composed:
    return sql.SQL("COPY {table} ({fields}) FROM STDIN").format(
        table=sql.Identifier(table), fields=_identifiers(fields)
    )


def _identifiers(fields: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(name) for name in fields)


def empty(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Removes the rows that migrations wrote, so that loaded ones do not meet them."""
    for table in tables:
        if count(connection, table):
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {connection.ops.quote_name(table)} CASCADE")


def defer_foreign_keys(connection: BaseDatabaseWrapper) -> None:
    """Foreign keys are checked at the end, so that the order of the tables does not matter.

    They are made to be, but a migration that ran in the same transaction may have changed it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def reset_sequences(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """After rows came with their keys: the next new row gets the next free key."""
    for table in tables:
        with connection.cursor() as cursor:
            for sequence in connection.introspection.get_sequences(cursor, table):
                column = connection.ops.quote_name(sequence["column"])
                quoted = connection.ops.quote_name(table)
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1), "
                    f"max({column}) IS NOT NULL) FROM {quoted}",
                    [quoted, sequence["column"]],
                )


def drop_everything(connection: BaseDatabaseWrapper) -> None:
    """Empties a PostgreSQL database of tables and functions, inside the caller's transaction."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p "
            "WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f' "
            "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {function} CASCADE")
