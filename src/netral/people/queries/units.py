"""Reading the unit tree: one level at a time, with the figures of everything below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from netral.people.folding import matching_key
from netral.people.models import Government, HeadOfUnit, Posting, Unit, UnitAncestor
from netral.people.queries.reach import Reach

_DIGITS = re.compile(r"(\d+)")
MOST_WORDS = 10


@dataclass(frozen=True)
class Branch:
    """One line of the tree."""

    unit: Unit
    staff: int
    """People working in it or anywhere below."""
    has_children: bool


def unit_for(reach: Reach, key: UUID) -> Unit | None:
    return reach.units().select_related("government", "parent").filter(pk=key).first()


def top_units(reach: Reach, government: Government) -> QuerySet[Unit]:
    """Where the actor's tree begins: below the government, or the tops of their subtrees."""
    units = Unit.objects.filter(government=government, closed_on=None)
    if government.pk in reach.governments:
        return units.filter(parent=None)
    return units.filter(pk__in=reach.tops)


def branches(units: QuerySet[Unit]) -> list[Branch]:
    """The units of one level in the order of their names, with figures. Two queries."""
    open_below = Unit.objects.filter(parent=OuterRef("pk"), closed_on=None)
    level = sorted(units.annotate(is_parent=Exists(open_below)), key=natural_order)
    staff = staff_below([unit.pk for unit in level])
    return [Branch(unit, staff.get(unit.pk, 0), unit.is_parent) for unit in level]


def natural_order(unit: Unit) -> list[tuple[int, int, str]]:
    """By name, but "SMA Negeri 2" before "SMA Negeri 10"."""
    parts = _DIGITS.split(unit.name_key)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part]


def children_of(unit: Unit) -> QuerySet[Unit]:
    return Unit.objects.filter(parent=unit, closed_on=None)


def closed_below(unit: Unit) -> QuerySet[Unit]:
    """Closed units directly below, newest first."""
    return Unit.objects.filter(parent=unit, closed_on__isnull=False).order_by("-closed_on")


def path_to(unit: Unit) -> list[Unit]:
    """From the top to the unit's parent. One query at any depth."""
    above = UnitAncestor.objects.filter(unit=unit, distance__gt=0).select_related("ancestor")
    return [row.ancestor for row in above.order_by("-distance")]


def staff_below(units: list[UUID]) -> dict[UUID, int]:
    """Number of people now working in each unit or anywhere below it."""
    counted = (
        Posting.objects.filter(valid_to=None, unit__above__ancestor__in=units)
        .values_list("unit__above__ancestor_id")
        .annotate(Count("id"))
    )
    return dict(counted)


def status_figures(unit: Unit) -> dict[str, int]:
    """Number of people per status in the unit and below, and ``all``."""
    below = UnitAncestor.objects.filter(ancestor=unit).values("unit_id")
    counted = dict(
        Posting.objects.filter(unit__in=below, valid_to=None)
        .values_list("status")
        .annotate(Count("id"))
    )
    return {**counted, "all": sum(counted.values())}


def heads_of(unit: Unit) -> QuerySet[HeadOfUnit]:
    """Newest first; the one without an end heads it now."""
    return unit.heads.select_related("person").order_by("-valid_from", "-valid_to")


def open_units(reach: Reach, government: Government) -> QuerySet[Unit]:
    return reach.units().filter(government=government, closed_on=None)


def search(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those of ``units`` whose path has all the words, or whose UNOR id is ``text``.

    ``tata usaha dinas pendidikan`` finds the Subbagian Tata Usaha below Dinas Pendidikan. One word
    at least stands in the unit's own name, so that ``dinas pendidikan`` is not the whole tree
    below it; that is also what keeps it quick, because only the few that pass it are looked up in
    the tree. Those with more words in their own name come first, then the higher ones.
    """
    key = matching_key(text)
    words = key.split()[:MOST_WORDS]
    nobody = Q(pk__in=[])
    own, path = nobody, Q()
    score: Combinable = Value(0)
    for word in words:
        here = Q(name_key__contains=word)
        above = UnitAncestor.objects.filter(
            unit=OuterRef("pk"), distance__gt=0, ancestor__name_key__contains=word
        )
        own |= here
        path &= here | Q(Exists(above))
        score = score + Case(When(here, then=1), default=0)
    by_id = Q(external_id=text.strip()) if text.strip() else nobody
    found = units.filter((own & path if words else nobody) | by_id)
    exact = Case(When(name_key=key, then=0), default=1)
    best = ExpressionWrapper(score, IntegerField()).desc()
    return found.order_by(exact, best, "depth", "name_key", "parent__name_key", "id")


def paths_of(units: list[Unit]) -> dict[UUID, str]:
    """For each unit the names above it, top first, joined by ``›``. One query."""
    above = (
        UnitAncestor.objects.filter(unit__in=[unit.pk for unit in units], distance__gt=0)
        .order_by("unit_id", "-distance")
        .values_list("unit_id", "ancestor__name")
    )
    names: dict[UUID, list[str]] = {}
    for unit, name in above:
        names.setdefault(unit, []).append(name)
    return {unit: " › ".join(above_it) for unit, above_it in names.items()}


def names_with_place(keys: Iterable[UUID]) -> dict[UUID, str]:
    """Each unit with those above it, from itself upwards, joined by ``·``. One query.

    For places where a name stands alone: many units are called Sekretariat or Tata Usaha.
    """
    above = UnitAncestor.objects.filter(unit__in=keys).order_by("unit", "distance")
    names: dict[UUID, list[str]] = {}
    for unit, name in above.values_list("unit_id", "ancestor__name"):
        names.setdefault(unit, []).append(name)
    return {unit: " · ".join(path) for unit, path in names.items()}


def count_open(reach: Reach, government: Government) -> int:
    return open_units(reach, government).count()
