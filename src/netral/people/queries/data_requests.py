"""Requests about one's own data: those a person made, those an officer answers, and their clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from netral.people.models import Account, DataRequest, Duty, ErasureProposal
from netral.people.queries import authority
from netral.people.queries.recoveries import recoveries_waiting


def requests_by(account: Account) -> QuerySet[DataRequest]:
    if account.person_id is None:
        return DataRequest.objects.none()
    return DataRequest.objects.filter(person=account.person_id).order_by("-asked_at")


def requests_for(actor: Account) -> QuerySet[DataRequest]:
    """Requests of people whom the actor's personnel duty reaches; one's own are left out."""
    every = DataRequest.objects.all()
    requests = authority.about_people_of(actor, every, Duty.Kind.PERSONNEL)
    if actor.person_id is not None:
        requests = requests.exclude(person=actor.person_id)
    return requests.select_related("person", "answered_by")


def erasures_for(actor: Account) -> QuerySet[ErasureProposal]:
    """Proposals to erase somebody within the actor's reach that wait for a second officer."""
    waiting = ErasureProposal.objects.filter(decided_at=None)
    reached = authority.about_people_of(actor, waiting, Duty.Kind.PERSONNEL)
    return reached.select_related("person", "proposed_by").order_by("proposed_at")


def waiting_for(actor: Account) -> int:
    """How many wait for this officer: requests to answer, proposals of others to decide.

    Counted on every page of an officer, so whom it is about is asked first: mostly nobody.
    """
    requests = DataRequest.objects.filter(state=DataRequest.State.OPEN).order_by()
    erasures = ErasureProposal.objects.filter(decided_at=None).exclude(proposed_by=actor)
    recoveries = recoveries_waiting().exclude(proposed_by=actor)
    people = [
        person
        for (person,) in requests.values_list("person").union(
            erasures.values_list("person"), recoveries.values_list("account__person"), all=True
        )
        if person != actor.person_id
    ]
    if not people:
        return 0
    own = authority.people_of(actor, Duty.Kind.PERSONNEL).filter(pk__in=set(people))
    reached = set(own.values_list("pk", flat=True))
    return sum(person in reached for person in people)


@dataclass(frozen=True)
class Clock:
    """How much of the 3×24 hours is left."""

    hours_left: int
    is_late: bool


def clock_of(request: DataRequest, now: datetime) -> Clock:
    left = request.due_at - now
    hours = int(abs(left.total_seconds()) // 3600)
    return Clock(hours_left=hours, is_late=left.total_seconds() < 0)
