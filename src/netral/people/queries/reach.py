"""Where an actor's duties let them read the register, worked out once per request.

``authority`` answers with nested subqueries, which compose; here the same answer is taken as
plain values, because "this government" as a constant lets both databases walk the index by name
and stop after one page.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from netral.people.models import Account, Duty, Government, Person, Unit, UnitAncestor
from netral.people.queries import authority

READERS = (Duty.Kind.PERSONNEL, Duty.Kind.HEAD)


@dataclass(frozen=True)
class Reach:
    """The governments reached as a whole, and the tops of the subtrees reached beside them."""

    governments: frozenset[UUID]
    tops: frozenset[UUID]
    edits: bool
    """Holds the personnel duty somewhere; heads of unit only read."""

    def __bool__(self) -> bool:
        return bool(self.governments or self.tops)

    def units(self) -> QuerySet[Unit]:
        below = UnitAncestor.objects.filter(ancestor__in=self.tops)
        return Unit.objects.filter(
            Q(government__in=self.governments) | Q(id__in=below.values("unit_id"))
            if self.tops
            else Q(government__in=self.governments)
        )

    def people(self) -> QuerySet[Person]:
        whole = Q(government__in=self.governments)
        if not self.tops:
            return Person.objects.filter(whole)
        below = UnitAncestor.objects.filter(ancestor__in=self.tops)
        posted = Q(
            id__in=Person.objects.filter(
                postings__valid_to=None, postings__unit__in=below.values("unit_id")
            ).values("id")
        )
        return Person.objects.filter(whole | posted if self.governments else posted)


def reach_of(actor: Account, *kinds: str) -> Reach:
    """One query. Without ``kinds`` that of every duty that may read the register."""
    held = list(
        authority.duties_of(actor, *(kinds or READERS)).values_list(
            "kind", "government_id", "unit_id"
        )
    )
    return Reach(
        governments=frozenset(government for _, government, unit in held if unit is None),
        tops=frozenset(unit for _, _, unit in held if unit is not None),
        edits=any(kind == Duty.Kind.PERSONNEL for kind, _, _ in held),
    )


def government_of(actor: Account, *kinds: str) -> Government | None:
    """The government in whose register the actor works: their own, else the first reached."""
    governments = Government.objects.filter(
        id__in=authority.duties_of(actor, *(kinds or READERS)).values("government_id")
    )
    if actor.government_id:
        own = governments.filter(pk=actor.government_id).first()
        if own:
            return own
    return governments.first()
