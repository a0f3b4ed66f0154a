"""Compares the staged rows with the register once more, after something else changed it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from netral.base import bulk
from netral.people.intake.problems import SEVERITY
from netral.people.models import Import, ImportProblem, ImportRow, RowAction
from netral.people.services.imports import questions
from netral.people.services.imports.difference import Outcome, as_said, compare
from netral.people.services.imports.known import known_people
from netral.people.services.imports.matching import COLUMNS, Matcher, Staged
from netral.people.services.imports.staging import (
    PROBLEM_COLUMNS,
    headers_of,
    problem_row,
    unit_plan_of,
)
from netral.people.services.imports.unit_plan import UnitMeant

CHUNK = 2_000
_READ = (
    "sheet", "line", "number", "local_id", "name", "name_key", "front_title", "back_title",
    "email", "phone", "joined_on", "status", "position_level", "position", "grade", "standing",
    "leaves",
)  # fmt: skip
_REMADE = frozenset(
    code for code in SEVERITY if code.startswith(("same_name", "number_given", "number_changed"))
)


def same_figures(before: dict[str, int], after: dict[str, int]) -> bool:
    """Whether an officer who saw ``before`` would see nothing new in ``after``."""
    actions = [action.value for action in RowAction]
    keys = [*actions, *(f"unit_{action}" for action in actions)]
    return all(before.get(key, 0) == after.get(key, 0) for key in keys)


def compare_again(source: Import) -> None:
    """Works the actions out anew from what the rows say; answers of the officer are kept."""
    if source.is_tree:
        return
    _follow_units(source)
    with transaction.atomic():
        source.rows.filter(action=RowAction.MISSING).delete()
        source.problems.filter(code__in=_REMADE).delete()
    matcher = Matcher(
        source.pk,
        source.government_id,
        source.government.region_code,
        source.effective_on.isoformat(),
    )
    matcher.has_people = True
    for chunk in _chunks(source):
        _compare_chunk(source, matcher, chunk)
    found = [problem for problem in matcher.problems if problem.code in _REMADE]
    found += questions.ask(source, has_people=True)
    headers = headers_of(source.mapping.get("sheets", []))
    with transaction.atomic():
        bulk.insert(
            ImportProblem._meta.db_table,
            PROBLEM_COLUMNS,
            (problem_row(source, problem, headers) for problem in found),
        )


def _chunks(source: Import) -> Iterator[list[ImportRow]]:
    """The usable rows in the order of the file, a chunk at a time."""
    rows = source.rows.exclude(action=RowAction.BAD).order_by("id")
    last = 0
    while chunk := list(rows.filter(id__gt=last)[:CHUNK]):
        yield chunk
        last = chunk[-1].pk


def _compare_chunk(source: Import, matcher: Matcher, chunk: list[ImportRow]) -> None:
    open_rows = [row for row in chunk if not row.answer]
    units = {
        at: UnitMeant(row.unit_id.hex if row.unit_id else None) for at, row in enumerate(open_rows)
    }
    said = [as_said(row, at) for at, row in enumerate(open_rows)]
    updates = [
        _update(row, staged)
        for row, staged in zip(open_rows, matcher.match(said, units), strict=True)
    ]
    answered = {row.person_id.hex: row for row in chunk if row.answer == "person" and row.person_id}
    for known in known_people(source.government_id.hex, "p.id", list(answered)):
        row = answered[known.id]
        unit = row.unit_id.hex if row.unit_id else None
        outcome = compare(as_said(row, 0), unit, known, source.effective_on.isoformat())
        updates.append(answered_update(row, known.id, known.posting_id, outcome))
    with transaction.atomic():
        bulk.run_many(_UPDATE, [update for update in updates if update])


def answered_update(
    row: ImportRow, person: str, posting: str | None, outcome: Outcome
) -> tuple[object, ...]:
    """Arguments of the update for a row about which the officer said who it is."""
    unit = row.unit_id.hex if row.unit_id else None
    return (
        outcome.action, person, unit, posting, outcome.reposts, row.local_id, row.status,
        outcome.was, outcome.becomes, row.question, row.candidates, row.pk,
    )  # fmt: skip


_UPDATE = """
UPDATE people_importrow SET action = %s, person_id = %s, unit_id = %s, posting_id = %s,
  reposts = %s, local_id = %s, status = %s, was = %s, becomes = %s, question = %s, candidates = %s
WHERE id = %s
"""
_AT = {name: at for at, name in enumerate(COLUMNS)}


def _update(row: ImportRow, staged: Staged) -> tuple[object, ...] | None:
    """Arguments of the update, or ``None`` when the row means what it meant before."""
    names = (
        "action", "person_id", "unit_id", "posting_id", "reposts", "local_id", "status", "was",
        "becomes", "question", "candidates",
    )  # fmt: skip
    new = [staged[_AT[name]] for name in names]
    if row.action == RowAction.CREATE == new[0]:
        return None
    old = [bulk.hexed(value) if name.endswith("_id") else value
           for name, value in ((name, getattr(row, name)) for name in names)]  # fmt: skip
    return None if old == new else (*new, row.pk)


def _follow_units(source: Import) -> None:
    """Units that were to be created and that another import has created since are the same."""
    plan = unit_plan_of(source.government)
    now_known: dict[UUID, UUID] = {}
    for staged in source.units.filter(action=RowAction.CREATE).order_by("id"):
        if staged.unit_id is None:
            continue
        parent = now_known.get(staged.parent_id, staged.parent_id) if staged.parent_id else None
        found = plan.find(staged.external_id, staged.name, parent.hex if parent else None)
        with transaction.atomic():
            if found:
                now_known[staged.unit_id] = UUID(found)
                source.rows.filter(unit_id=staged.unit_id).update(unit_id=UUID(found))
                staged.delete()
            elif parent != staged.parent_id:
                staged.parent_id = parent
                staged.save(update_fields=["parent_id"])
