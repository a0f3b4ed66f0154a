"""Who has not been reached: figures per unit, status and level; names stand in ``not_reached``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from netral.elections.models import Election
from netral.people.models import Account, Duty, Government, HeadOfUnit, Person, Posting, Unit
from netral.people.queries import authority
from netral.pledges.models import Ceremony, CoverageCount

SEES_FIGURES = (
    Duty.Kind.PERSONNEL,
    Duty.Kind.ORGANISER,
    Duty.Kind.OVERSIGHT,
    Duty.Kind.HEAD,
    Duty.Kind.AUDITOR,
)


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

    def as_sql(self) -> str:
        """The same for the figures, with the parameters ``status`` and ``level``."""
        wanted = ["1 = 1"]
        if self.status == "asn":
            wanted.append("status <> 'non_asn'")
        elif self.status:
            wanted.append("status = %(status)s")
        if self.level:
            wanted.append("position_level = %(level)s")
        return " AND ".join(wanted)


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
    all: Figures = field(default_factory=Figures)
    non_asn: Figures = field(default_factory=Figures)

    def add(self, status: str, staff: int, signed: int) -> None:
        self.all.add(staff, signed)
        if status == Posting.Status.NON_ASN:
            self.non_asn.add(staff, signed)


@dataclass
class Overview:
    """All figures of one page."""

    lines: list[UnitLine]
    by_status: dict[str, Figures]
    by_level: dict[str, Figures]

    @property
    def everybody(self) -> Figures:
        return _together(self.by_status.values())

    @property
    def asn(self) -> Figures:
        return _together(
            figures
            for status, figures in self.by_status.items()
            if status != Posting.Status.NON_ASN
        )

    @property
    def non_asn(self) -> Figures:
        return self.by_status.get(Posting.Status.NON_ASN, Figures())


def _together(parts: Iterable[Figures]) -> Figures:
    sum_of = Figures()
    for part in parts:
        sum_of.add(part.staff, part.signed)
    return sum_of


def elections_with_coverage(government: Government) -> QuerySet[Election]:
    """Elections for which this government has held or planned a pledge, newest first."""
    held = Ceremony.objects.filter(government=government).values("election_id")
    return Election.objects.filter(id__in=held).order_by("-voting_on")


def visible_tops(actor: Account, government: Government) -> QuerySet[Unit]:
    """Where the table starts for this actor: the top units, or the top of their own subtree."""
    open_units = Unit.objects.filter(government=government, closed_on=None)
    held = authority.duties_of(actor, *SEES_FIGURES).filter(government=government)
    own = set(held.values_list("unit_id", flat=True))
    return open_units.filter(parent=None) if None in own else open_units.filter(id__in=own)


def unit_for(actor: Account, unit_id: UUID) -> Unit | None:
    return authority.units_of(actor, *SEES_FIGURES).filter(id=unit_id).first()


# Totals as of the last fold, and what has changed since. The changes are few: they are added up
# over all units above first and narrowed afterwards (MATERIALIZED), because asking for each of
# 45 units whether it stands above each changed row costs more than the rest of the page. What
# the page shows is summed up here, for the same reason: 100 rows come back instead of 1,300.
_FIGURES = """
    WITH changed AS MATERIALIZED (
        SELECT tree.ancestor_id, own.status, own.position_level,
               SUM(own.staff - own.folded_staff) AS staff,
               SUM(own.signed - own.folded_signed) AS signed
          FROM pledges_coveragecount own CROSS JOIN people_unitancestor tree
         WHERE own.election_id = %(election)s AND own.government_id = %(government)s
           AND own.differs AND tree.unit_id = own.unit_id
         GROUP BY tree.ancestor_id, own.status, own.position_level
    ), figures AS MATERIALIZED (
        SELECT unit_id, status, position_level, staff, signed
          FROM pledges_coveragetotal
         WHERE election_id = %(election)s AND unit_id IN ({units}) AND {narrowing}
         UNION ALL
        SELECT ancestor_id, status, position_level, staff, signed
          FROM changed WHERE ancestor_id IN ({units}) AND {narrowing}
    )
    SELECT 'unit', unit_id, CASE status WHEN 'non_asn' THEN status ELSE '' END, {sums}
      FROM figures WHERE unit_id IN ({shown}) GROUP BY 2, 3
     UNION ALL
    SELECT 'status', NULL, status, {sums} FROM figures WHERE unit_id IN ({tops}) GROUP BY status
     UNION ALL
    SELECT 'level', NULL, position_level, {sums}
      FROM figures WHERE unit_id IN ({tops}) GROUP BY position_level
"""
# PostgreSQL sums into numeric, which psycopg gives back as Decimal.
_SUMS = "CAST(SUM(staff) AS bigint), CAST(SUM(signed) AS bigint)"


def overview(
    tops: Iterable[Unit], shown: Iterable[Unit], election: Election, narrowing: Narrowing
) -> Overview:
    """The figures of ``tops`` together, split by status and level, and a line per ``shown`` unit.

    One query, however many people and units there are.
    """
    tops, shown = list(tops), list(shown)
    found = Overview([UnitLine(unit) for unit in shown], defaultdict(Figures), defaultdict(Figures))
    lines = {_as_stored(line.unit.id): line for line in found.lines}
    for part, unit, key, staff, signed in _figures(tops, shown, election, narrowing):
        if part == "unit":
            lines[unit].add(key, staff, signed)
        elif part == "status":
            found.by_status[key].add(staff, signed)
        else:
            found.by_level[key].add(staff, signed)
    return found


def own_figures(unit: Unit, election: Election, narrowing: Narrowing) -> UnitLine:
    """The staff directly in ``unit``, whom no line of a unit below it counts."""
    line = UnitLine(unit)
    own = CoverageCount.objects.filter(narrowing.as_filter(), election=election, unit=unit)
    for status, staff, signed in own.values_list("status", "staff", "signed"):
        line.add(status, staff, signed)
    return line


def _figures(
    tops: list[Unit], shown: list[Unit], election: Election, narrowing: Narrowing
) -> list[tuple[str, UUID | str, str, int, int]]:
    """("unit", unit, status, staff, signed) for ``shown``, then ("status" or "level", …, key, …)
    over ``tops``; the status of a unit's row is "non_asn" or empty for all others together."""
    units = {unit.id: unit for unit in [*tops, *shown]}
    if not units:
        return []
    names = {key: f"%(unit{number})s" for number, key in enumerate(units)}
    sql = _FIGURES.format(
        units=", ".join(names.values()),
        shown=", ".join([names[unit.id] for unit in shown]) or "NULL",
        tops=", ".join([names[unit.id] for unit in tops]) or "NULL",
        narrowing=narrowing.as_sql(),
        sums=_SUMS,
    )
    values: dict[str, Any] = {f"unit{number}": _as_stored(key) for number, key in enumerate(units)}
    values |= {
        "election": _as_stored(election.id),
        "government": _as_stored(next(iter(units.values())).government_id),
        "status": narrowing.status,
        "level": narrowing.level,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _as_stored(key: UUID) -> UUID | str:
    """A key as this database gives it back: text on SQLite, a UUID on PostgreSQL."""
    return key if connection.vendor == "postgresql" else key.hex


def figures_of_units(
    units: Iterable[Unit], election: Election, narrowing: Narrowing
) -> list[UnitLine]:
    """One line per unit, each with everything below it."""
    units = list(units)
    return overview(units, units, election, narrowing).lines


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
