"""Ceremonies and texts: which ones an officer works on, and the one behind a wall code."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from netral.elections.models import Election
from netral.people.folding import matching_key
from netral.people.models import Account, Duty, Government, Posting, Unit
from netral.people.queries import authority, workplace
from netral.people.queries.reach import Reach
from netral.people.queries.units import natural_order
from netral.pledges.models import Ceremony, PledgeText
from netral.pledges.rules import codes, moves

Kinds = tuple[Duty.Kind, ...]
ORGANISERS: Kinds = (Duty.Kind.ORGANISER, Duty.Kind.PERSONNEL)
READERS: Kinds = (*ORGANISERS, Duty.Kind.AUDITOR)
"""Who may look at what organisers do: plans, texts and figures, no names."""


def ceremonies_for(actor: Account, kinds: Kinds = ORGANISERS) -> QuerySet[Ceremony]:
    """Of the whole government, or those that stay within the units the officer reaches."""
    reached = authority.units_of(actor, *kinds).values("id")
    covered = Ceremony.units.through.objects.filter(ceremony=OuterRef("pk"))
    within = Exists(covered) & ~Exists(covered.exclude(unit__in=reached))
    return Ceremony.objects.filter(
        Q(government__in=authority.governments_of(actor, *kinds)) | Q(within)
    ).select_related("government", "election", "text")


def with_figures(ceremonies: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
    """Adds ``signed``: how many signatures each has."""
    return ceremonies.annotate(
        signed=Count("signatures", filter=Q(signatures__withdrawal=None))
    ).order_by("-planned_at", "-id")


def paper_reach(actor: Account) -> Reach:
    """Among whom an organiser may look for the witnesses of a sheet."""
    duties = authority.duties_of(actor, *ORGANISERS).values_list("government_id", "unit_id")
    return Reach(
        frozenset(government for government, unit in duties if unit is None),
        frozenset(unit for _government, unit in duties if unit is not None),
    )


def offices_of(actor: Account, kinds: Kinds = ORGANISERS) -> QuerySet[Government]:
    """Governments in which the officer organises something, be it in a subtree only."""
    duties = authority.duties_of(actor, *kinds)
    return Government.objects.filter(id__in=duties.values("government_id"))


def office_of(actor: Account, kinds: Kinds = ORGANISERS) -> Government | None:
    """The government the officer works for now."""
    return workplace.among(actor, offices_of(actor, kinds))


def texts_for(actor: Account, kinds: Kinds = ORGANISERS) -> QuerySet[PledgeText]:
    """Texts belong to the whole government; every organiser in it reads them."""
    offices = offices_of(actor, kinds)
    return PledgeText.objects.filter(government__in=offices).select_related("government")


def may_write_texts(actor: Account, government: Government) -> bool:
    whole = authority.governments_of(actor, *ORGANISERS)
    return whole.filter(id=government.id).exists()


def units_to_cover(actor: Account, government: Government) -> QuerySet[Unit]:
    """Open units of the government that this officer may invite."""
    reached = authority.units_of(actor, *ORGANISERS)
    return reached.filter(government=government, closed_on=None)


def unit_tree(units: QuerySet[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """The tops among ``units`` by name, each with what is directly below it. Two queries."""
    tops = units.exclude(parent__in=units.values("id"))
    below: dict[UUID | None, list[Unit]] = {}
    for unit in sorted(units.filter(parent__in=tops.values("id")), key=natural_order):
        below.setdefault(unit.parent_id, []).append(unit)
    return [(top, below.get(top.pk, [])) for top in sorted(tops, key=natural_order)]


def search_units(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Of any depth; every word must stand somewhere in the name."""
    for word in matching_key(text).split()[:6]:
        units = units.filter(name_key__contains=word)
    return units.select_related("parent").order_by("depth", "name_key")


def elections_for(government: Government) -> QuerySet[Election]:
    """Elections that concern the region: the country, its province, itself; forecasts first."""
    code = government.region_code
    regions = {"00", code, code.partition(".")[0]}
    return Election.objects.filter(region_code__in=regions).order_by(
        F("voting_on").desc(nulls_first=True), "expected_year", "name"
    )


def covered_units(ceremony: Ceremony) -> QuerySet[Unit]:
    """Every unit whose staff may sign: the subtrees of its tops, or the whole government."""
    units = Unit.objects.filter(government=ceremony.government_id)
    tops = ceremony.units.values("id")
    if not ceremony.units.exists():
        return units
    return units.filter(id__in=Unit.objects.filter(above__ancestor__in=tops).values("id"))


def covers(ceremony: Ceremony, posting: Posting) -> bool:
    if posting.government_id != ceremony.government_id:
        return False
    tops = ceremony.units.values_list("id", flat=True)
    top_ids = list(tops)
    if not top_ids:
        return True
    return posting.unit.above.filter(ancestor__in=top_ids).exists()


def reading_began(ceremony: Ceremony) -> datetime | None:
    """The minute in which the text was first read aloud, as far as the leader's screen knows."""
    begun = ceremony.moves.filter(move=moves.START_READING.name).order_by("id").first()
    return begun.at.replace(second=0, microsecond=0) if begun else None


def by_wall_code(typed: str) -> Ceremony | None:
    """Public: whoever sees the wall has the code. Letters of either case."""
    return (
        Ceremony.objects.filter(code=codes.read_wall_code(typed))
        .select_related("government", "election")
        .first()
    )
