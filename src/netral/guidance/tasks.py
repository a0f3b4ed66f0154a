"""Background work of the guidance; all may run twice."""

from __future__ import annotations

from django.utils import timezone

from netral.base.jobs import daily, hourly, task
from netral.guidance.services import notices, precedents, questions


@daily(hour=4)
@task
def flag_changed_precedents() -> None:
    """A provision may end by its date, without anything being changed in the data."""
    precedents.flag_changed(now=timezone.now())


@daily(hour=3)
@task
def erase_personal_words() -> None:
    """What the data inventory promises about questions to the reviewers."""
    questions.erase_personal(now=timezone.now())


@hourly
@task(queue_name="mail")
def send_answer_notices() -> None:
    """Also queued when an answer is given; hourly for what the mail server refused."""
    notices.send_answer_notices()
