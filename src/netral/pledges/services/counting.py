"""Keeps the coverage figures in step with signatures, in the transaction of the signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from netral.base import bulk
from netral.people.models import Person, Posting
from netral.pledges.models import Ceremony, CoverageCount, Signature
from netral.pledges.queries.signatures import SIGNER


@dataclass(frozen=True, order=True)
class Cell:
    """One row of figures: staff of one unit itself, of one status and level, for one election."""

    election_id: UUID
    unit_id: UUID
    status: str
    position_level: str


def cell_of(ceremony: Ceremony, posting: Posting) -> Cell:
    return Cell(ceremony.election_id, posting.unit_id, posting.status, posting.position_level)


def count_signature(cell: Cell, *, government_id: UUID, number: int = 1) -> None:
    """Adds ``number`` first signatures to the row of ``cell``: one UPDATE in the usual case.

    A missing row, or one that has fallen behind the register so that more would have signed
    than work there, is counted anew from postings and signatures. Call it after the signatures
    have been written, inside their transaction.
    """
    row = _row(cell)
    changed = row.filter(staff__gte=F("signed") + number).update(signed=F("signed") + number)
    if not changed:
        recount_cell(cell, government_id=government_id)


def count_together(numbers: Mapping[tuple[str, str, str, str], int]) -> bool:
    """Adds first signatures to many rows at once, in an order that never deadlocks.

    Keys: election and unit as 32 hexadecimal digits, status, level. False, and then the
    transaction has to be rolled back, when a row is missing or has fallen behind.
    """
    listed, arguments = bulk.wanted_rows(
        [(*cell, number) for cell, number in sorted(numbers.items())],
        {"election": "uuid", "unit": "uuid", "status": "text", "level": "text", "number": "int"},
    )
    changed = bulk.run(
        f"""UPDATE pledges_coveragecount SET signed = signed + cell.number
              FROM (SELECT figures.id, wanted.number FROM {listed}
                      JOIN pledges_coveragecount figures
                        ON figures.election_id = wanted.election AND figures.unit_id = wanted.unit
                       AND figures.status = wanted.status
                       AND figures.position_level = wanted.level
                     WHERE figures.staff >= figures.signed + wanted.number
                     ORDER BY wanted.election, wanted.unit, wanted.status, wanted.level
                           {bulk.locking("figures")}) cell
             WHERE pledges_coveragecount.id = cell.id""",
        arguments,
    )
    return changed == len(numbers)


def recount_cell(cell: Cell, *, government_id: UUID) -> None:
    """Counts one row anew. Two who make the same row at once: one gets an ``IntegrityError``
    and signs again from the start, as :mod:`services.signing` does.
    """
    locked = _row(cell).select_for_update().first()
    staff, signed = _figures(cell)
    if locked:
        CoverageCount.objects.filter(pk=locked.pk).update(staff=staff, signed=signed)
    elif staff:
        CoverageCount.objects.create(
            government_id=government_id,
            election_id=cell.election_id,
            unit_id=cell.unit_id,
            status=cell.status,
            position_level=cell.position_level,
            staff=staff,
            signed=signed,
        )


def _row(cell: Cell):  # type: ignore[no-untyped-def]  # the stubs' queryset type is unwieldy
    return CoverageCount.objects.filter(
        election=cell.election_id,
        unit=cell.unit_id,
        status=cell.status,
        position_level=cell.position_level,
    )


def _figures(cell: Cell) -> tuple[int, int]:
    """Staff posted there now, and how many of them have signed for the election."""
    posted = Posting.objects.filter(
        valid_to=None,
        unit=cell.unit_id,
        status=cell.status,
        position_level=cell.position_level,
    )
    return posted.count(), signed_among(posted, cell.election_id)


def signed_among(posted: QuerySet[Posting], election: UUID) -> int:
    """How many of the people in these postings have signed for the election, found by person: it
    is asked in the writer's turn, which must not read a province's signatures."""
    people = posted.values("person")
    theirs = Q(pk__in=people, merged_into=None) | Q(merged_into__in=people)
    entries = Person.objects.filter(theirs).values("pk")
    found = (
        Signature.objects.filter(election=election, withdrawal=None, person__in=entries)
        .annotate(signer=SIGNER)
        .aggregate(people=Count("signer", distinct=True))
    )
    return int(found["people"])
