"""The floor on SQLite: calamine reads, executemany writes, one durable commit, no check."""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

from python_calamine import CalamineWorkbook

from ..make_files import KEPT
from . import world


def main(path: str, database: str) -> None:
    Path(database).unlink(missing_ok=True)
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    world.floor_table(connection)
    positions = list(KEPT)
    started, used = time.perf_counter(), world.cpu()
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    marks = ", ".join("?" * (len(positions) + 1))
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        f"INSERT INTO bench_staff VALUES ({marks})",
        ((at, *(row[position] for position in positions)) for at, row in enumerate(rows)),
    )
    connection.execute("COMMIT")
    ended, used = time.perf_counter(), world.cpu() - used
    count = connection.execute("SELECT COUNT(*) FROM bench_staff").fetchone()[0]
    world.say(seconds=ended - started, cpu=used, rows=count)


if __name__ == "__main__":
    main(*sys.argv[1:3])
