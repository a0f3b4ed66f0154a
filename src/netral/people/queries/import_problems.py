"""The marked problem sheet: every row with a finding, and what to do about it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from netral.people.models import Import, ImportProblem, ImportRow

MOST_ROWS = 100_000
_COLOURS = {
    ImportProblem.Severity.OBSTACLE: "#F3D6CF",
    ImportProblem.Severity.WARNING: "#F5EBC8",
    ImportProblem.Severity.QUESTION: "#DCE6EE",
}


def workbook(source: Import) -> bytes:
    """XLSX, built from what was kept: no column of personal data that the import drops is in it.

    For callers who have already asked whether the reader may see this import.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    head = book.add_format({"bold": True, "bottom": 1})
    marks = {kind: book.add_format({"bg_color": colour}) for kind, colour in _COLOURS.items()}
    sheet = book.add_worksheet(_("Masalah"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 3, 14)
    sheet.set_column(4, 7, 40)
    sheet.write_row(0, 0, _titles(), head)
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
    for chunk in _chunks(found[:MOST_ROWS]):
        lines = {(problem.sheet, problem.line) for problem in chunk if problem.line}
        named = {}
        for row in ImportRow.objects.filter(
            source=source, line__in={line for _sheet, line in lines}
        ).select_related("unit"):
            named[row.sheet, row.line] = row
        for problem in chunk:
            kept = _kept(named.get((problem.sheet, problem.line)))
            yield problem.severity, [*_about(problem), *kept]


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
        problem.sentence,
        problem.remedy,
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
