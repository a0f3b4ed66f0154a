"""Takes the written files through the real import, as an officer would, without a browser."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Count

from netral.people.models import Government, Import
from netral.people.services import imports
from netral.project.demonstration.staff import REFERENCE_DAY
from netral.project.refusal import Refusal


@dataclass(frozen=True)
class Imported:
    """What one import found and did."""

    import_id: str
    counts: dict[str, int]
    problems: dict[str, int]
    """Problem code → how many."""


def import_file(government: Government, path: Path, *, scope: str, now: datetime) -> Imported:
    """Start, read, confirm, apply. Raises :class:`Refusal` when one of the steps does not hold."""
    source = imports.start(
        actor=None,
        government=government,
        upload_path=path,
        file_name=path.name,
        scope=scope,
        effective_on=REFERENCE_DAY,
        now=now,
    )
    key = str(source.pk)
    imports.read(key, now)
    _must_be(key, Import.State.PREVIEW)
    source.refresh_from_db()
    imports.confirm(actor=None, source=source, close_missing=False, now=now)
    imports.apply(key, now)
    done = _must_be(key, Import.State.APPLIED)
    found = done.problems.values_list("code").annotate(times=Count("id")).order_by("code")
    return Imported(key, dict(Counter(done.counts)), dict(found))


def _must_be(key: str, state: str) -> Import:
    source = Import.objects.get(pk=key)
    if source.state != state:
        raise Refusal(
            f"the demonstration's file {source.file_name} stopped at {source.state}: "
            f"{source.failure or 'no reason given'}"
        )
    return source
