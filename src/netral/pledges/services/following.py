"""Figures of the coverage page follow the register, and no signature waits while they are counted.

A change of the register is worked out as differences between what is and what is kept, in one
statement, which sees both as of one moment. They are then added to the kept rows, not written over
them: a signature that came in between is in neither side of its difference and stays. Locked, from
the adding to the end of the transaction, are only the rows of units where something did change.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from netral.base import bulk
from netral.people.events import RegisterChanged
from netral.pledges.models import Ceremony, CoverageCount, CoverageTotal
from netral.pledges.services import coverage

AT_ONCE = 10_000
_HAS_SIGNED = """
    EXISTS (SELECT 1 FROM pledges_signature signature
             WHERE signature.person_id = {signer} AND signature.election_id = %(election)s
               AND NOT EXISTS (SELECT 1 FROM pledges_signaturewithdrawal withdrawal
                                WHERE withdrawal.signature_id = signature.id))
"""
# As coverage.PEOPLE_AS_THEY_ARE, from the people of a few units to what they signed: it is asked
# in the writer's turn, which must not read a province's signatures.
_PEOPLE_OF_UNITS = f"""
    SELECT posting.unit_id, posting.status, posting.position_level, COUNT(*) AS staff,
           SUM(CASE WHEN person.merged_into_id IS NULL
                     AND ({_HAS_SIGNED.format(signer="person.id")}
                          OR EXISTS (SELECT 1 FROM people_person double
                                      WHERE double.merged_into_id = person.id
                                        AND {_HAS_SIGNED.format(signer="double.id")}))
                    THEN 1 ELSE 0 END) AS signed
      FROM people_posting posting
      JOIN people_person person ON person.id = posting.person_id
     WHERE posting.government_id = %(government)s AND posting.valid_to IS NULL
       AND posting.{{units}}
     GROUP BY posting.unit_id, posting.status, posting.position_level
"""
_DIFFERENCES = """
    SELECT unit_id, status, position_level,
           CAST(SUM(staff) AS integer), CAST(SUM(signed) AS integer), MAX(is_kept)
      FROM (SELECT unit_id, status, position_level, staff, signed, 0 AS is_kept
              FROM ({people}) counted
             UNION ALL
            SELECT unit_id, status, position_level, -staff, -signed, 1
              FROM pledges_coveragecount kept
             WHERE kept.government_id = %(government)s AND kept.election_id = %(election)s
               AND {kept_units}) side
     GROUP BY unit_id, status, position_level
    HAVING SUM(staff) <> 0 OR SUM(signed) <> 0
     ORDER BY unit_id, status, position_level
"""
_COLUMNS = {
    "government": "uuid",
    "election": "uuid",
    "unit": "uuid",
    "status": "text",
    "level": "text",
    "staff": "int",
    "signed": "int",
}
# Rows are locked in the order in which count_together locks them.
_ADD = """
    UPDATE pledges_coveragecount
       SET staff = pledges_coveragecount.staff + cell.staff,
           signed = pledges_coveragecount.signed + cell.signed
      FROM (SELECT figures.id, wanted.staff, wanted.signed
              FROM {listed} JOIN pledges_coveragecount figures
                ON figures.unit_id = wanted.unit AND figures.status = wanted.status
               AND figures.position_level = wanted.level AND figures.election_id = wanted.election
             ORDER BY wanted.unit, wanted.status, wanted.level {locking}) cell
     WHERE pledges_coveragecount.id = cell.id
"""
_BEGIN = """
    INSERT INTO pledges_coveragecount
           (government_id, election_id, unit_id, status, position_level,
            staff, signed, folded_staff, folded_signed)
    SELECT wanted.government, wanted.election, wanted.unit, wanted.status, wanted.level,
           wanted.staff, wanted.signed, 0, 0
      FROM {listed} WHERE 1 = 1
        ON CONFLICT (election_id, unit_id, status, position_level) DO UPDATE
       SET staff = pledges_coveragecount.staff + excluded.staff,
           signed = pledges_coveragecount.signed + excluded.signed
"""
Row = tuple[Any, ...]


def follow_register(event: RegisterChanged) -> None:
    """Handler of ``RegisterChanged``: the figures follow in the same transaction."""
    if event.unit_ids is not None and not event.unit_ids:
        return  # an import that changed nothing; PostgreSQL knows no empty list
    government = {"government_id": event.government_id}
    counted = CoverageCount.objects.filter(**government).values_list("election_id", flat=True)
    held = Ceremony.objects.filter(**government).values_list("election_id", flat=True)
    known = set(counted.distinct())
    for election_id in sorted(known | set(held.distinct())):
        if election_id in known:
            follow(**government, election_id=election_id, unit_ids=event.unit_ids)
        else:
            coverage.recount(**government, election_id=election_id)


@transaction.atomic
def follow(*, government_id: UUID, election_id: UUID, unit_ids: frozenset[UUID] | None) -> None:
    """Brings the figures of the named units in line, which the next fold adds to the totals.

    ``None`` means all units, and that the tree may have changed: totals are then made anew first,
    of what is folded, which no signature touches, and the differences are folded at the end.
    """
    keys = coverage.bound(government_id, election_id)
    if unit_ids is None:
        _make_totals_anew(government_id, election_id, keys)
    found = _differences(keys, unit_ids)
    _write(_ADD, [row for row in found if row[-1]], keys)
    _write(_BEGIN, [row for row in found if not row[-1]], keys)
    if unit_ids is None:
        coverage.fold(government_id=government_id, election_id=election_id)
        _drop_empty(government_id, election_id)


def _make_totals_anew(government_id: UUID, election_id: UUID, keys: dict[str, Any]) -> None:
    scope = {"government_id": government_id, "election_id": election_id}
    CoverageTotal.objects.filter(**scope).delete()
    bulk.run(
        "DELETE FROM pledges_coveragecount WHERE government_id = %s AND election_id = %s AND NOT"
        " EXISTS (SELECT 1 FROM people_unit WHERE people_unit.id = pledges_coveragecount.unit_id)",
        [keys["government"], keys["election"]],
    )
    with connection.cursor() as cursor:
        cursor.execute(coverage.TOTALS_ANEW, keys)
        bulk.learn_if_many(cursor.rowcount, "pledges_coveragetotal")


def _differences(keys: dict[str, Any], unit_ids: frozenset[UUID] | None) -> list[Row]:
    people, kept_units, values = coverage.PEOPLE_AS_THEY_ARE, "1 = 1", dict(keys)
    if unit_ids is not None:
        condition, named = coverage.among(unit_ids)
        people, kept_units = _PEOPLE_OF_UNITS.format(units=condition), f"kept.{condition}"
        values |= named
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES.format(people=people, kept_units=kept_units), values)
        return list(cursor.fetchall())


def _write(statement: str, rows: Sequence[Row], keys: dict[str, Any]) -> None:
    """Runs a statement over the differences ``rows``, so many at once."""
    both = (bulk.hexed(keys["government"]), bulk.hexed(keys["election"]))
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        cells = [(*both, bulk.hexed(row[0]), *row[1:5]) for row in part]
        listed, arguments = bulk.wanted_rows(cells, _COLUMNS)
        bulk.run(statement.format(listed=listed, locking=bulk.locking("figures")), arguments)


def _drop_empty(government_id: UUID, election_id: UUID) -> None:
    """Cells in which nobody works any more."""
    scope = {"government_id": government_id, "election_id": election_id, "staff": 0, "signed": 0}
    CoverageCount.objects.filter(**scope, differs=False).delete()
    CoverageTotal.objects.filter(**scope).delete()
