"""The problems of an import as a workbook: in the office's own rows, else as a list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from netral.base.tables import WORKBOOK_OPTIONS
from netral.people.intake.problems import Unreadable
from netral.people.models import Import, ImportProblem, ImportRow
from netral.people.queries import import_marked
from netral.people.queries.import_marked import COLOURS
from netral.people.services.imports import uploads

MOST_ROWS = 100_000


def workbook(source: Import) -> IO[bytes]:
    """XLSX; no column of personal data that the import drops is in it.

    The office's own rows with the faulty cells marked, while the file waits and, once it is
    applied, as they were marked then; else a list of what was kept. For callers who have already
    asked whether the reader may see this import.
    """
    with suppress(Unreadable):
        kept = uploads.marked_path(source)
        if kept.exists():
            return io.BytesIO(uploads.content(kept))
        if source.file_path:
            return import_marked.write(source)
    return _list(source)


def _list(source: Import) -> IO[bytes]:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, WORKBOOK_OPTIONS)
    head = book.add_format({"bold": True, "bottom": 1})
    marks = {kind: book.add_format({"bg_color": colour}) for kind, colour in COLOURS.items()}
    sheet = book.add_worksheet(_("Masalah"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 3, 14)
    sheet.set_column(4, 7, 40)
    sheet.write_row(0, 0, _titles(), head)
    for at, (severity, values) in enumerate(_marked_rows(source), start=1):
        sheet.write_row(at, 0, values, marks[severity])
    book.close()
    out.seek(0)
    return out


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
