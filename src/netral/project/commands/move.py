"""Move this installation from SQLite to PostgreSQL: every row, or nothing at all.

The PostgreSQL database must be there and be empty. Stop Netral first. Counts are compared table
by table. The SQLite file stays where it is.

example:
  createdb netral
  netral move --to postgresql://netral@localhost/netral
"""

from __future__ import annotations

import argparse

from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", required=True, metavar="ADDRESS", help="postgresql://…")


def run(options: argparse.Namespace) -> int:
    from netral.project.archive.move import move_to_postgresql

    counts = move_to_postgresql(options.to, report=lambda line: say(f"  {line}"))
    say(f"Moved {sum(counts.values())} rows in {len(counts)} tables; the counts agree.")
    say("Now write NETRAL_DATABASE=… with this address into .env and start Netral.")
    return 0
