"""Duties as officers who hand them out may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from netral.people.models import Account, Duty, DutyDeed, Government, Unit
from netral.people.queries import authority
from netral.people.queries.accounts import account_of


def governments_handled_by(actor: Account) -> QuerySet[Government]:
    """Where the actor hands out duties for the whole government."""
    if actor.is_active and actor.is_installation_admin:
        return Government.objects.all()
    return authority.governments_of(actor, Duty.Kind.PERSONNEL)


def duties_seen_by(actor: Account) -> QuerySet[Duty]:
    """The duties the actor may see and end: of the government, of the subtree, and their own."""
    within = authority.units_of(actor, Duty.Kind.PERSONNEL)
    seen = Duty.objects.filter(
        Q(government__in=governments_handled_by(actor)) | Q(unit__in=within) | Q(account=actor)
    )
    return seen.select_related(
        "account", "government", "unit", "granted_by", "confirmed_by"
    ).order_by("-granted_at")


def duty_seen_by(actor: Account, key: UUID) -> Duty | None:
    return duties_seen_by(actor).filter(pk=key).first()


def deeds_seen_by(actor: Account) -> QuerySet[DutyDeed]:
    return DutyDeed.objects.filter(
        Q(government__in=governments_handled_by(actor)) | Q(duty__in=duties_seen_by(actor))
    ).select_related("account", "actor", "duty", "duty__unit")


def officers_seen_by(actor: Account) -> QuerySet[Account]:
    """Accounts that hold or held a duty, or were made for one, in the actor's governments."""
    deeds = DutyDeed.objects.filter(government__in=governments_handled_by(actor))
    return Account.objects.filter(pk__in=deeds.values("account_id")).order_by("name")


def units_offered_to(actor: Account, government: Government) -> QuerySet[Unit]:
    """Units a duty may be given for."""
    units = Unit.objects.filter(government=government, closed_on=None)
    if not authority.may_hand_out(actor, government):
        units = units.filter(pk__in=authority.units_of(actor, Duty.Kind.PERSONNEL).values("pk"))
    return units


def account_to_charge(actor: Account, government: Government, identifier: str) -> Account | None:
    """The account in ``government`` that is meant, for a duty to be given to."""

    account = account_of(identifier)
    return account if account and account.government_id == government.pk else None
