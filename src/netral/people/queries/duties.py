"""Duties as officers who hand them out may see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from netral.people.models import Account, Duty, DutyDeed, Government, Person, Unit
from netral.people.queries import authority
from netral.people.queries import staff as staff_queries
from netral.people.queries.accounts import account_of
from netral.people.queries.reach import reach_of


def governments_handled_by(actor: Account) -> QuerySet[Government]:
    """Where the actor hands out duties for the whole government."""
    if actor.is_active and actor.is_installation_admin:
        return Government.objects.all()
    return authority.governments_of(actor, Duty.Kind.PERSONNEL)


def duties_seen_by(actor: Account) -> QuerySet[Duty]:
    """The duties the actor may see and end: of the government, of the subtree, and their own."""
    return _duties(_seen_by(actor))


def duties_read_by(actor: Account) -> QuerySet[Duty]:
    """Those the actor may see and end, and for an auditor all where they audit."""
    return _duties(_seen_by(actor) | _audited_by(actor))


def duty_seen_by(actor: Account, key: UUID) -> Duty | None:
    return duties_seen_by(actor).filter(pk=key).first()


def awaiting(actor: Account) -> QuerySet[Duty]:
    """Duties that this actor may decide as the second officer, the oldest first."""
    waiting = Duty.objects.filter(
        government__in=governments_handled_by(actor), confirmed_at=None, ended_at=None
    )
    return waiting.exclude(granted_by=actor).exclude(account=actor).order_by("granted_at")


def reason_given(duty: Duty) -> str:
    """What was written when the duty was given or last put to sleep."""
    kinds = (DutyDeed.Kind.GRANTED, DutyDeed.Kind.SUSPENDED)
    deed = DutyDeed.objects.filter(duty=duty, kind__in=kinds).first()
    return deed.reason if deed else ""


def others_held(duty: Duty) -> QuerySet[Duty]:
    """What else the same officer may do already."""
    held = Duty.objects.filter(account=duty.account, confirmed_at__isnull=False, ended_at=None)
    return held.exclude(pk=duty.pk).select_related("unit", "government").order_by("kind")


def units_under(duty: Duty) -> QuerySet[Unit]:
    """The open units that the duty would reach."""
    units = Unit.objects.filter(government=duty.government, closed_on=None)
    return units.filter(above__ancestor=duty.unit) if duty.unit else units


def duties_to_end(person: Person) -> QuerySet[Duty]:
    """What somebody who leaves lays down, duties that wait for a second officer among it."""
    held = Duty.objects.filter(account__person=person, ended_at=None)
    return held.select_related("government", "unit").order_by("kind")


def heads_by_duty(person: Person, unit: Unit) -> bool:
    """Whether the person's account holds the duty of head for this very unit."""
    held = Duty.objects.filter(account__person=person, kind=Duty.Kind.HEAD, unit=unit)
    return held.filter(ended_at=None).exists()


def deeds_seen_by(actor: Account) -> QuerySet[DutyDeed]:
    audited = authority.governments_of(actor, Duty.Kind.AUDITOR)
    return DutyDeed.objects.filter(
        Q(government__in=governments_handled_by(actor))
        | Q(government__in=audited)
        | Q(duty__in=duties_read_by(actor))
    ).select_related("account", "actor", "duty", "duty__unit")


def units_offered_to(actor: Account, government: Government) -> QuerySet[Unit]:
    """Units a duty may be given for."""
    units = Unit.objects.filter(government=government, closed_on=None)
    if not authority.may_hand_out(actor, government):
        units = units.filter(pk__in=authority.units_of(actor, Duty.Kind.PERSONNEL).values("pk"))
    return units


def accounts_offered_to(actor: Account, government: Government) -> QuerySet[Account]:
    """Whom the actor may look for by name: people their personnel duty reaches, and officers
    from outside the register. The administrator of an installation sees no names of staff."""
    wanted = Q(person__in=_staff_with_accounts(actor, government, ""))
    if authority.may_hand_out(actor, government):
        wanted |= Q(person=None)
    return Account.objects.filter(wanted, government=government, is_active=True)


def accounts_named(
    actor: Account, government: Government, text: str, *, most: int
) -> tuple[list[Account], int]:
    """The first ``most`` of :func:`accounts_offered_to` that fit a part of a name or number, as
    ``best_named`` orders them, and how many fit. Each person bears their posting as ``current``."""
    people = _staff_with_accounts(actor, government, text).filter(account__is_active=True)
    outside = _outside_officers(actor, government, text)
    first = staff_queries.best_named(people.select_related("account"), text, most)
    found = [person.account for person in first] + list(outside[:most])
    return found[:most], people.count() + outside.count()


def account_to_charge(actor: Account, government: Government, identifier: str) -> Account | None:
    """The account in ``government`` whose whole number, local id or account name this is."""
    account = account_of(identifier)
    return account if account and account.government_id == government.pk else None


def _staff_with_accounts(actor: Account, government: Government, text: str) -> staff_queries.Staff:
    filters = staff_queries.StaffFilters(text=text, account="with")
    return staff_queries.staff(reach_of(actor, Duty.Kind.PERSONNEL), government, filters)


def _outside_officers(actor: Account, government: Government, text: str) -> QuerySet[Account]:
    if not authority.may_hand_out(actor, government):
        return Account.objects.none()
    found = Account.objects.filter(government=government, person=None, is_active=True)
    for word in text.split():
        found = found.filter(name__icontains=word)
    return found.order_by("name")


def _duties(wanted: Q) -> QuerySet[Duty]:
    related = ("account__person", "government", "unit", "granted_by", "confirmed_by")
    return Duty.objects.filter(wanted).select_related(*related).order_by("-granted_at")


def _seen_by(actor: Account) -> Q:
    within = authority.units_of(actor, Duty.Kind.PERSONNEL)
    return Q(government__in=governments_handled_by(actor)) | Q(unit__in=within) | Q(account=actor)


def _audited_by(actor: Account) -> Q:
    whole = authority.governments_of(actor, Duty.Kind.AUDITOR)
    return Q(government__in=whole) | Q(unit__in=authority.units_of(actor, Duty.Kind.AUDITOR))
