"""Sight on imports: the list, the preview, its problems, and what stands in the way of undoing."""

from __future__ import annotations

from typing import IO, Any

from django.db.models import QuerySet

from netral.people.models import (
    Account,
    Duty,
    Import,
    ImportProblem,
    ImportRow,
    ImportUnit,
    Person,
    RowAction,
)
from netral.people.queries import authority, import_preview, import_problems
from netral.people.services.imports import blockers


def imports_for(actor: Account) -> QuerySet[Import]:
    """Imports of the governments whose register the actor keeps, newest first."""
    mine = authority.governments_of(actor, Duty.Kind.PERSONNEL)
    return Import.objects.filter(government__in=mine).select_related("government", "actor")


def imports_audited_by(actor: Account) -> QuerySet[Import]:
    """Every import of the governments that the actor audits as a whole, newest first.

    For figures alone: an auditor gets no row, no problem and no name of a file.
    """
    audited = authority.governments_of(actor, Duty.Kind.AUDITOR)
    return Import.objects.filter(government__in=audited).select_related("actor")


def closed_by(source: Import) -> int:
    """How many people it closes: those the file says have left, and those it no longer names
    where the officer agreed to that."""
    counts = source.counts
    missing = counts.get(RowAction.MISSING, 0) if source.close_missing else 0
    return int(counts.get(RowAction.CLOSE, 0) + missing)


def applied_before(actor: Account, source: Import) -> Import | None:
    """The last import of the very same file that was applied, if any."""
    same = imports_for(actor).filter(
        government=source.government_id,
        file_digest=source.file_digest,
        state=Import.State.APPLIED,
    )
    return same.order_by("-applied_at").first() if source.file_digest else None


def rows(
    actor: Account, source: Import, action: str = ""
) -> QuerySet[ImportRow] | QuerySet[ImportUnit]:
    """The rows of the preview in the order of the file; for a unit tree its units."""
    _require(actor, source)
    staged: Any = ImportUnit if source.is_tree else ImportRow
    found = staged.objects.filter(source=source).order_by("id")
    is_asking = action == RowAction.ASK and source.state == Import.State.PREVIEW
    if is_asking and not source.is_tree:  # what was answered stays, after what waits
        return found.exclude(question="").order_by("answer", "id")  # type: ignore[no-any-return]
    if action:
        found = found.filter(action=action)
    return found  # type: ignore[no-any-return]


def candidates(actor: Account, row: ImportRow) -> QuerySet[Person]:
    """The people a row with a question might mean."""
    _require(actor, row.source)
    return Person.objects.filter(pk__in=row.candidate_ids).order_by("name_key")


def answers(actor: Account, source: Import) -> dict[int, str]:
    """What was answered so far: row → the value of the choice."""
    _require(actor, source)
    answered = ImportRow.objects.filter(source=source).exclude(answer="")
    return {row.pk: import_preview.answer_of(row) for row in answered}


def problems(
    actor: Account, source: Import, severity: str = "", code: str = ""
) -> QuerySet[ImportProblem]:
    """Findings, all or those of one severity or kind: the gravest first, each by its row.

    The words of the severities stand in the alphabet as they weigh: obstacle, question, warning.
    """
    _require(actor, source)
    found = ImportProblem.objects.filter(source=source).order_by("severity", "sheet", "line", "id")
    wanted = {"severity": severity, "code": code}
    return found.filter(**{name: value for name, value in wanted.items() if value})


def blockers_of_undo(actor: Account, source: Import) -> list[blockers.Blocker]:
    """Why the import cannot be undone; empty when it can."""
    _require(actor, source)
    return blockers.of(source)


def problem_workbook(actor: Account, source: Import) -> IO[bytes]:
    """XLSX in which every problem is marked in the office's own rows, with the remedy beside."""
    _require(actor, source)
    return import_problems.workbook(source)


def _require(actor: Account, source: Import) -> None:
    """Raises ``Import.DoesNotExist`` unless the actor keeps the register it belongs to."""
    if (
        not authority.governments_of(actor, Duty.Kind.PERSONNEL)
        .filter(pk=source.government_id)
        .exists()
    ):
        raise Import.DoesNotExist
