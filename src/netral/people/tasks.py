"""Background work of the register."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from netral.base.jobs import daily, hourly, task
from netral.people.services.imports import applying, keeping, staging, undoing

KEEP_UNMAPPED = timedelta(hours=24)
KEEP_STAGED = timedelta(days=14)


@task(queue_name="imports")
def read_import(import_id: str) -> None:
    staging.read(import_id, timezone.now())


@task(queue_name="imports")
def apply_import(import_id: str) -> None:
    applying.apply(import_id, timezone.now())


@task(queue_name="imports")
def undo_import(import_id: str) -> None:
    undoing.carry_out(import_id, timezone.now())


@hourly
@task(queue_name="imports")
def drop_waiting_uploads() -> None:
    """An upload that waits for its columns to be mapped is not kept longer than a day."""
    keeping.give_up_waiting(before=timezone.now() - KEEP_UNMAPPED)


@daily(hour=3)
@task(queue_name="imports")
def drop_staged_rows() -> None:
    """Staged rows are personal data twice over; history keeps what was really changed."""
    keeping.drop_staged(before=timezone.now() - KEEP_STAGED)


