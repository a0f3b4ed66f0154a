"""Background work of the register, accounts and privacy. Arguments are JSON; all may run twice."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from netral.base.jobs import daily, hourly, task
from netral.people.models import SlipBatch
from netral.people.services import accounts, privacy, slips, throttling
from netral.people.services.imports import applying, keeping, staging, undoing

KEEP_UPLOADS = timedelta(days=3)
"""A weekend, for columns to be mapped and a preview to be read."""
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
    """An upload that nobody maps, applies or throws away is not kept long."""
    keeping.drop_uploads(before=timezone.now() - KEEP_UPLOADS)


@daily(hour=3)
@task(queue_name="imports")
def drop_staged_rows() -> None:
    """Staged rows are personal data twice over; history keeps what was really changed."""
    keeping.drop_staged(before=timezone.now() - KEEP_STAGED)


@task
def make_slips(batch_id: str) -> None:
    batch = SlipBatch.objects.filter(pk=UUID(batch_id)).first()
    if batch is not None:
        slips.make_batch(batch=batch, now=timezone.now())


@hourly
@task
def drop_old_slips() -> None:
    slips.forget_old(now=timezone.now())


@daily(hour=2)
@task
def drop_old_traces() -> None:
    """What the data inventory says is kept for a time only."""
    now = timezone.now()
    throttling.forget_old(now=now)
    accounts.forget_old_sign_ins(now=now)
    privacy.forget_old_list_views(now=now)
    privacy.forget_old_requests(now=now)
