"""Whether the worker that runs a job is still alive, and what happens when it is not.

Each worker holds a lock on a file of its own; the kernel lets go of it however the process ends,
SIGKILL included. A worker on the same machine is judged by that lock alone, at once and without
writing. A worker on another machine is judged by its heartbeat in the database.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import models
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from netral.base.jobs.definition import WorkerDied
from netral.base.jobs.engine import Job, record_failure
from netral.base.jobs.models import JobWorker

log = structlog.get_logger("netral.jobs")
BEAT = timedelta(seconds=15)
LEASE = timedelta(seconds=120)


def lock_folder() -> Path:
    return Path(settings.VAR_DIR) / "workers"


@contextmanager
def presence(worker_id: str, queues: str, now: datetime) -> Iterator[None]:
    """Holds the worker's lock and its row for as long as the block runs."""
    folder = lock_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{worker_id}.lock"
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        JobWorker.objects.create(id=worker_id, queues=queues, started_at=now, seen_at=now)
        try:
            yield
        finally:
            JobWorker.objects.filter(id=worker_id).delete()
            path.unlink(missing_ok=True)


def beat(worker_id: str, now: datetime) -> None:
    JobWorker.objects.filter(id=worker_id).update(seen_at=now)


def is_alive(worker_id: str, now: datetime) -> bool:
    path = lock_folder() / f"{worker_id}.lock"
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return JobWorker.objects.filter(id=worker_id, seen_at__gt=now - LEASE).exists()
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def running() -> models.QuerySet[Job]:
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)


def give_back_lost_jobs(now: datetime) -> int:
    """Puts the jobs of dead workers back into the queue; returns how many.

    A dead worker counts as a failed attempt, so that a job that kills its worker (by memory, say)
    comes to rest in the end.
    """
    count = 0
    for job in running():
        worker_id = job.worker_ids[-1] if job.worker_ids else ""
        if worker_id and is_alive(worker_id, now):
            continue
        if record_failure(job, WorkerDied(), now):
            log.warning("job given back", job=str(job.pk), task=job.task_path)
            count += 1
    _forget_dead_workers(now)
    return count


def _forget_dead_workers(now: datetime) -> None:
    for worker in JobWorker.objects.all():
        if not is_alive(worker.id, now):
            worker.delete()
            with suppress(OSError):
                (lock_folder() / f"{worker.id}.lock").unlink(missing_ok=True)
