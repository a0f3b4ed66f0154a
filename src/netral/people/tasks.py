"""Background work of accounts and privacy. Arguments are JSON; every job may run twice."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from netral.base.jobs import daily, hourly, task
from netral.people.models import SlipBatch
from netral.people.services import accounts, privacy, slips, throttling


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
