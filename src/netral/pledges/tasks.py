"""Background work of pledges."""

from __future__ import annotations

import smtplib
from uuid import UUID

from django.utils import timezone

from netral.base.jobs import daily, hourly, task
from netral.pledges.models import Reminder
from netral.pledges.services import coverage, declining, paper_drafts, reminding


@task(queue_name="mail")
def send_reminders(government_id: str) -> None:
    """Sends what is queued. Run again after a crash it sends only what has not been noted."""
    waiting = Reminder.objects.filter(
        government_id=UUID(government_id), sent_at=None, failure=""
    ).select_related("unit", "election", "recipient", "government")
    for reminder in waiting:
        try:
            reminding.send_reminder(reminder=reminder, now=timezone.now())
        except (smtplib.SMTPException, OSError) as problem:
            Reminder.objects.filter(id=reminder.id).update(failure=type(problem).__name__)


@daily(hour=4)
@task
def forget_declines() -> None:
    """Statements of people who did not sign go after a year."""
    declining.forget_old(now=timezone.now())


@hourly
@task
def forget_paper_drafts() -> None:
    """Scans whose form was never finished go after a day."""
    paper_drafts.forget_old(now=timezone.now())


@hourly
@task
def fold_figures() -> None:
    """Adds changed figures into the totals of the units above; the page is exact without it."""
    coverage.fold_all()
