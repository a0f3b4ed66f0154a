"""Keeps the figures of the coverage page in step with the register and the signatures.

Three verbs: ``recount`` makes the figures of an election anew from the people and signatures
themselves; ``fold`` adds what has changed into the totals of the units above; ``differences``
compares the kept figures with a full recount and is what ``netral check`` asks. How the figures
follow the register while a hall is signing stands in ``following``.

All of it is set-based SQL, the same on SQLite and PostgreSQL: a province is counted in one
statement, not in a loop.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from netral.base import bulk
from netral.people.models import Government
from netral.pledges.models import CoverageCount, CoverageTotal

# A signature given under a double that was merged later counts for the person who was kept.
# From the signers to their postings, never "posting.person_id IN (signers)": once the signers are
# too many for work_mem, PostgreSQL would go through all of them for each person.
PEOPLE_AS_THEY_ARE = """
    SELECT unit_id, status, position_level, SUM(staff) AS staff, SUM(signed) AS signed FROM (
        SELECT posting.unit_id, posting.status, posting.position_level,
               COUNT(*) AS staff, 0 AS signed
          FROM people_posting posting
         WHERE posting.government_id = %(government)s AND posting.valid_to IS NULL
         GROUP BY posting.unit_id, posting.status, posting.position_level
         UNION ALL
        SELECT posting.unit_id, posting.status, posting.position_level, 0, COUNT(*)
          FROM (SELECT DISTINCT COALESCE(person.merged_into_id, person.id) AS person_id
                  FROM pledges_signature signature
                  JOIN people_person person ON person.id = signature.person_id
                 WHERE signature.election_id = %(election)s
                   AND NOT EXISTS (SELECT 1 FROM pledges_signaturewithdrawal withdrawal
                                    WHERE withdrawal.signature_id = signature.id)
               ) signer
          JOIN people_posting posting
            ON posting.person_id = signer.person_id
           AND posting.government_id = %(government)s AND posting.valid_to IS NULL
         GROUP BY posting.unit_id, posting.status, posting.position_level
    ) part
     GROUP BY unit_id, status, position_level
"""
_COUNT_ANEW = f"""
    INSERT INTO pledges_coveragecount
           (government_id, election_id, unit_id, status, position_level,
            staff, signed, folded_staff, folded_signed)
    SELECT {{government}}, {{election}}, unit_id, status, position_level,
           staff, signed, staff, signed
      FROM ({PEOPLE_AS_THEY_ARE}) counted
"""
# What is folded, not what is counted: a signature that comes meanwhile is still to be folded.
TOTALS_ANEW = """
    INSERT INTO pledges_coveragetotal
           (government_id, election_id, unit_id, status, position_level, staff, signed)
    SELECT own.government_id, own.election_id, tree.ancestor_id, own.status, own.position_level,
           SUM(own.folded_staff), SUM(own.folded_signed)
      FROM pledges_coveragecount own
      JOIN people_unitancestor tree ON tree.unit_id = own.unit_id
     WHERE own.government_id = %(government)s AND own.election_id = %(election)s
     GROUP BY own.government_id, own.election_id, tree.ancestor_id, own.status,
              own.position_level
"""
_FOLD_CHANGES = """
    INSERT INTO pledges_coveragetotal
           (government_id, election_id, unit_id, status, position_level, staff, signed)
    SELECT own.government_id, own.election_id, tree.ancestor_id, own.status, own.position_level,
           SUM(own.staff - own.folded_staff), SUM(own.signed - own.folded_signed)
      FROM pledges_coveragecount own
      JOIN people_unitancestor tree ON tree.unit_id = own.unit_id
     WHERE own.government_id = %(government)s AND own.election_id = %(election)s
       AND own.differs
     GROUP BY own.government_id, own.election_id, tree.ancestor_id, own.status,
              own.position_level
        ON CONFLICT (election_id, unit_id, status, position_level) DO UPDATE
       SET staff = pledges_coveragetotal.staff + excluded.staff,
           signed = pledges_coveragetotal.signed + excluded.signed
"""


def among(unit_ids: frozenset[UUID]) -> tuple[str, dict[str, Any]]:
    """``unit_id IN (…)`` with its parameters."""
    field = models.UUIDField()
    named = {
        f"unit{index}": field.get_db_prep_value(unit, connection)
        for index, unit in enumerate(unit_ids)
    }
    return f"unit_id IN ({', '.join(f'%({name})s' for name in named)})", named


def bound(government_id: UUID, election_id: UUID) -> dict[str, Any]:
    """The two keys as this database stores them."""
    field = models.UUIDField()
    return {
        "government": field.get_db_prep_value(government_id, connection),
        "election": field.get_db_prep_value(election_id, connection),
    }


def _with_keys(sql: str) -> str:
    """PostgreSQL must be told that a parameter in a select list is a uuid."""
    cast = "CAST(%({})s AS uuid)" if connection.vendor == "postgresql" else "%({})s"
    return sql.format(government=cast.format("government"), election=cast.format("election"))


def recount(*, government_id: UUID, election_id: UUID) -> None:
    """Makes every kept figure of one election anew. One second per million people."""
    keys = bound(government_id, election_id)
    scope = {"government_id": government_id, "election_id": election_id}
    with transaction.atomic(), connection.cursor() as cursor:
        CoverageCount.objects.filter(**scope).delete()
        CoverageTotal.objects.filter(**scope).delete()
        cursor.execute(_with_keys(_COUNT_ANEW), keys)
        cursor.execute(TOTALS_ANEW, keys)
        bulk.learn_if_many(cursor.rowcount, "pledges_coveragecount", "pledges_coveragetotal")


def ensure_counted(*, government_id: UUID, election_id: UUID) -> None:
    """Counts once when a government takes up an election: called when a ceremony is made."""
    scope = {"government_id": government_id, "election_id": election_id}
    if not CoverageCount.objects.filter(**scope).exists():
        recount(**scope)


def fold(*, government_id: UUID, election_id: UUID) -> int:
    """Adds what changed since the last fold into the totals. Returns the number of rows folded.

    The rows are locked first, so that a signature arriving meanwhile waits its millisecond and
    is folded next time; on SQLite the transaction itself is the lock. While an import is writing
    nothing is folded: signatures would wait for the fold, and the fold for the import.
    """
    quiet = Government.objects.select_for_update(no_key=True, skip_locked=True)
    with transaction.atomic(), connection.cursor() as cursor:
        if not quiet.filter(pk=government_id).exists():
            return 0
        changed = CoverageCount.objects.filter(
            government_id=government_id, election_id=election_id, differs=True
        )
        ids = list(changed.select_for_update().order_by("id").values_list("id", flat=True))
        if ids:
            cursor.execute(_FOLD_CHANGES, bound(government_id, election_id))
            changed.update(folded_signed=models.F("signed"), folded_staff=models.F("staff"))
    return len(ids)


def fold_all() -> int:
    """Folds wherever something changed; run every minute by the worker."""
    changed = (
        CoverageCount.objects.filter(differs=True)
        .values_list("government_id", "election_id")
        .distinct()
    )
    return sum(
        fold(government_id=government, election_id=election) for government, election in changed
    )


def differences(*, government_id: UUID, election_id: UUID) -> list[str]:
    """Where the kept figures disagree with a full recount, in words; empty when all is well."""
    field = models.UUIDField()
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_AS_THEY_ARE, bound(government_id, election_id))
        true = {
            (field.to_python(unit), status, level): (staff, signed)
            for unit, status, level, staff, signed in cursor.fetchall()
        }
    kept = {
        (row.unit_id, row.status, row.position_level): (row.staff, row.signed)
        for row in CoverageCount.objects.filter(
            government_id=government_id, election_id=election_id
        ).exclude(staff=0, signed=0)
    }
    return [
        f"unit {key[0]} {key[1]} {key[2]}: kept {kept.get(key)}, counted {true.get(key)}"
        for key in sorted({*true, *kept}, key=str)
        if true.get(key) != kept.get(key)
    ]
