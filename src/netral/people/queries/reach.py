"""Where an actor's duties let them read the register, worked out once per request.

``authority`` answers with nested subqueries, which compose; here the same answer is taken as
plain values, because "this government" as a constant lets both databases walk the index by name
and stop after one page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from netral.people.models import Account, Duty, Government, Person, Unit, UnitAncestor
from netral.people.queries import authority, workplace

READERS = (Duty.Kind.PERSONNEL, Duty.Kind.HEAD)


@dataclass(frozen=True)
class Reach:
    """The governments reached as a whole, and the tops of the subtrees reached beside them."""

    governments: frozenset[UUID]
    tops: frozenset[UUID]

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


@dataclass(frozen=True)
class HeldDuty:
    kind: str
    government: UUID
    unit: UUID | None


def held_duties(actor: Account) -> list[HeldDuty]:
    """Every duty in force; one query."""
    rows = authority.duties_of(actor).values_list("kind", "government_id", "unit_id")
    return [HeldDuty(*row) for row in rows]


def reach_by(duties: Iterable[HeldDuty], *kinds: str) -> Reach:
    """What those of ``duties`` reach that are of ``kinds``; without kinds, that may read."""
    wanted = [duty for duty in duties if duty.kind in (kinds or READERS)]
    return Reach(
        governments=frozenset(duty.government for duty in wanted if duty.unit is None),
        tops=frozenset(duty.unit for duty in wanted if duty.unit is not None),
    )


def reach_of(actor: Account, *kinds: str) -> Reach:
    return reach_by(held_duties(actor), *kinds)


def government_of(actor: Account, duties: Iterable[HeldDuty], *kinds: str) -> Government | None:
    """The government in whose register the actor works: chosen, else their own, else the first."""
    reached = {duty.government for duty in duties if duty.kind in (kinds or READERS)}
    if actor.government_id in reached and actor.chosen_government in {None, actor.government_id}:
        return actor.government
    return workplace.among(actor, Government.objects.filter(pk__in=reached))
