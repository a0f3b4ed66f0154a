"""Reminders to heads of units: queued in one go, sent in the background, kept with their fate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from netral.elections.models import Election
from netral.people.models import Account, Duty, Government
from netral.people.queries import authority
from netral.pledges.models import Reminder
from netral.pledges.queries import coverage

QUIET_TIME = timedelta(hours=20)
"""A unit reminded less than this ago is left alone: a second click must not send twice."""


@transaction.atomic
def queue_reminders(
    *,
    actor: Account,
    government: Government,
    election: Election,
    units: Collection[UUID],
    now: datetime,
) -> list[Reminder]:
    """Queues a letter for each of ``units`` that is behind and whose head has an address.

    Raises PermissionDenied unless the actor holds personnel or organiser duty here.
    Side effects: rows in ``Reminder``; the caller enqueues ``tasks.send_reminders``.
    """
    allowed = authority.governments_of(actor, Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER)
    if not allowed.filter(id=government.id).exists():
        raise PermissionDenied
    recent = recently_reminded(government, election, now)
    return Reminder.objects.bulk_create(
        reminder_to(each, government, election, queued_by=actor, queued_at=now)
        for each in coverage.remindable(actor, government, election)
        if each.address and each.unit.id in units and each.unit.id not in recent
    )


def reminder_to(
    each: coverage.Reminding, government: Government, election: Election, **queued: Any
) -> Reminder:
    """Not saved yet: the letter can be read before it is queued."""
    return Reminder(
        government=government,
        election=election,
        unit=each.unit,
        recipient=each.person,
        address=each.address,
        missing=each.missing,
        **queued,
    )


def recently_reminded(government: Government, election: Election, now: datetime) -> set[UUID]:
    """The units whose head has been written to within the quiet time."""
    recent = Reminder.objects.filter(
        government=government, election=election, queued_at__gt=now - QUIET_TIME
    )
    return set(recent.values_list("unit_id", flat=True))


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str


def letter_of(reminder: Reminder) -> Letter:
    """Always Indonesian: it goes to an office, whatever language the sender reads."""
    facts = {"reminder": reminder, "address": f"{settings.PUBLIC_URL}/cakupan/"}
    with translation.override("id"):
        subject = render_to_string("pledges/coverage/reminder_subject.txt", facts).strip()
        return Letter(subject, render_to_string("pledges/coverage/reminder.txt", facts).strip())


def send_reminder(*, reminder: Reminder, now: datetime) -> None:
    """Sends one letter. At least once: after a crash between sending and noting it goes again."""
    letter = letter_of(reminder)
    EmailMessage(letter.subject, letter.body, to=[reminder.address]).send()
    Reminder.objects.filter(id=reminder.id).update(sent_at=now, failure="")


def history(*, actor: Account, government: Government) -> QuerySet[Reminder]:
    """Reminders of this government, newest first, for those who may send them."""
    allowed = authority.governments_of(actor, Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER)
    return Reminder.objects.filter(government=government, government__in=allowed).select_related(
        "unit", "recipient"
    )
