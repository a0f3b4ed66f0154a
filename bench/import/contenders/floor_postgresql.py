"""The floor on PostgreSQL: the csv module reads, COPY writes, one durable commit, no check."""

from __future__ import annotations

import csv
import sys
import time
from operator import itemgetter

import psycopg

from ..make_files import KEPT
from . import world


def main(path: str, database: str) -> None:
    names = ", ".join(("id", *KEPT.values()))
    take = itemgetter(*KEPT)
    with psycopg.connect(database) as connection, connection.cursor() as cursor:
        world.floor_table(cursor)
        connection.commit()
        started, used = time.perf_counter(), world.cpu()
        with open(path, encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows)
            with cursor.copy(f"COPY bench_staff ({names}) FROM STDIN") as copy:
                for at, row in enumerate(rows):
                    copy.write_row((at, *take(row)))
        connection.commit()
        ended, used = time.perf_counter(), world.cpu() - used
        cursor.execute("SELECT COUNT(*) FROM bench_staff")
        found = cursor.fetchone()
    world.say(seconds=ended - started, cpu=used, rows=found[0] if found else 0)


if __name__ == "__main__":
    main(*sys.argv[1:3])
