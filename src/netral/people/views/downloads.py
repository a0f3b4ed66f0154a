"""Answers that are files."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse

from netral.people.models import Government
from netral.people.queries import exports
from netral.people.queries.staff import Staff

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def spreadsheet(
    kind: str,
    file_name: str,
    government: Government,
    people: Staff,
    *,
    local_ids: bool = False,
) -> HttpResponseBase:
    """``people`` as ``xlsx`` or ``csv``; with ``local_ids`` only who has one, and less of them."""
    rows_of = exports.local_id_rows if local_ids else exports.staff_rows
    head = exports.local_id_headers() if local_ids else exports.headers()
    rows = rows_of(government, people)
    if kind == "xlsx":
        book = exports.as_xlsx("Pegawai", head, rows)
        return FileResponse(
            book, as_attachment=True, filename=f"{file_name}.xlsx", content_type=XLSX
        )
    answer = StreamingHttpResponse(
        exports.as_csv(head, rows), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return answer


def workbook(content: bytes, file_name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.xlsx"'
    return answer
