"""Lets the test runner empty tables that the product may only append to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase


@contextmanager
def triggers_lifted() -> Iterator[None]:
    """On SQLite the triggers go and come back; PostgreSQL empties by TRUNCATE, which they allow."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, sql in triggers:
            cursor.execute(sql)


def install() -> None:
    """Once per test run: wraps the flush after each test that commits."""
    flush = TransactionTestCase._fixture_teardown

    def flush_all(self: TransactionTestCase) -> None:
        with triggers_lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_all  # type: ignore[method-assign]
