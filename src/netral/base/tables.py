"""Lists as files: XLSX or CSV, streamed, never with a formula in it."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[Any]]


def export_response(
    request: HttpRequest, *, name: str, header: Sequence[str], rows: Rows
) -> HttpResponseBase:
    """``?bentuk=csv`` gives CSV with a BOM and ``;`` (what Excel in Indonesia opens); else XLSX."""
    stem = slugify(name) or "netral"
    if request.GET.get("bentuk") == "csv":
        response = StreamingHttpResponse(
            csv_lines(header, rows), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{stem}.csv"'
        return response
    return FileResponse(
        xlsx_file(header, rows, sheet_name=name),
        as_attachment=True,
        filename=f"{stem}.xlsx",
        content_type=XLSX,
    )


class _Echo:
    """A file for ``csv.writer`` that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[str], rows: Rows) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(header)
    for row in rows:
        yield writer.writerow([_harmless(value) for value in row])


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets a leading apostrophe."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def _sheet_title(name: str) -> str:
    """``cakupan-ikrar`` as ``Cakupan ikrar``: at most 31 characters, no forbidden ones."""
    allowed = "".join(" " if letter in "-_[]:*?/\\'" else letter for letter in name)
    return " ".join(allowed.split()).capitalize()[:31].strip() or "Netral"


def xlsx_file(
    header: Sequence[str], rows: Rows, *, sheet_name: str
) -> tempfile._TemporaryFileWrapper[bytes]:
    """A workbook in a temporary file, written row by row in constant memory."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(file.name, options)
    sheet = workbook.add_worksheet(_sheet_title(sheet_name))
    bold = workbook.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(header):
        sheet.set_column(column, column, max(12, min(len(title) + 4, 40)))
        sheet.write_string(0, column, title, bold)
    for index, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write(index, column, value)
    workbook.close()
    file.seek(0)
    return file
