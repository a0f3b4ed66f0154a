"""The names behind the figures of the coverage page, for those who may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from netral.elections.models import Election
from netral.people.models import Account, Duty, Person, Posting, Unit
from netral.people.queries import authority
from netral.pledges.models import Signature
from netral.pledges.queries.coverage import Narrowing
from netral.pledges.queries.signatures import without

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
    here = (
        Posting.objects.filter(narrowing.as_filter(), valid_to=None)
        .filter(unit__in=authority.units_of(actor, *SEES_NAMES))
        .filter(unit__above__ancestor=unit)
    )
    not_signed = without(here, Signature.objects.filter(election=election, withdrawal=None))
    return not_signed.select_related("person", "unit").order_by("unit__name", "person__name_key")
