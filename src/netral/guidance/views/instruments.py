"""Instruments and their provisions."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay
from netral.guidance.queries import instruments
from netral.guidance.views.frame import on_a_day, page
from netral.law import NotFoundError, library


@allow(anyone)
@require_safe
@on_a_day
def instruments_page(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/peraturan/``"""
    context = {
        "kinds": list(instruments.by_kind().items()),
        "chains": instruments.chains(),
        "supervisors": library().supervisors,
    }
    return page(request, "guidance/instruments.html", day, context)


@allow(anyone)
@require_safe
@on_a_day
def instrument_page(request: HttpRequest, day: LawDay, instrument: str) -> HttpResponse:
    """``GET /hukum/peraturan/SKB-2022/``; each provision under its article, ``#D6``."""
    try:
        found = library().instrument(instrument)
    except NotFoundError as problem:
        raise Http404(str(problem)) from problem
    context = {
        "instrument": found,
        "chains": instruments.chain_of(found),
        "evidence": instruments.evidence_of(found.evidence),
        "provisions": instruments.provisions_of(found),
    }
    return page(request, "guidance/instrument.html", day, context)
