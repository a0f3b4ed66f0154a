"""Proposals to recover an account: those that wait for this officer, those its owner reads."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from netral.base import bulk
from netral.people.models import Account, AccountRecovery, Duty, DutyDeed, Person
from netral.people.queries import authority
from netral.people.queries.slips import TOLD_FOR


def recoveries_waiting() -> QuerySet[AccountRecovery]:
    return AccountRecovery.objects.filter(decided_at=None, account__is_active=True)


def recoveries_for(actor: Account) -> QuerySet[AccountRecovery]:
    """Within the actor's reach and not decided yet; never about the actor."""
    others = recoveries_waiting().exclude(account=actor)
    reached = authority.about_people_of(
        actor, others, Duty.Kind.PERSONNEL, person="account__person"
    )
    return reached.select_related("account__person", "proposed_by").order_by("proposed_at")


def told_to_owner(account: Account, now: datetime) -> QuerySet[AccountRecovery]:
    """What waits for a second officer, and for a while what was taken away."""
    granted = Q(is_granted=True, decided_at__gt=now - TOLD_FOR)
    told = account.recoveries.filter(Q(decided_at=None) | granted)
    return told.select_related("proposed_by", "decided_by").order_by("-proposed_at")


def last_granted(person: Person) -> AccountRecovery | None:
    granted = AccountRecovery.objects.filter(account__person=person, is_granted=True)
    return granted.select_related("proposed_by", "decided_by").order_by("-decided_at").first()


def recovered_since(moment: datetime) -> dict[str, datetime]:
    """Whose account was recovered after ``moment``, and when: keys as 32 hexadecimal digits.

    With the entries that were merged into theirs. A whole hall passes here while it signs, and as
    a rule nobody was: that is found by one plain look.
    """
    when = connection.ops.adapt_datetimefield_value(moment)
    looked = "SELECT 1 FROM people_accountrecovery WHERE is_granted AND decided_at > %s LIMIT 1"
    if not bulk.fetch(looked, [when]):
        return {}
    granted = AccountRecovery.objects.filter(is_granted=True, decided_at__gt=moment)
    owners = granted.order_by("decided_at").values_list("account__person", "decided_at")
    found = {person: at for person, at in owners if person and at}
    doubles = Person.objects.filter(merged_into__in=found).values_list("pk", "merged_into")
    found |= {double: found[kept] for double, kept in doubles if kept}
    return {person.hex: at for person, at in found.items()}


def resets_told_to_owner(account: Account, now: datetime) -> QuerySet[DutyDeed]:
    """For a while: the second factor of an officer, taken off by another one."""
    resets = account.duty_deeds.filter(kind=DutyDeed.Kind.FACTOR_RESET, at__gt=now - TOLD_FOR)
    return resets.select_related("actor").order_by("-at")
