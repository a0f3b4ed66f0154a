"""Reading the register: the list with its filters and figures, one person with their history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Count, FilteredRelation, Q, QuerySet

from netral.people.folding import clean_local_id, matching_key
from netral.people.models import (
    FormerNumber,
    Government,
    HeadOfUnit,
    Person,
    Posting,
    Unit,
    UnitAncestor,
)
from netral.people.queries.reach import Reach
from netral.people.rules import clean_number

SORTS = {
    "name": ("name_key",),
    "number": ("number", "local_id"),
    "unit": ("current__unit__name_key", "name_key"),
    "status": ("current__status", "name_key"),
    "level": ("current__position_level", "name_key"),
}


Staff: TypeAlias = QuerySet[Any]
"""People with ``current``, their open posting or ``None``, which types cannot express."""


@dataclass(frozen=True, kw_only=True)
class StaffFilters:
    """What narrows the list; empty values narrow nothing."""

    text: str = ""
    """Part of a name, or the beginning of a number or local id."""
    unit: UUID | None = None
    """A unit with everything below it."""
    status: str = ""
    level: str = ""
    account: str = ""
    """``without``: has not claimed the account yet; ``with``."""
    gone: bool = False
    """Those who left, instead of those who work here."""

    @property
    def narrows(self) -> bool:
        """Whether anything but the unit leaves people out."""
        return self != StaffFilters(unit=self.unit)


def staff(reach: Reach, government: Government, filters: StaffFilters) -> Staff:
    """People with their current posting as ``current``, in no order."""
    seen = reach.people().filter(government=government, merged_into=None)
    # In one call: each further one would join the postings once more.
    people = with_current(seen).filter(
        _held_where("current__", filters), current__isnull=filters.gone
    )
    if filters.account:
        people = people.filter(account__isnull=filters.account == "without")
    return people.filter(_matches(filters.text)) if filters.text.strip() else people


def with_current(people: QuerySet[Person]) -> Staff:
    """``people`` with ``current``, their open posting or ``None``."""
    return people.annotate(
        current=FilteredRelation("postings", condition=Q(postings__valid_to=None))
    )


def sorted_staff(people: Staff, sort: str) -> Staff:
    """In the order of ``?sort=``; an unknown one is the order of names. Always total."""
    descending, key = sort.startswith("-"), sort.removeprefix("-")
    fields = SORTS.get(key, SORTS["name"])
    order = [f"-{field}" if descending else field for field in fields]
    return people.select_related("current__unit").order_by(*order, "id")


def best_named(people: Staff, text: str, most: int) -> list[Any]:
    """The first ``most`` of ``people``, found by ``text``: the name itself, then names that begin
    so, then the others, each in the order of names.

    The database orders by name alone, which reads no more than ``most`` of the index; only where
    there may be more is it asked for the names that begin so.
    """
    key = matching_key(text)
    found = list(sorted_staff(people, "name")[:most])
    if len(found) == most and key:
        begins = people.filter(name_key__gte=key, name_key__startswith=key)
        first = list(sorted_staff(begins, "name")[:most])
        known = {person.pk for person in first}
        found = [*first, *(person for person in found if person.pk not in known)][:most]
    found.sort(key=lambda one: (one.name_key != key, not one.name_key.startswith(key)))
    return found


def figures(reach: Reach, government: Government, filters: StaffFilters) -> dict[str, int]:
    """Number of people per status, and ``all``, of :func:`staff` with the same arguments.

    Where the posting alone decides it is counted alone: joining 150,000 people to theirs took half
    a second, on every page of the list.
    """
    if filters.gone or filters.account or filters.text.strip():
        rows = staff(reach, government, filters).order_by().values_list("current__status")
    else:
        rows = _postings(reach, government, filters).order_by().values_list("status")
    counted = list(rows.annotate(Count("id")))
    by_status = {status: count for status, count in counted if status}
    return {**by_status, "all": sum(count for _, count in counted)}


def _postings(reach: Reach, government: Government, filters: StaffFilters) -> QuerySet[Posting]:
    """The current posting of each who works here and is reached, and whom the filters leave."""
    merged = Person.objects.filter(merged_into__isnull=False)
    held = Posting.objects.filter(
        _held_where("", filters), government=government, valid_to=None
    ).exclude(person__in=merged)
    whole = government.pk in reach.governments
    return held if whole else held.filter(unit__in=reach.units())


def _held_where(posting: str, filters: StaffFilters) -> Q:
    """Of what the filters ask about a posting; ``posting`` is the path to it."""
    wanted = Q()
    if filters.unit:
        below = UnitAncestor.objects.filter(ancestor=filters.unit).values("unit_id")
        wanted &= Q(**{f"{posting}unit__in": below})
    if filters.status:
        wanted &= Q(**{f"{posting}status": filters.status})
    if filters.level:
        wanted &= Q(**{f"{posting}position_level": filters.level})
    return wanted


def person_for(reach: Reach, key: UUID) -> Person | None:
    """The person, also when they left or were merged, as far as the actor may see them."""
    return reach.people().select_related("government", "merged_into").filter(pk=key).first()


def postings_of(person: Person) -> QuerySet[Posting]:
    """Newest first, each with its unit and the unit above it."""
    return person.postings.select_related("unit__parent").order_by("-valid_from", "-valid_to")


def former_numbers_of(person: Person) -> QuerySet[FormerNumber]:
    return person.former_numbers.order_by("-until")


def headships_of(person: Person) -> QuerySet[HeadOfUnit]:
    return person.headships.select_related("unit").order_by("-valid_from")


def headships_elsewhere(
    headships: Iterable[HeadOfUnit], unit: Unit, above: Iterable[Unit]
) -> list[HeadOfUnit]:
    """Definitive ones that do not fit somebody posted in ``unit``, which hangs below ``above``.

    Whoever heads an office is posted in it or in a part of it; a Plt. or Plh. may come from
    anywhere.
    """
    around = {unit.pk, *(one.pk for one in above)}
    definitive = HeadOfUnit.Kind.DEFINITIVE
    return [
        head
        for head in headships
        if head.valid_to is None and head.kind == definitive and head.unit_id not in around
    ]


def headships_ended_by_leaving(person: Person) -> QuerySet[HeadOfUnit]:
    """Those that ended on the day they left; none of somebody who works here."""
    if person.left_on is None:
        return HeadOfUnit.objects.none()
    return headships_of(person).filter(valid_to__gte=person.left_on)


def merged_into(person: Person) -> QuerySet[Person]:
    """The entries that were joined into this one."""
    return Person.objects.filter(merged_into=person).order_by("name_key")


def possible_doubles(
    reach: Reach, government: Government, name: str, unit: Unit | None = None
) -> list[Person]:
    """People of the same folded name, in ``unit`` when given; at most ten."""
    people = staff(reach, government, StaffFilters()).filter(name_key=matching_key(name))
    if unit:
        people = people.filter(current__unit=unit)
    return list(people.select_related("current__unit").order_by("id")[:10])


def find_by_identifier(reach: Reach, government: Government, text: str) -> Person | None:
    """The one person with exactly this number, former number or local id."""
    people = reach.people().filter(government=government, merged_into=None)
    number, local_id = clean_number(text), clean_local_id(text)
    found = people.filter(number=number).first() if number else None
    if found is None and local_id:
        found = people.filter(local_id=local_id).first()
    if found is None and number:
        found = people.filter(former_numbers__number=number).first()
    return found


def _matches(text: str) -> Q:
    number, local_id = clean_number(text), clean_local_id(text)
    if number.isdigit():
        former = FormerNumber.objects.filter(number=number)
        return Q(number__startswith=number) | Q(id__in=former.values("person_id"))
    if local_id:
        return Q(local_id=local_id)
    words = Q()
    for word in matching_key(text).split():
        words &= Q(name_key__contains=word)
    return words or Q(pk__in=[])
