"""How long uploads and staged rows are kept."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db.models import Exists, OuterRef

from netral.people.intake.problems import Unreadable
from netral.people.models import Import, ImportProblem, ImportRow, ImportUnit
from netral.people.queries import import_marked
from netral.people.services.imports import staging, uploads

_SETTLED = (
    Import.State.APPLIED,
    Import.State.UNDONE,
    Import.State.DISCARDED,
    Import.State.FAILED,
    Import.State.PREVIEW,
)


def settle_file(source: Import) -> None:
    """The upload goes; what Netral found in it stays, marked in rows without private columns."""
    if uploads.is_sealed(source.file_path) and source.problems.exists():
        with suppress(Unreadable, OSError), import_marked.write(source) as marked:
            uploads.seal(marked, uploads.marked_path(source))
    staging.delete_file(source)


def drop_uploads(*, before: datetime) -> None:
    """Deletes uploads that wait too long, and those that a killed process left behind.

    An import whose columns nobody mapped ends with that; a preview stays, without its file.
    """
    waiting = Import.objects.filter(created_at__lt=before)
    for source in waiting.filter(state=Import.State.MAPPING):
        staging.stop_reading(source)
        Import.objects.filter(pk=source.pk, state=Import.State.MAPPING).update(
            state=Import.State.DISCARDED,
            trouble={"code": "not_mapped_in_time", "details": {}},
        )
    at_work = (Import.State.READING, Import.State.APPLYING)
    for source in waiting.exclude(file_path="").exclude(state__in=at_work):
        settle_file(source)
    known = set(Import.objects.exclude(file_path="").values_list("file_path", flat=True))
    uploads.delete_strays(known, before=before)


def drop_staged(*, before: datetime) -> None:
    """Drops the staged rows and problems of settled imports; a forgotten preview is discarded.

    Imports of which nothing came are forgotten themselves.
    """
    old = Import.objects.filter(state__in=_SETTLED, created_at__lt=before)
    kept = (ImportRow, ImportUnit, ImportProblem)
    mine = [Exists(model.objects.filter(source=OuterRef("pk"))) for model in kept]
    for source in old.filter(mine[0] | mine[1] | mine[2]):
        staging.stop_reading(source)
    old.filter(state__in=(Import.State.FAILED, Import.State.DISCARDED)).delete()
    old.filter(state=Import.State.PREVIEW).update(state=Import.State.DISCARDED)
