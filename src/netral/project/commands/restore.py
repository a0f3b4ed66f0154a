"""Bring everything back from a backup.

Verifies every hash before it touches anything. Refuses over existing data unless --replace is
given; the old SQLite file and files are then kept aside in a folder named replaced-…, with a
list of the signatures that the backup lacks; on PostgreSQL make a backup first. Stop Netral
before you restore.

example:
  netral restore /srv/cadangan/netral-2026-11-22.zip
"""

from __future__ import annotations

import argparse
from pathlib import Path

from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="a file made by netral backup")
    parser.add_argument("--replace", action="store_true", help="in the place of what is here")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from netral.project import installation
    from netral.project.archive.restore import restore_backup

    manifest, lacking = restore_backup(options.file, replace=options.replace, now=timezone.now())
    say(f"Restored the backup of {manifest.made_at} (Netral {manifest.version}).")
    if installation.unapplied_migrations():
        say("It is from an earlier version: run netral upgrade before you serve it.")
    else:
        _say_about_the_log()
    if lacking:
        say(
            f"SIGNATURES THAT WERE HERE AND ARE NOT IN THIS BACKUP: {lacking.number}\n"
            f"Whose they are stands in {lacking.listed_in}\n"
            "Restore a newer backup if there is one; else ask these people to sign again."
        )
    return 0


def _say_about_the_log() -> None:
    """What is to be done about the log now, if anything is."""
    from netral.base.audit import files
    from netral.base.audit.models import LogCheckpoint
    from netral.base.audit.published import Damaged, forgotten

    if files.read(files.CHECKPOINT) is None:
        if LogCheckpoint.objects.exists():
            say("The tree of the log is not in a backup: run netral log fsck --repair now.")
        return
    try:
        unknown = forgotten()
    except Damaged as damage:
        say(f"{damage}; netral log fsck says more.")
        return
    if unknown is not None:
        say(
            "THE LOG HAS PUBLISHED MORE THAN THIS BACKUP HOLDS: a checkpoint of "
            f"{unknown.size} entries.\nIt signs nothing more until that is settled, and /log/ says "
            "so to everybody. Restore a newer\nbackup if there is one; else see the manual: the "
            "log, after a loss."
        )
