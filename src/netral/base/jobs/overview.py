"""What an operator sees of the jobs, and may do about failed ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django.db.models import Count
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from netral.base.jobs.engine import Job
from netral.base.jobs.models import JobWorker, PeriodicJob
from netral.speaking import times
from netral.speaking.sentences import told

SHOWN = 20


def describe(now: datetime) -> Iterator[str]:
    """Lines of text: figures, workers, what runs, what failed. No arguments: they may be data."""
    counts = dict(
        DBTaskResult.objects.order_by().values_list("status").annotate(number=Count("pk"))
    )
    yield (
        f"{counts.get('READY', 0)} waiting, {counts.get('RUNNING', 0)} running, "
        f"{counts.get('SUCCESSFUL', 0)} done, {counts.get('FAILED', 0)} failed"
    )
    workers = JobWorker.objects.order_by("started_at")
    if workers:
        yield f"{len(workers)} worker(s)"
    else:
        yield "no worker: nothing runs until one starts"
    for worker in workers:
        queues = worker.queues or told("all")
        yield f"  {worker.id}  queues: {queues}  seen {_ago(worker.seen_at, now)}"
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)[:SHOWN]:
        yield f"running {_short(job)}  since {_ago(job.started_at, now)}"
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.READY)[:SHOWN]:
        yield f"waiting {_short(job)}{_next_try(job)}"
    for job in failed().order_by("-finished_at")[:SHOWN]:
        yield f"failed  {_short(job)}  {job.exception_class_path}  {_ago(job.finished_at, now)}"
        yield from (f"          {line}" for line in job.traceback.splitlines()[-3:])
    for periodic in PeriodicJob.objects.order_by("due_at"):
        yield f"due     {periodic.task_path}  {times.moment(periodic.due_at)}"


def failed() -> models.QuerySet[Job]:
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED)


def retry(which: str) -> int:
    """Puts failed jobs back with all their tries; ``which`` is a number's beginning or ``all``."""
    return _chosen(which).update(
        status=TaskResultStatus.READY,
        run_after=get_date_max(),
        worker_ids=[],
        finished_at=None,
        exception_class_path="",
        traceback="",
    )


def forget(which: str) -> int:
    return _chosen(which).delete()[0]


def _chosen(which: str) -> models.QuerySet[Job]:
    if which == "all":
        return failed()
    keys = [key for key in failed().values_list("pk", flat=True) if str(key).startswith(which)]
    return failed().filter(pk__in=keys)


def _short(job: Job) -> str:
    return told(f"{str(job.pk)[:8]}  {job.task_path}  tries: {len(job.worker_ids)}")


def _next_try(job: Job) -> str:
    if job.run_after == get_date_max():
        return ""
    return told(f"  not before {times.moment(job.run_after)}")


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return told("never")
    seconds = max(0, round((now - moment).total_seconds()))
    if seconds < 120:
        return told(f"{seconds} s ago")
    minutes = seconds // 60
    return told(f"{minutes} min ago" if minutes < 120 else f"{minutes // 60} h ago")
