"""Housekeeping of the plumbing."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from netral.base.audit.recounting import gently, recount
from netral.base.jobs import daily, task

KEEP_FINISHED = timedelta(days=14)
KEEP_FAILED = timedelta(days=90)


@daily(hour=2)
@task
def drop_expired_sessions() -> None:
    call_command("clearsessions")


@daily(hour=2)
@task
def drop_old_jobs() -> None:
    """Forgets finished jobs after two weeks and failed ones after three months."""
    now = timezone.now()
    DBTaskResult.objects.filter(
        status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_FINISHED
    ).delete()
    DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED
    ).delete()


@daily(hour=1)
@task(queue_name="imports", attempts=2)
def recount_the_log() -> None:
    """Looks over the whole log. Beside the letters, not before them: it may take many minutes."""
    recount(clock=timezone.now, rest=gently())
