"""Answers that are files."""

from __future__ import annotations

from django.http import HttpResponseBase

from netral.base import tables
from netral.people.models import Government
from netral.people.queries import exports
from netral.people.queries.staff import Staff


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
    return tables.table_response(
        kind,
        file_name=file_name,
        sheet="ID lokal" if local_ids else "Pegawai",
        header=exports.local_id_headers() if local_ids else exports.headers(),
        rows=rows_of(government, people),
    )
