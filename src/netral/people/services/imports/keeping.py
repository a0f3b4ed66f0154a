"""How long uploads and staged rows are kept."""

from __future__ import annotations

from datetime import datetime

from netral.people.models import Import
from netral.people.services.imports import staging

_SETTLED = (
    Import.State.APPLIED,
    Import.State.UNDONE,
    Import.State.DISCARDED,
    Import.State.FAILED,
    Import.State.PREVIEW,
)


def give_up_waiting(*, before: datetime) -> None:
    """Deletes uploads whose columns nobody mapped; the officer is told to send the file again."""
    waiting = Import.objects.filter(state=Import.State.MAPPING, created_at__lt=before)
    for source in waiting:
        staging.stop_reading(source)
        Import.objects.filter(pk=source.pk, state=Import.State.MAPPING).update(
            state=Import.State.FAILED,
            trouble={"code": "not_mapped_in_time", "details": {}},
        )


def drop_staged(*, before: datetime) -> None:
    """Drops the staged rows and problems of settled imports; a forgotten preview is discarded."""
    old = Import.objects.filter(state__in=_SETTLED, created_at__lt=before)
    for source in old.filter(rows__isnull=False).distinct():
        staging.stop_reading(source)
    old.filter(state=Import.State.PREVIEW).update(state=Import.State.DISCARDED)
