"""Taking one job from the queue in the database, running it and writing down how it went.

Every change of a job's row is conditional on the attempt that makes it: a worker that was taken
for dead, and whose job runs again elsewhere, can no longer write over the newer attempt.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import structlog
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from netral.base.jobs.definition import GiveUp, WorkerDied, attempts_of
from netral.base.logs import describe_exception

log = structlog.get_logger("netral.jobs")
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
Job: TypeAlias = "DBTaskResult[Any, Any]"


def wait_after(attempt: int, error: BaseException) -> timedelta:
    """How long to wait before the next try: 10 s, 40 s, 160 s … at most an hour.

    A job whose worker was killed for the first time is not to blame: it goes on at once.
    """
    if attempt == 1 and isinstance(error, WorkerDied):
        return timedelta(0)
    return min(FIRST_WAIT * 4.0 ** min(attempt - 1, 8), LONGEST_WAIT)


def ready(queues: Collection[str], now: datetime) -> models.QuerySet[Job]:
    """Jobs whose time has come. ``queues`` empty means all of them."""
    jobs = DBTaskResult.objects.filter(status=TaskResultStatus.READY).filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=now)
    )
    return jobs.filter(queue_name__in=queues) if queues else jobs


def take(queues: Collection[str], worker_id: str) -> Job | None:
    """The next job, now marked as running by ``worker_id``; None when there is none.

    Looks before it locks: an idle worker must not take SQLite's write lock twice a second.
    """
    now = timezone.now()
    waiting = ready(queues, now)
    if not waiting.exists():
        return None
    with transaction.atomic():
        job = waiting.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.status = TaskResultStatus.RUNNING
        job.started_at = now
        job.worker_ids = [*job.worker_ids, worker_id]
        job.save(update_fields=["status", "started_at", "worker_ids"])
    return job


def run(job: Job) -> None:
    """Runs ``job`` and records success, a later try, or final failure."""
    attempt = len(job.worker_ids)
    structlog.contextvars.bind_contextvars(job=str(job.id), task=job.task_path, attempt=attempt)
    try:
        log.info("job started")
        value = normalize_json(_call(job))
    except Exception as error:  # noqa: BLE001 (whatever a job raises is a failed attempt)
        log.error("job failed", **describe_exception(error))
        record_failure(job, error, timezone.now())
    else:
        finished = timezone.now()
        kept = _change(
            job, status=TaskResultStatus.SUCCESSFUL, finished_at=finished, return_value=value,
            exception_class_path="", traceback="",
        )  # fmt: skip
        log.info("job done" if kept else "job done, but it was given to another worker meanwhile")
    finally:
        structlog.contextvars.clear_contextvars()


def _call(job: Job) -> Any:
    task = job.task
    args, named = job.args_kwargs["args"], job.args_kwargs["kwargs"]
    if task.takes_context:
        result: Any = job.task_result  # the engine's own kind of result, alike in shape
        return task.call(TaskContext(task_result=result), *args, **named)
    return task.call(*args, **named)


def record_failure(job: Job, error: BaseException, now: datetime) -> bool:
    """Puts ``job`` back for a later try, or to rest as failed. False: not ours any more."""
    attempt = len(job.worker_ids)
    final = isinstance(error, GiveUp) or attempt >= attempts_of(job.task_path)
    facts = describe_exception(error)
    common = {"exception_class_path": facts["error"], "traceback": "\n".join(facts["frames"])}
    if final:
        log.error("job given up", task=job.task_path, job=str(job.id), attempts=attempt)
        return _change(job, status=TaskResultStatus.FAILED, finished_at=now, **common)
    return _change(
        job, status=TaskResultStatus.READY, run_after=now + wait_after(attempt, error), **common
    )


def _change(job: Job, **values: Any) -> bool:
    """Writes ``values`` if this attempt is still the one that counts."""
    mine = DBTaskResult.objects.filter(
        pk=job.pk, status=TaskResultStatus.RUNNING, worker_ids=job.worker_ids
    )
    return mine.update(**values) == 1


def drain(queues: Collection[str] = (), *, limit: int = 1000) -> int:
    """Runs every job that is ready, here and now; returns how many. For commands and tests."""
    for count in range(limit):
        job = take(queues, "here")
        if job is None:
            return count
        run(job)
    return limit
