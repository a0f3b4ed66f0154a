"""Sight on imports: the list, the preview, its problems, and what stands in the way of undoing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from netral.people.import_wording import problem_sentence, remedy_sentence
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
from netral.people.queries import authority
from netral.people.services.imports import blockers

MOST_MARKED_ROWS = 100_000


def imports_for(actor: Account) -> QuerySet[Import]:
    """Imports of the governments whose register the actor keeps, newest first."""
    mine = authority.governments_of(actor, Duty.Kind.PERSONNEL)
    return Import.objects.filter(government__in=mine).select_related("government", "actor")


def import_for(actor: Account, import_id: UUID) -> Import:
    """Raises ``Import.DoesNotExist`` for an import the actor may not see."""
    return imports_for(actor).get(pk=import_id)


def rows(
    actor: Account, source: Import, action: str = ""
) -> QuerySet[ImportRow] | QuerySet[ImportUnit]:
    """The rows of the preview in the order of the file; for a unit tree its units."""
    _require(actor, source)
    staged: Any = ImportUnit if source.scope == Import.Scope.UNITS else ImportRow
    found = staged.objects.filter(source=source).order_by("id")
    return found.filter(action=action) if action else found


def new_units(actor: Account, source: Import) -> QuerySet[ImportUnit]:
    """The units that a staff import would create."""
    _require(actor, source)
    return ImportUnit.objects.filter(source=source, action=RowAction.CREATE).order_by("id")


def candidates(actor: Account, row: ImportRow) -> QuerySet[Person]:
    """The people a row with a question might mean."""
    _require(actor, row.source)
    return Person.objects.filter(pk__in=row.candidate_ids).order_by("name_key")


def problems(actor: Account, source: Import, severity: str = "") -> QuerySet[ImportProblem]:
    """Findings in the order of the file. Each knows its ``sentence`` and ``remedy``."""
    _require(actor, source)
    found = ImportProblem.objects.filter(source=source).order_by("id")
    return found.filter(severity=severity) if severity else found


def blockers_of_undo(actor: Account, source: Import) -> list[blockers.Blocker]:
    """Why the import cannot be undone; empty when it can."""
    _require(actor, source)
    return blockers.of(source)


def problem_workbook(actor: Account, source: Import) -> bytes:
    """XLSX with every row that has a problem, marked, with the problem and the remedy beside.

    Built from what was kept: no column of personal data that the import drops can be in it.
    """
    _require(actor, source)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 1})
    marks = {
        ImportProblem.Severity.OBSTACLE: book.add_format({"bg_color": "#F3D6CF"}),
        ImportProblem.Severity.WARNING: book.add_format({"bg_color": "#F5EBC8"}),
        ImportProblem.Severity.QUESTION: book.add_format({"bg_color": "#DCE6EE"}),
    }
    sheet = book.add_worksheet(_("Masalah"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 3, 14)
    sheet.set_column(4, 7, 40)
    sheet.write_row(0, 0, [str(title) for title in _titles()], head)
    for at, (severity, values) in enumerate(_marked_rows(source), start=1):
        sheet.write_row(at, 0, values, marks[ImportProblem.Severity(severity)])
    book.close()
    return out.getvalue()


def _titles() -> list[str]:
    return [
        _("Lembar"), _("Baris"), _("Kolom"), _("Nilai"), _("Masalah"), _("Cara memperbaiki"),
        _("Nama"), _("Unit"), _("NIP"), _("ID lokal"), _("Status"), _("Golongan"), _("Jabatan"),
    ]  # fmt: skip


def _marked_rows(source: Import) -> Iterator[tuple[str, list[Any]]]:
    found = ImportProblem.objects.filter(source=source).order_by("sheet", "line", "id")
    for chunk in _chunks(found[:MOST_MARKED_ROWS]):
        lines = {(problem.sheet, problem.line) for problem in chunk if problem.line}
        named = {}
        for row in ImportRow.objects.filter(
            source=source, line__in={line for _sheet, line in lines}
        ).select_related("unit"):
            named[row.sheet, row.line] = row
        for problem in chunk:
            row = named.get((problem.sheet, problem.line))
            yield problem.severity, [*_about(problem), *_kept(row)]


def _chunks(found: QuerySet[ImportProblem]) -> Iterator[list[ImportProblem]]:
    chunk: list[ImportProblem] = []
    for problem in found.iterator(chunk_size=1_000):
        chunk.append(problem)
        if len(chunk) == 1_000:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _about(problem: ImportProblem) -> list[Any]:
    return [
        problem.sheet,
        problem.line or "",
        problem.column,
        problem.value,
        problem_sentence(problem.code, problem.details),
        remedy_sentence(problem.code, problem.details),
    ]


def _kept(row: ImportRow | None) -> list[Any]:
    if row is None:
        return []
    return [
        row.name,
        row.unit_name,
        row.number,
        row.local_id,
        row.status or "",
        row.grade or "",
        row.position or "",
    ]


def _require(actor: Account, source: Import) -> None:
    """Raises ``Import.DoesNotExist`` unless the actor keeps the register it belongs to."""
    if not authority.governments_of(actor, Duty.Kind.PERSONNEL).filter(
        pk=source.government_id
    ).exists():
        raise Import.DoesNotExist
