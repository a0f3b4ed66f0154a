"""A PDF as the answer of a view."""

from __future__ import annotations

from django.http import HttpResponse

from netral.base.demo_mark import marked


def pdf_response(pdf: bytes, file_name: str, *, to_keep: bool = False) -> HttpResponse:
    """Shown by the browser, or with ``to_keep`` saved. ``file_name``: ASCII, with its ending;
    in a demonstration it says so."""
    response = HttpResponse(pdf, content_type="application/pdf")
    manner = "attachment" if to_keep else "inline"
    response["Content-Disposition"] = f'{manner}; filename="{marked(file_name)}"'
    return response
