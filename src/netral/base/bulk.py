"""Many rows in few calls: COPY on PostgreSQL, statements of many rows on SQLite.

SQLite's driver lets other threads run at each row that it inserts or fetches one by one, and then
waits until they let it go on: with hundreds of requests beside it, longer than for the database.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db import connection

Row = Sequence[Any]
ROWS_OF_A_STATEMENT = (64, 16, 4, 1)
"""Few sizes, so that the driver knows each statement already."""


def insert(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Appends ``rows``, whose values stand in the order of ``columns``.

    ``table`` and ``columns`` come from code, never from a file.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    # The driver's own errors, past Django's translation.
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            one = f"({', '.join('?' * len(columns))})"
            _insert_into_sqlite(f'INSERT INTO "{table}" ({names}) VALUES ', one, iter(rows))


def _insert_into_sqlite(start: str, one: str, rows: Iterator[Row]) -> None:
    """``one``: the marks of a row. Past Django's cursor, which would look for them each time."""
    while batch := list(islice(rows, ROWS_OF_A_STATEMENT[0])):
        size = next(size for size in ROWS_OF_A_STATEMENT if size <= len(batch))
        rows = chain(batch[size:], rows) if size < len(batch) else rows
        values = list(chain.from_iterable(batch[:size]))
        connection.connection.execute(start + ", ".join([one] * size), values)


@contextmanager
def without_collector() -> Iterator[None]:
    """For work that makes many objects and no cycles: the collector would walk all of Django."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


MANY = 10_000
"""Rows written at once after which a table is not what PostgreSQL's planner believes it to be."""


def learn(*tables: str) -> None:
    """Has PostgreSQL look at ``tables`` anew, or at all: after many rows changed at once.

    It would do so by itself, a minute or more later; until then pages would be planned for the
    tables as they were. Signatures and sign-ins are not held up. SQLite plans without figures.
    """
    if connection.vendor == "postgresql":
        run(f"ANALYZE {', '.join(connection.ops.quote_name(table) for table in tables)}")


def learn_if_many(rows: int, *tables: str) -> None:
    """The same after writing ``rows``, if they are :data:`MANY`."""
    if rows >= MANY:
        learn(*tables)


def check_references() -> None:
    """Has PostgreSQL check now what it would check at the commit: before rows are written that
    others wait for. SQLite keeps no such checks waiting that could be called."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run("SET CONSTRAINTS ALL DEFERRED")


def fetch(statement: str, arguments: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def fetch_plain(columns: str, source: str, arguments: Sequence[Any] = ()) -> list[Row]:
    """As ``fetch`` of ``SELECT columns source``, where all values are numbers, texts or keys;
    in any order."""
    if connection.vendor == "postgresql":
        return [*fetch(f"SELECT {columns} {source}", arguments)]
    [(found,)] = fetch(f"SELECT json_group_array(json_array({columns})) {source}", arguments)
    rows: list[Row] = json.loads(found)
    return rows


def run(statement: str, arguments: Sequence[Any] = ()) -> int:
    """Runs a statement; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return int(cursor.rowcount)


def run_many(statement: str, arguments: Sequence[Row]) -> None:
    if arguments:
        with connection.cursor() as cursor:
            cursor.executemany(statement, arguments)


def wanted(values: Sequence[str], kind: str = "text") -> tuple[str, Any]:
    """A list as the table ``wanted(value)``: (text for a FROM clause, its one argument)."""
    distinct = list(dict.fromkeys(values))
    if connection.vendor == "postgresql":
        return f"unnest(%s::{kind}[]) AS wanted(value)", distinct
    return "(SELECT value FROM json_each(%s)) AS wanted", json.dumps(distinct)


def wanted_rows(rows: Sequence[Row], columns: Mapping[str, str]) -> tuple[str, list[Any]]:
    """As :func:`wanted`, with ``columns`` (name → type) instead of one value."""
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
        named = f"unnest({arrays}) AS wanted({', '.join(columns)})"
        return named, [list(column) for column in zip(*rows, strict=True)]
    values = ", ".join(
        f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate(columns)
    )
    return f"(SELECT {values} FROM json_each(%s)) AS wanted", [json.dumps(rows)]


def locking(table: str) -> str:
    """Ends a query that keeps the rows of ``table`` from changing; SQLite has one writer anyway."""
    return f"FOR UPDATE OF {table}" if connection.vendor == "postgresql" else ""


def hexed(key: Any) -> Any:
    """A key as 32 digits: SQLite hands out text, PostgreSQL ``UUID``. None stays None."""
    return key if key is None or isinstance(key, str) else key.hex


def moment(now: datetime) -> object:
    """A time as the raw driver of each database wants it."""
    return connection.ops.adapt_datetimefield_value(now)
