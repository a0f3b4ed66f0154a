"""Jobs are written against the interface of django-tasks: another engine is one setting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from netral.people import tasks as people_tasks
from netral.pledges import tasks as pledges_tasks
from tests.base.jobs import sample
from tests.project.conftest import Place

pytestmark = pytest.mark.django_db
READ = "from django.conf import settings as s; print(s.TASKS['default']['BACKEND'])"


def test_a_job_goes_to_the_engine_of_the_setting(settings: Any, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    queues = settings.TASKS["default"]["QUEUES"]
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": queues}
    }
    waiting = sample.note.enqueue(str(notes), "x")
    assert waiting.status == TaskResultStatus.READY
    assert not notes.exists() and not DBTaskResult.objects.exists()
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": queues}
    }
    done = sample.note.enqueue(str(notes), "x")
    assert (done.status, done.return_value) == (TaskResultStatus.SUCCESSFUL, "x")
    assert notes.read_text() == "x\n"
    for ours in (people_tasks.drop_old_slips, pledges_tasks.fold_figures):
        assert ours.enqueue().status == TaskResultStatus.SUCCESSFUL
    assert not DBTaskResult.objects.exists()


def test_the_engine_is_chosen_by_the_environment(tmp_path: Path) -> None:
    place = Place(tmp_path, {"DJANGO_SETTINGS_MODULE": "netral.project.settings"})
    for chosen, expected in (
        ({}, "django_tasks_db.DatabaseBackend"),
        ({"NETRAL_TASKS": "engine.of.Others"}, "engine.of.Others"),
    ):
        place.settings |= chosen
        done = place.python("-c", READ)
        assert done.stdout.strip() == expected, done.stderr
