"""Periodic jobs: registered in ``tasks.py``, enqueued by whichever worker comes first.

::

    @daily(hour=2)
    @task
    def drop_old_rows() -> None: ...

A due time that passed while the machine was off is made up for once, not once per missed time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task

JobTask = Task[..., Any]


@dataclass(frozen=True)
class Rhythm:
    """Every hour (``hour`` is None), or every day at ``hour`` of the installation's zone."""

    hour: int | None = None

    def next_after(self, now: datetime) -> datetime:
        local = timezone.localtime(now).replace(minute=0, second=0, microsecond=0)
        if self.hour is None:
            return local + timedelta(hours=1)
        today = local.replace(hour=self.hour)
        return today if today > now else today + timedelta(days=1)


_registered: dict[str, tuple[JobTask, Rhythm]] = {}


def hourly(job: JobTask) -> JobTask:
    _registered[job.module_path] = (job, Rhythm())
    return job


def daily(*, hour: int) -> Callable[[JobTask], JobTask]:
    def register(job: JobTask) -> JobTask:
        _registered[job.module_path] = (job, Rhythm(hour))
        return job

    return register


def registered() -> dict[str, tuple[JobTask, Rhythm]]:
    return dict(_registered)


def enqueue_due(now: datetime) -> int:
    """Enqueues each periodic job that is due, exactly once over all workers; returns how many."""
    from netral.base.jobs.models import PeriodicJob  # noqa: PLC0415 (apps load tasks first)

    known = dict(PeriodicJob.objects.values_list("task_path", "due_at"))
    count = 0
    for path, (job, rhythm) in _registered.items():
        due = known.get(path)
        if due is None:
            _plan_first(path, rhythm.next_after(now))
        elif due <= now:
            count += _enqueue_once(job, path, due, rhythm.next_after(now), now)
    return count


def _plan_first(path: str, due: datetime) -> None:
    from netral.base.jobs.models import PeriodicJob  # noqa: PLC0415

    try:
        with transaction.atomic():
            PeriodicJob.objects.create(task_path=path, due_at=due)
    except IntegrityError:
        return  # another worker planned it in the same moment


def _enqueue_once(
    job: JobTask, path: str, due: datetime, following: datetime, now: datetime
) -> int:
    from netral.base.jobs.models import PeriodicJob  # noqa: PLC0415

    with transaction.atomic():
        row = PeriodicJob.objects.filter(task_path=path, due_at=due)
        if not row.update(due_at=following, enqueued_at=now):
            return 0
        job.enqueue()
    return 1
