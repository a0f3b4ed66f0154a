"""A PDF as the answer of a view."""

from __future__ import annotations

from django.http import HttpResponse


def pdf_response(pdf: bytes, file_name: str, *, to_keep: bool = False) -> HttpResponse:
    """Shown by the browser, or with ``to_keep`` saved. ``file_name``: ASCII, with its ending."""
    response = HttpResponse(pdf, content_type="application/pdf")
    manner = "attachment" if to_keep else "inline"
    response["Content-Disposition"] = f'{manner}; filename="{file_name}"'
    return response
