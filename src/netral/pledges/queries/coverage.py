"""Who has not been reached: figures per unit, status and level, and the names behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from netral.elections.models import Election
from netral.people.models import Account, Duty, Government, HeadOfUnit, Person, Posting, Unit
from netral.people.queries import authority
from netral.pledges.models import CoverageCount, CoverageTotal, Signature

SEES_FIGURES = (
    Duty.Kind.PERSONNEL,
    Duty.Kind.ORGANISER,
    Duty.Kind.OVERSIGHT,
    Duty.Kind.HEAD,
    Duty.Kind.AUDITOR,
)
SEES_NAMES = (Duty.Kind.PERSONNEL, Duty.Kind.HEAD, Duty.Kind.OVERSIGHT)


@dataclass(frozen=True)
class Narrowing:
    """What the filters of the page leave over; empty means all."""

    status: str = ""
    """A status, or ``asn`` for all but non-ASN."""
    level: str = ""

    def as_filter(self) -> Q:
        wanted = Q()
        if self.status == "asn":
            wanted &= ~Q(status=Posting.Status.NON_ASN)
        elif self.status:
            wanted &= Q(status=self.status)
        if self.level:
            wanted &= Q(position_level=self.level)
        return wanted


@dataclass
class Figures:
    """Staff and signers of one unit with everything below it."""

    staff: int = 0
    signed: int = 0

    @property
    def missing(self) -> int:
        return self.staff - self.signed

    def add(self, staff: int, signed: int) -> None:
        self.staff += staff
        self.signed += signed


@dataclass
class UnitLine:
    """One line of the table: a unit, its figures, and the same for non-ASN alone."""

    unit: Unit
    has_units_below: bool
    all: Figures = field(default_factory=Figures)
    non_asn: Figures = field(default_factory=Figures)


def elections_with_coverage(government: Government) -> QuerySet[Election]:
    """Elections for which this government has held or planned a pledge, newest first."""
    counted = CoverageTotal.objects.filter(government=government).values("election_id")
    return Election.objects.filter(id__in=counted).order_by("-voting_on")


def visible_tops(actor: Account, government: Government) -> QuerySet[Unit]:
    """Where the table starts for this actor: the top units, or the top of their own subtree."""
    open_units = Unit.objects.filter(government=government, closed_on=None)
    if authority.governments_of(actor, *SEES_FIGURES).filter(id=government.id).exists():
        return open_units.filter(parent=None)
    own = authority.duties_of(actor, *SEES_FIGURES).filter(government=government)
    return open_units.filter(id__in=own.values("unit_id"))


def unit_for(actor: Account, unit_id: UUID) -> Unit | None:
    return authority.units_of(actor, *SEES_FIGURES).filter(id=unit_id).first()


def figures_of_units(
    units: Iterable[Unit], election: Election, narrowing: Narrowing
) -> list[UnitLine]:
    """One line per unit, each with everything below it; three queries however many there are."""
    units = list(units)
    ids = [unit.id for unit in units]
    parents = set(
        Unit.objects.filter(parent__in=ids, closed_on=None).values_list("parent_id", flat=True)
    )
    lines = {unit.id: UnitLine(unit, unit.id in parents) for unit in units}
    for unit_id, status, staff, signed in _subtree_figures(ids, election, narrowing):
        lines[unit_id].all.add(staff, signed)
        if status == Posting.Status.NON_ASN:
            lines[unit_id].non_asn.add(staff, signed)
    return list(lines.values())


def figures_by(
    units: Iterable[Unit], election: Election, narrowing: Narrowing, column: str
) -> dict[str, Figures]:
    """Figures of the units together, by ``status`` or ``position_level``."""
    ids = [unit.id for unit in units]
    grouped: dict[str, Figures] = defaultdict(Figures)
    for source in (_totals(ids, election, narrowing), _changes(ids, election, narrowing)):
        for key, staff, signed in source.values_list(column).annotate(**_sums(source)):
            grouped[key].add(staff, signed)
    return dict(grouped)


def _totals(ids: list[UUID], election: Election, narrowing: Narrowing) -> QuerySet[CoverageTotal]:
    return CoverageTotal.objects.filter(
        narrowing.as_filter(), election=election, unit_id__in=ids
    ).order_by()


def _changes(ids: list[UUID], election: Election, narrowing: Narrowing) -> QuerySet[CoverageCount]:
    """The few rows that differ from what the totals hold, per ancestor among ``ids``."""
    return (
        CoverageCount.objects.filter(narrowing.as_filter(), election=election)
        .filter(~Q(signed=F("folded_signed")) | ~Q(staff=F("folded_staff")))
        .filter(unit__above__ancestor__in=ids)
        .order_by()
    )


def _sums(source: QuerySet[CoverageTotal] | QuerySet[CoverageCount]) -> dict[str, Sum]:
    if source.model is CoverageTotal:
        return {"all_staff": Sum("staff"), "all_signed": Sum("signed")}
    return {
        "all_staff": Sum(F("staff") - F("folded_staff")),
        "all_signed": Sum(F("signed") - F("folded_signed")),
    }


def _subtree_figures(
    ids: list[UUID], election: Election, narrowing: Narrowing
) -> Iterable[tuple[UUID, str, int, int]]:
    totals = _totals(ids, election, narrowing)
    yield from totals.values_list("unit_id", "status").annotate(**_sums(totals))
    changes = _changes(ids, election, narrowing)
    yield from changes.values_list("unit__above__ancestor_id", "status").annotate(**_sums(changes))


# --- names, for those who may see them ----------------------------------------------------------


def may_see_names(actor: Account, unit: Unit) -> bool:
    return authority.units_of(actor, *SEES_NAMES).filter(id=unit.id).exists()


def people_not_reached(
    actor: Account, unit: Unit, election: Election, narrowing: Narrowing
) -> QuerySet[Posting]:
    """Current postings at or below ``unit`` whose person has not signed for ``election``.

    Only units the actor may see names of; a stranger gets none.
    """
    signed = Signature.objects.filter(election=election).filter(
        Q(person=OuterRef("person")) | Q(person__merged_into=OuterRef("person"))
    )
    return (
        Posting.objects.filter(narrowing.as_filter(), valid_to=None)
        .filter(unit__in=authority.units_of(actor, *SEES_NAMES))
        .filter(unit__above__ancestor=unit)
        .exclude(Exists(signed))
        .select_related("person", "unit")
        .order_by("unit__name", "person__name_key")
    )


# --- whom to remind -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Reminding:
    """A unit whose head can be reminded, or cannot because ``person`` or ``address`` is missing."""

    unit: Unit
    missing: int
    person: Person | None
    address: str


def remindable(actor: Account, government: Government, election: Election) -> list[Reminding]:
    """The visible top units with somebody missing, the emptiest first, and their heads."""
    units = visible_tops(actor, government)
    lines = figures_of_units(units, election, Narrowing())
    behind = sorted(
        (line for line in lines if line.all.missing > 0), key=lambda line: -line.all.missing
    )
    heads = {
        head.unit_id: head.person
        for head in HeadOfUnit.objects.filter(
            unit__in=[line.unit for line in behind], valid_to=None
        ).select_related("person")
    }
    return [
        Reminding(
            line.unit,
            line.all.missing,
            heads.get(line.unit.id),
            heads[line.unit.id].email if line.unit.id in heads else "",
        )
        for line in behind
    ]
