"""Not signing, with a reason: written by the person, and theirs to take back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from netral.people.models import Person
from netral.pledges.models import Ceremony, Decline
from netral.pledges.queries.ceremonies import covers
from netral.pledges.queries.declines import signed_in_their_name
from netral.pledges.queries.signatures import signatures_of
from netral.pledges.rules import moves
from netral.pledges.services.ceremonies import OutOfStep, ReasonNeeded
from netral.pledges.services.signing import current_posting

KEEP = timedelta(days=365)


class SignedAlready(Exception):
    """Who has signed this ceremony, by account or passkey, has nothing to decline."""


@transaction.atomic
def decline(
    *,
    person: Person,
    ceremony: Ceremony,
    reason: str,
    now: datetime,
    instead_of: Decline | None = None,
) -> Decline:
    """Says so; ``instead_of`` is what the writer said before, as far as they may know of it.

    What somebody else may have signed in their name, by slip or on paper, does not stop it.
    Rewritten, it stays as old as it was: who may read it does not change.
    Raises :class:`SignedAlready`, :class:`ReasonNeeded`, :class:`OutOfStep` while the ceremony is
    only planned, and ``PermissionDenied`` when it does not invite this person.
    """
    if not reason.strip():
        raise ReasonNeeded
    if ceremony.state == moves.PLANNED:
        raise OutOfStep
    posting = current_posting(person)
    if posting is None or not covers(ceremony, posting):
        raise PermissionDenied
    is_signed = signatures_of(person).filter(ceremony=ceremony).exists()
    if is_signed and signed_in_their_name(person, ceremony) is None:
        raise SignedAlready
    made = instead_of or Decline(ceremony=ceremony, person=person, first_at=now)
    made.reason, made.at = reason.strip(), now
    made.save()
    return made


def take_back(statements: Iterable[Decline]) -> None:
    """Deletes them for good: they were the person's own, and no record is built on them."""
    Decline.objects.filter(pk__in=[each.pk for each in statements]).delete()


def forget_old(*, now: datetime) -> int:
    """Deletes what is older than a year; returns how many."""
    return Decline.objects.filter(at__lt=now - KEEP).delete()[0]
