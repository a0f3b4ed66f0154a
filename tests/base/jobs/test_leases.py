"""Real worker processes, really killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from netral.base.jobs import engine, leases
from netral.base.models import JobWorker
from tests.base.jobs import sample

Start = Callable[[], subprocess.Popen[bytes]]


def wait_until(condition: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.05)


@pytest.fixture
def start_worker(process_environment: dict[str, str]) -> Iterator[Start]:
    processes: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "netral.project.commandline", "worker"]
        processes.append(subprocess.Popen(command, env=process_environment))
        return processes[-1]

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines() if path.exists() else []


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_is_killed_is_run_again(tmp_path: Path, start_worker: Start) -> None:
    notes = tmp_path / "notes.txt"
    result = sample.slow_the_first_time.enqueue(str(notes))
    first = start_worker()
    wait_until(lambda: lines(notes) == ["begin 1"], "the first attempt")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    start_worker()
    wait_until(lambda: "end 2" in lines(notes), "the second attempt")
    assert lines(notes) == ["begin 1", "begin 2", "end 2"]
    wait_until(lambda: DBTaskResult.objects.get(pk=result.id).status == "SUCCESSFUL", "the end")
    assert JobWorker.objects.count() == 1, "the killed worker is forgotten"


@pytest.mark.django_db(transaction=True)
def test_a_worker_asked_to_stop_finishes_its_job_first(tmp_path: Path, start_worker: Start) -> None:
    notes = tmp_path / "notes.txt"
    worker = start_worker()
    wait_until(JobWorker.objects.exists, "the worker")
    sample.note.enqueue(str(notes), "done")
    wait_until(lambda: lines(notes) == ["done"], "the job")
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert not JobWorker.objects.exists()


@pytest.mark.django_db
class TestLeases:
    @pytest.fixture(autouse=True)
    def var(self, settings: object, tmp_path: Path) -> None:
        settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]

    def running_job(self, worker_id: str) -> DBTaskResult:
        sample.note.enqueue(os.devnull, "x")
        job = engine.take((), worker_id)
        assert job is not None
        return job

    def test_a_worker_that_holds_its_lock_keeps_its_job_however_long_it_is_silent(self) -> None:
        now = timezone.now()
        with leases.presence("here", "", now):
            self.running_job("here")
            assert leases.give_back_lost_jobs(now + timedelta(days=1)) == 0
        assert leases.give_back_lost_jobs(now) == 1

    def test_a_worker_elsewhere_is_judged_by_its_heartbeat(self) -> None:
        now = timezone.now()
        JobWorker.objects.create(id="elsewhere", started_at=now, seen_at=now)
        self.running_job("elsewhere")
        assert leases.give_back_lost_jobs(now + leases.LEASE - timedelta(seconds=1)) == 0
        leases.beat("elsewhere", now + timedelta(seconds=60))
        assert leases.give_back_lost_jobs(now + leases.LEASE + timedelta(seconds=1)) == 0
        assert leases.give_back_lost_jobs(now + leases.LEASE + timedelta(seconds=61)) == 1
        assert not JobWorker.objects.exists()

    def test_a_job_that_kills_every_worker_comes_to_rest(self) -> None:
        now = timezone.now()
        self.running_job("dead-1")
        for number in range(2, 7):
            assert leases.give_back_lost_jobs(now) == 1
            job = DBTaskResult.objects.get()
            if job.status == TaskResultStatus.FAILED:
                break
            DBTaskResult.objects.update(run_after=now)
            assert engine.take((), f"dead-{number}")
        assert job.status == TaskResultStatus.FAILED
        assert len(job.worker_ids) == 5
        assert job.exception_class_path.endswith(".WorkerDied")
