from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from netral.base.jobs import engine, overview, schedule
from netral.base.jobs.definition import GiveUp, WorkerDied
from tests.base.jobs import sample

pytestmark = pytest.mark.django_db
RunJobs = Callable[[], int]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.txt"
    path.touch()
    return path


def make_due() -> None:
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_job_runs_once_and_its_value_is_kept(notes: Path, run_jobs: RunJobs) -> None:
    result = sample.note.enqueue(str(notes), "halo")
    assert run_jobs() == 1
    assert run_jobs() == 0
    assert notes.read_text() == "halo\n"
    result.refresh()
    assert result.return_value == "halo"


def test_a_failing_job_waits_longer_each_time_and_then_rests(
    notes: Path, run_jobs: RunJobs
) -> None:
    sample.always_fails.enqueue(str(notes))
    waits = []
    for _ in range(3):
        before = timezone.now()
        assert run_jobs() == 1
        job = DBTaskResult.objects.get()
        if job.status == TaskResultStatus.READY:
            waits.append(round((job.run_after - before).total_seconds()))
            assert run_jobs() == 0, "it must wait first"
            make_due()
    assert notes.read_text().splitlines() == ["attempt 1", "attempt 2", "attempt 3"]
    assert waits == [10, 40]
    assert job.status == TaskResultStatus.FAILED
    make_due()
    assert run_jobs() == 0


def test_what_a_job_raised_is_kept_without_its_message(notes: Path, run_jobs: RunJobs) -> None:
    sample.always_fails.enqueue(str(notes))
    run_jobs()
    job = DBTaskResult.objects.get()
    assert job.exception_class_path == "builtins.ValueError"
    assert "always_fails" in job.traceback
    assert "Siti" not in job.traceback
    assert "1985" not in job.traceback


def test_giving_up_is_final_at_once(notes: Path, run_jobs: RunJobs) -> None:
    sample.cannot_succeed.enqueue(str(notes))
    run_jobs()
    job = DBTaskResult.objects.get()
    assert job.status == TaskResultStatus.FAILED
    assert job.exception_class_path.endswith(".GiveUp")


def test_a_job_that_no_longer_exists_fails_and_stops_nobody(run_jobs: RunJobs, notes: Path) -> None:
    sample.note.enqueue(str(notes), "first")
    DBTaskResult.objects.update(task_path="tests.base.jobs.sample.long_gone")
    sample.note.enqueue(str(notes), "second")
    assert run_jobs() == 2
    assert notes.read_text() == "second\n"


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_transaction_enqueues_nothing(notes: Path, run_jobs: RunJobs) -> None:
    with transaction.atomic():
        sample.note.enqueue(str(notes), "never")
        transaction.set_rollback(True)
    assert run_jobs() == 0
    with transaction.atomic():
        sample.note.enqueue(str(notes), "now")
    assert run_jobs() == 1


def test_a_worker_takes_only_its_queues(notes: Path) -> None:
    sample.note.enqueue(str(notes), "default")
    sample.note_by_mail.enqueue(str(notes))
    assert engine.drain(["mail"]) == 1
    assert notes.read_text() == "mail\n"
    assert engine.drain() == 1


def test_an_attempt_that_was_given_away_cannot_write_over_the_newer_one(notes: Path) -> None:
    sample.note.enqueue(str(notes), "x")
    slow = engine.take((), "slow")
    assert slow is not None
    assert engine.record_failure(slow, WorkerDied(), timezone.now())
    newer = engine.take((), "newer")
    assert newer is not None
    engine.run(slow)  # wakes up after all and finishes
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == (TaskResultStatus.RUNNING, ["slow", "newer"])
    assert engine.record_failure(slow, ValueError(), timezone.now()) is False
    engine.run(newer)
    row.refresh_from_db()
    assert row.status == TaskResultStatus.SUCCESSFUL


@pytest.mark.parametrize(
    ("attempt", "error", "seconds"),
    [
        (1, ValueError(), 10),
        (2, ValueError(), 40),
        (3, ValueError(), 160),
        (9, ValueError(), 3600),
        (400, ValueError(), 3600),
        (1, WorkerDied(), 0),
        (2, WorkerDied(), 40),
    ],
)
def test_waits(attempt: int, error: Exception, seconds: int) -> None:
    assert engine.wait_after(attempt, error) == timedelta(seconds=seconds)


def test_give_up_needs_no_reason() -> None:
    assert str(GiveUp()) == ""


def test_an_operator_reads_times_in_the_zone_of_the_installation(
    notes: Path, run_jobs: RunJobs
) -> None:
    sample.always_fails.enqueue(str(notes))
    run_jobs()
    DBTaskResult.objects.update(run_after=datetime(2026, 11, 22, 20, 5, tzinfo=UTC))
    schedule.enqueue_due(datetime(2026, 11, 22, 20, tzinfo=UTC))
    said = "\n".join(overview.describe(timezone.now()))
    assert "23 November 2026" in said and "WITA" in said and "UTC" not in said
