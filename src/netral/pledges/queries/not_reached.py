"""The names behind the figures of the coverage page, for those who may see them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from netral.elections.models import Election
from netral.people.models import Account, Duty, Person, Posting, Unit
from netral.people.queries import authority
from netral.pledges.models import Signature
from netral.pledges.queries.coverage import Narrowing

SEES_NAMES = (Duty.Kind.PERSONNEL, Duty.Kind.HEAD, Duty.Kind.OVERSIGHT)


def may_see_names(actor: Account, unit: Unit) -> bool:
    return authority.units_of(actor, *SEES_NAMES).filter(id=unit.id).exists()


def may_see_pledges_of(actor: Account, person: Person) -> bool:
    return authority.people_of(actor, *SEES_NAMES).filter(id=person.id).exists()


def people_not_reached(
    actor: Account, unit: Unit, election: Election, narrowing: Narrowing
) -> QuerySet[Posting]:
    """Current postings at or below ``unit`` whose person has not signed for ``election``.

    Only units the actor may see names of; a stranger gets none.
    """
    valid = Signature.objects.filter(election=election, withdrawal=None)
    signed = valid.filter(person=OuterRef("person"))
    # Doubles are few and have an index of their own: start from them, not from the signatures.
    doubles_who_signed = Person.objects.filter(
        Exists(valid.filter(person=OuterRef("pk"))),
        merged_into__isnull=False,
        merged_into=OuterRef("person"),
    )
    return (
        Posting.objects.filter(narrowing.as_filter(), valid_to=None)
        .filter(unit__in=authority.units_of(actor, *SEES_NAMES))
        .filter(unit__above__ancestor=unit)
        .exclude(Exists(signed))
        .exclude(Exists(doubles_who_signed))
        .select_related("person", "unit")
        .order_by("unit__name", "person__name_key")
    )
