from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from netral.base.jobs import schedule
from netral.base.jobs.schedule import Rhythm
from netral.base.models import PeriodicJob
from tests.base.jobs import sample

NOON = datetime(2026, 11, 22, 4, 30, tzinfo=UTC)  # 12.30 WITA
PATH = "tests.base.jobs.sample.every_hour"


def enqueued() -> int:
    return DBTaskResult.objects.filter(task_path=PATH).count()


@pytest.mark.django_db
def test_a_periodic_job_is_enqueued_once_per_due_time() -> None:
    assert PATH in schedule.registered()
    assert sample.every_hour.name == "every_hour"
    schedule.enqueue_due(NOON)
    assert enqueued() == 0, "the first look only plans it"
    schedule.enqueue_due(NOON + timedelta(minutes=29))
    assert enqueued() == 0
    for _ in range(2):
        schedule.enqueue_due(NOON + timedelta(minutes=30))
    assert enqueued() == 1


@pytest.mark.django_db
def test_missed_times_are_made_up_for_once() -> None:
    schedule.enqueue_due(NOON)
    schedule.enqueue_due(NOON + timedelta(days=3))
    schedule.enqueue_due(NOON + timedelta(days=3))
    assert enqueued() == 1
    assert PeriodicJob.objects.get(pk=PATH).due_at > NOON + timedelta(days=3)


def test_rhythms_follow_the_zone_of_the_installation() -> None:
    assert Rhythm().next_after(NOON) == datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    assert Rhythm(hour=2).next_after(NOON) == datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert Rhythm(hour=13).next_after(NOON) == datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
    at_two = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    assert Rhythm(hour=2).next_after(at_two) == at_two + timedelta(days=1)
