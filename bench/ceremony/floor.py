"""What the database itself can do: one row per commit by the plain driver, as durable."""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

PAYLOAD = "x" * 300


def sqlite_rows_per_second(folder: str, rows: int) -> float:
    """WAL, ``synchronous=FULL``, a unique key, one writer: more of them are no faster."""
    path = Path(folder) / f"floor-{secrets.token_hex(4)}.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE floor (id TEXT PRIMARY KEY, payload TEXT)")
    started = time.perf_counter()
    for _number in range(rows):
        connection.execute("INSERT INTO floor VALUES (?, ?)", (secrets.token_hex(16), PAYLOAD))
    seconds = time.perf_counter() - started
    assert connection.execute("SELECT COUNT(*) FROM floor").fetchone()[0] == rows
    connection.close()
    path.unlink()
    return rows / seconds


def postgresql_rows_per_second(address: str, rows: int, clients: int) -> float:
    """As many connections as phones, each committing row by row."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as first:
        first.execute("DROP TABLE IF EXISTS floor")
        first.execute("CREATE TABLE floor (id TEXT PRIMARY KEY, payload TEXT)")
    connections: list[Any] = [psycopg.connect(address, autocommit=True) for _n in range(clients)]

    def insert(connection: Any) -> None:
        for _number in range(rows // clients):
            connection.execute(
                "INSERT INTO floor VALUES (%s, %s)", (secrets.token_hex(16), PAYLOAD)
            )

    threads = [threading.Thread(target=insert, args=(one,)) for one in connections]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    kept = connections[0].execute("SELECT COUNT(*) FROM floor").fetchone()[0]
    assert kept == rows // clients * clients
    for connection in connections:
        connection.close()
    return kept / seconds
