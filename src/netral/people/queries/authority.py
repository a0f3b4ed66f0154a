"""Who may do what where: duties in force, and the units and people they reach."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from netral.people.models import Account, Duty, Government, Person, Posting, Unit

Row = TypeVar("Row", bound=Model)


def duties_of(account: Account, *kinds: str) -> QuerySet[Duty]:
    """The duties in force: confirmed, not ended, of somebody who works here still. Without
    ``kinds`` all of them.

    Whoever leaves by an import holds none from that day on, also while the duties wait for an
    officer to end them (``services.postings.leave`` ends them at once).
    """
    if not account.is_authenticated or not account.is_active:
        return Duty.objects.none()
    held = Duty.objects.filter(account=account, confirmed_at__isnull=False, ended_at=None)
    duties = held.filter(still_here("account__person"))
    return duties.filter(kind__in=kinds) if kinds else duties


def still_here(person: str) -> Q:
    """For rows with a ``person`` (the path to one): not left, or of no register at all."""
    left_on = f"{person}__left_on"
    return Q(**{left_on: None}) | Q(**{f"{left_on}__gt": timezone.localdate()})


def governments_of(account: Account, *kinds: str) -> QuerySet[Government]:
    """Governments in which the account holds one of ``kinds`` for the whole of it."""
    whole = duties_of(account, *kinds).filter(unit=None)
    return Government.objects.filter(id__in=whole.values("government_id"))


def units_of(account: Account, *kinds: str) -> QuerySet[Unit]:
    """The units reached: every unit of the government, or the subtree under the duty's unit."""
    duties = duties_of(account, *kinds)
    subtrees = duties.filter(unit__isnull=False).values("unit_id")
    return Unit.objects.filter(
        Q(government__in=governments_of(account, *kinds))
        | Q(id__in=Unit.objects.filter(above__ancestor__in=subtrees).values("id"))
    )


def people_of(account: Account, *kinds: str) -> QuerySet[Person]:
    """The people reached: of the whole government, or now posted in a unit of the subtree."""
    subtrees = duties_of(account, *kinds).filter(unit__isnull=False).values("unit_id")
    return Person.objects.filter(
        Q(government__in=governments_of(account, *kinds))
        | Q(
            id__in=Person.objects.filter(
                postings__valid_to=None, postings__unit__above__ancestor__in=subtrees
            ).values("id")
        )
    )


def about_people_of(
    account: Account, rows: QuerySet[Row], *kinds: str, person: str = "person"
) -> QuerySet[Row]:
    """Those of ``rows`` whose ``person`` (the path to it) is reached, as :func:`people_of` has it.

    For small tables: where ``person__in=people_of(…)`` has the database gather everybody first,
    this asks for each row.
    """
    subtrees = duties_of(account, *kinds).filter(unit__isnull=False).values("unit_id")
    posted = Posting.objects.filter(
        person=OuterRef(person), valid_to=None, unit__above__ancestor__in=subtrees
    )
    whole = Q(**{f"{person}__government__in": governments_of(account, *kinds)})
    return rows.filter(whole | Exists(posted))


POWERFUL = frozenset({"personnel", "oversight", "custodian", "examiner", "decider", "auditor"})
"""Duties that act only after a second officer has confirmed them: they change the register, decide
about people, see the whole, or read what was written in confidence (oversight)."""


def may_hand_out(actor: Account, government: Government) -> bool:
    """Whether the actor hands out duties in this government, powerful ones included."""
    if not actor.is_authenticated or not actor.is_active:
        return False
    if actor.is_installation_admin:
        return True
    return governments_of(actor, Duty.Kind.PERSONNEL).filter(pk=government.pk).exists()


def may_hand_out_in(actor: Account, unit: Unit) -> bool:
    """Whether the actor hands out duties that are not powerful within this unit's subtree."""
    if may_hand_out(actor, unit.government):
        return True
    return units_of(actor, Duty.Kind.PERSONNEL).filter(pk=unit.pk).exists()
