"""Who is to get a slip, office by office."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db.models import Q, QuerySet

from netral.people.models import (
    Account,
    ClaimCode,
    Duty,
    Government,
    Person,
    Posting,
    SlipBatch,
    Unit,
)
from netral.people.queries import authority
from netral.people.queries.accounts import accounts_needing_slip
from netral.people.queries.entries import entries_of
from netral.people.queries.units import paths_of

TOLD_FOR = timedelta(days=60)
"""So long a slip that was used is told of on its owner's page; among their data it stays."""


@dataclass(frozen=True)
class SlipFacts:
    """What stands on a slip beside the code."""

    name: str
    number: str
    unit: str
    above: str
    """The offices over the unit, top first; empty at the top."""


class Whom(Enum):
    """Who of a selection gets a slip."""

    UNCLAIMED = "unclaimed"
    STUCK = "stuck"
    """Also those who only ever came by slip: without a new one they cannot come in again."""
    ALL = "all"
    """Also those with a password or passkey: for passwords that were forgotten."""


def by_office(
    government: Government, unit: Unit | None, *, whom: Whom
) -> list[tuple[str, Sequence[UUID]]]:
    """``(office, people in the order of units and names)`` for staff of the selection.

    For the whole government an office is a unit directly under it, so that each pile of paper
    goes to one place; a chosen unit is one office with everything below it.
    """
    postings = _selected(government, unit, whom).order_by("person__name_key")
    rows = postings.values_list("person_id", "unit_id")
    people: dict[UUID, list[UUID]] = {}
    for person, at in rows:
        people.setdefault(at, []).append(person)
    found: dict[str, list[UUID]] = {}
    for office, at in _walk(government, unit):
        if at in people:
            found.setdefault(office, []).extend(people[at])
    return list(found.items())


def _selected(government: Government, unit: Unit | None, whom: Whom) -> QuerySet[Posting]:
    postings = Posting.objects.filter(
        government=government, valid_to=None, person__merged_into=None, person__left_on=None
    )
    if unit is not None:
        postings = postings.filter(unit__above__ancestor=unit)
    if whom is Whom.UNCLAIMED:
        return postings.filter(person__account=None)
    if whom is Whom.STUCK:
        no_way_in = accounts_needing_slip().values("pk")
        return postings.filter(Q(person__account=None) | Q(person__account__in=no_way_in))
    return postings


def usable_slips_in(government: Government, unit: Unit | None, *, whom: Whom, now: datetime) -> int:
    """How many slips in people's hands new ones for the selection would make worthless."""
    people = _selected(government, unit, whom).values("person")
    return _usable(now).filter(person__in=people).count()


def coming_in_alone(government: Government, unit: Unit | None, *, whom: Whom) -> int:
    """How many of the selection have an account that they open themselves, without a slip."""
    if whom is not Whom.ALL:
        return 0
    alone = Account.objects.filter(is_active=True).exclude(pk__in=accounts_needing_slip())
    return _selected(government, unit, whom).filter(person__account__in=alone).count()


def _usable(now: datetime) -> QuerySet[ClaimCode]:
    return ClaimCode.objects.filter(used_at=None, revoked_at=None, expires_at__gt=now)


def _walk(government: Government, top: Unit | None) -> list[tuple[str, UUID]]:
    """``(office, unit)`` down the tree, each unit before what lies below it."""
    rows = Unit.objects.filter(government=government).order_by("name")
    names: dict[UUID, str] = {}
    below: dict[UUID | None, list[UUID]] = {}
    for key, parent, name in rows.values_list("pk", "parent_id", "name"):
        names[key] = name
        below.setdefault(parent, []).append(key)
    order: list[tuple[str, UUID]] = []
    for office in [top.pk] if top else below.get(None, []):
        waiting = [office]
        while waiting:
            at = waiting.pop()
            order.append((names[office], at))
            waiting.extend(reversed(below.get(at, [])))
    return order


def facts_of(people: Sequence[UUID]) -> dict[UUID, SlipFacts]:
    found: dict[UUID, SlipFacts] = {}
    for start in range(0, len(people), 500):
        rows = list(
            Posting.objects.filter(
                valid_to=None, person_id__in=people[start : start + 500]
            ).select_related("person", "unit")
        )
        above = paths_of([row.unit for row in rows])
        for row in rows:
            found[row.person_id] = SlipFacts(
                name=row.person.full_name,
                number=row.person.identifier,
                unit=row.unit.name,
                above=above.get(row.unit_id, ""),
            )
    return found


def usable_slip_of(person: Person, now: datetime) -> ClaimCode | None:
    """The slip in somebody's hand that a new one would make worthless; there is never a second."""
    return _usable(now).filter(person=person).first()


def printed_for(account: Account, now: datetime) -> QuerySet[ClaimCode]:
    """Slips made for somebody who had this account already, the newest first: those that can still
    be used, and for a while those that were."""
    used, usable = Q(used_at__gt=now - TOLD_FOR), Q(used_at=None, expires_at__gt=now)
    return (
        ClaimCode.objects.filter(used | usable, revoked_at=None, issued_at__gt=account.created_at)
        .filter(person=account.person_id, person__isnull=False)
        .select_related("issued_by")
        .order_by("-issued_at")
    )


def batches_of(actor: Account) -> QuerySet[SlipBatch]:
    """Only one's own: nobody else's browser can open them anyway."""
    return SlipBatch.objects.filter(actor=actor).select_related("government", "unit")


def governments_for(actor: Account) -> QuerySet[Government]:
    """Governments in which the actor's personnel duty reaches anything."""
    held = authority.duties_of(actor, Duty.Kind.PERSONNEL)
    return Government.objects.filter(pk__in=held.values("government_id"))


def slips_used(person: Person) -> list[datetime]:
    """When somebody opened the account by a slip: it need not have been the person."""
    slips = ClaimCode.objects.filter(person__in=entries_of(person))
    return [used for used in slips.values_list("used_at", flat=True) if used is not None]


def opened_again(person: Person) -> list[datetime]:
    """Of these, the ones after the slip with which the account came to be: whoever held that one is
    its owner as far as anybody knows."""
    account = Account.objects.filter(person=person).first()
    return [used for used in slips_used(person) if account and used > account.created_at]
