"""Back up, then bring the database to this version.

Writes a backup to var/backups first when there is data, applies the migrations, loads the
elections that come with this version, flags precedents whose law changed and collects the static
files. Running it again changes
nothing. Stop Netral first, start it again afterwards.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from netral.speaking.sentences import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-backup", action="store_true", help="you made one yourself")


def run(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from netral.project import installation, upgrading

    with installation.only_user():
        if installation.has_tables():
            if not installation.unapplied_migrations():
                installation.must_fit_settings()
            elif not options.no_backup:
                _back_up(timezone.now().strftime("%Y%m%d-%H%M%S"))
        upgrading.apply_migrations(say)
        upgrading.load_known_elections(timezone.now(), say)
        upgrading.flag_changed_precedents(timezone.now(), say)
        upgrading.collect_static_files(say)
    say("The database is up to date.")
    return 0


def _back_up(stamp: str) -> None:
    from django.conf import settings

    from netral.project.archive.backup import write_backup

    folder = Path(settings.VAR_DIR) / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"before-upgrade-{stamp}.zip"
    write_backup(target)
    say(f"Backup written to {target}.")
