"""Lists as files: XLSX or CSV, written in chunks, never with a formula in it."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.text import slugify

from netral.base.demo_mark import marked

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 2_000
"""Rows that are written at once: CSV goes out in few pieces, and memory stays flat."""
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Rows = Iterable[Sequence[Any]]
_DIGITS_KEPT = 15
"""A spreadsheet that reads CSV makes a number of longer digits, and loses the rest of them."""
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")


def export_response(
    request: HttpRequest, *, name: str, header: Sequence[str], rows: Rows
) -> HttpResponseBase:
    """``?bentuk=csv`` gives CSV, else XLSX. ``name`` names the file and, in words, its sheet."""
    kind = "csv" if request.GET.get("bentuk") == "csv" else "xlsx"
    stem = slugify(name) or "netral"
    sheet = name.replace("-", " ").capitalize() or "Netral"
    return table_response(kind, file_name=stem, sheet=sheet, header=header, rows=rows)


def table_response(
    kind: str, *, file_name: str, sheet: str, header: Sequence[str], rows: Rows
) -> HttpResponseBase:
    """One table as ``xlsx`` or ``csv``; ``file_name`` without its ending.

    In a demonstration the file and its sheet say so: a row that says it would be read as a person.
    """
    if kind == "csv":
        response = StreamingHttpResponse(
            csv_lines(header, rows), content_type="text/csv; charset=utf-8"
        )
        response.headers["Content-Disposition"] = f'attachment; filename="{marked(file_name)}.csv"'
        return response
    return xlsx_response(xlsx_file(header, rows, sheet=marked(sheet)), file_name)


def xlsx_response(file: IO[bytes], file_name: str) -> FileResponse:
    """A workbook that was written to ``file``, which is closed with the answer."""
    return FileResponse(
        file, as_attachment=True, filename=f"{marked(file_name)}.xlsx", content_type=XLSX
    )


def csv_lines(header: Sequence[str], rows: Rows) -> Iterator[str]:
    """A BOM and ``;``, which is what Excel in Indonesia opens rightly."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    buffer.write("\ufeff")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_harmless(value) for value in row])
        if number % CHUNK == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def xlsx_file(
    header: Sequence[str], rows: Rows, *, sheet: str
) -> tempfile._TemporaryFileWrapper[bytes]:
    """A workbook in a temporary file, written row by row in constant memory.

    Every text stays a text, so numbers of 18 digits stay whole.
    """
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the response closes it)
    workbook = xlsxwriter.Workbook(file.name, WORKBOOK_OPTIONS)
    page = workbook.add_worksheet(sheet_name(sheet))
    bold = workbook.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for column, title in enumerate(header):
        page.set_column(column, column, max(12, min(len(title) + 4, 40)))
        page.write_string(0, column, title, bold)
    for index, row in enumerate(rows, start=1):
        page.write_row(index, 0, row)
    workbook.close()
    file.seek(0)
    return file


def sheet_name(name: str) -> str:
    """What a spreadsheet takes as the name of a sheet."""
    return _NO_SHEET_NAME.sub(" ", name).strip(" '")[:31].strip(" '") or "Netral"


def _harmless(value: Any) -> Any:
    """A leading apostrophe keeps what looks like a formula a text, and a long number whole."""
    if not isinstance(value, str):
        return value
    is_formula = value[:1] in {"=", "+", "-", "@", "\t", "\r"}
    is_long_number = len(value) > _DIGITS_KEPT and value.isdigit()
    return f"'{value}" if is_formula or is_long_number else value


def _taken(buffer: io.StringIO) -> str:
    taken = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return taken
