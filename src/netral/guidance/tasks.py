"""Background work of the guidance; all may run twice."""

from __future__ import annotations

from django.utils import timezone

from netral.base.jobs import daily, task
from netral.guidance.services import precedents, questions


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
