"""Write everything (database and files) into one file, while Netral runs.

The file holds personal data and password hashes: keep it as you keep the register. It is written
whole or not at all, and is readable by its owner only. Settings and secrets (.env) are not in it:
keep those elsewhere.

example:
  netral backup /srv/cadangan/netral-2026-11-22.zip
"""

from __future__ import annotations

import argparse
from pathlib import Path

from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="where to; must not be there yet")


def run(options: argparse.Namespace) -> int:
    from netral.project.archive.backup import write_backup

    target = options.file.expanduser().absolute()
    manifest = write_backup(target)
    rows = sum(facts["rows"] for facts in manifest.tables.values())
    files = sum(name.startswith("files/") for name in manifest.members)
    size = target.stat().st_size / 1e6
    say(f"{target}: {rows} rows in {len(manifest.tables)} tables, {files} files, {size:.1f} MB.")
    return 0
