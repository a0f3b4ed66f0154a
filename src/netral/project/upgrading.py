"""Bringing the database and the collected files to this version of the code."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from netral.base import bulk
from netral.project import installation

Report = Callable[[str], None]
KNOWN_ELECTIONS = "netral.elections.services.loading"
PRECEDENTS = "netral.guidance.services.precedents"


def apply_migrations(report: Report) -> int:
    """Applies what is missing; returns how many migrations that were."""
    missing = installation.unapplied_migrations()
    if missing:
        report(f"Applying {len(missing)} migration(s) …")
        call_command("migrate", interactive=False, verbosity=0, stdout=io.StringIO())
    row = installation.read()
    if missing and row:
        bulk.learn()
    installation.record(is_demonstration=row.is_demonstration if row else bool(settings.DEMO))
    return len(missing)


def load_known_elections(now: datetime, report: Report) -> None:
    """Writes the elections that come with this version; running it again changes nothing."""
    if find_spec(KNOWN_ELECTIONS) is None:
        return
    summary = import_module(KNOWN_ELECTIONS).load_known_elections(now=now)
    s = summary
    report(f"Elections: {s.created} new, {s.changed} changed, {s.same} as before.")


def flag_changed_precedents(now: datetime, report: Report) -> None:
    """Marks published answers whose provisions read otherwise in this version's law data."""
    if find_spec(PRECEDENTS) is None:
        return
    flagged = import_module(PRECEDENTS).flag_changed(now=now)
    if flagged:
        report(f"Precedents: {flagged} to be reviewed, because the law they cite changed.")


def collect_static_files(report: Report) -> bool:
    """Collects and compresses the static files unless nothing changed since last time."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / "fingerprint"
    current = _static_fingerprint()
    if stamp.is_file() and stamp.read_text() == current:
        return False
    report("Collecting static files …")
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(current)
    return True


def _static_fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for name, path in sorted(_static_sources()):
        facts = path.stat()
        digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_sources() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))
