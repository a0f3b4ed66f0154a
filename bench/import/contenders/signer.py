"""Another user of the database: one small durable write after the other, each wait measured.

Ends when its input is closed, and says how long its longest write took.
"""

from __future__ import annotations

import os
import select
import sqlite3
import sys
import time
from typing import Any

from . import world

PAUSE = 0.005


def main(address: str) -> None:
    write = _sqlite(address) if address.startswith("/") else _postgresql(address)
    waits: list[float] = []
    while not select.select([sys.stdin], [], [], PAUSE)[0] or os.read(0, 1):
        started = time.perf_counter()
        write()
        waits.append(time.perf_counter() - started)
    world.say(seconds=max(waits), writes=len(waits), median=sorted(waits)[len(waits) // 2])


def _sqlite(path: str) -> Any:
    connection = sqlite3.connect(path, isolation_level=None, timeout=30)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS bench_signature (id INTEGER PRIMARY KEY, "
        "person char(32) REFERENCES people_person (id))"
    )
    person = connection.execute("SELECT id FROM people_person LIMIT 1").fetchone()[0]

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO bench_signature (person) VALUES (?)", [person])
        connection.execute("COMMIT")

    return write


def _postgresql(address: str) -> Any:
    import psycopg

    connection = psycopg.connect(address)
    connection.execute(
        "CREATE TABLE IF NOT EXISTS bench_signature (id bigserial PRIMARY KEY, "
        "person uuid REFERENCES people_person (id))"
    )
    found = connection.execute("SELECT id FROM people_person LIMIT 1").fetchone()
    connection.commit()

    def write() -> None:
        connection.execute("INSERT INTO bench_signature (person) VALUES (%s)", found)
        connection.commit()

    return write


if __name__ == "__main__":
    main(sys.argv[1])
