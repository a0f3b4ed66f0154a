"""The way in: what this is, and a search over acts, instruments and provisions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay
from netral.guidance.forms import SearchForm
from netral.guidance.queries import acts, instruments
from netral.guidance.views.frame import on_a_day, page
from netral.law import library


@allow(anyone)
@require_safe
@on_a_day
def law(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/?cari=…``"""
    query = request.GET.get("cari", "").strip()[:200]
    context = {
        "query": query,
        "search": SearchForm(initial={"cari": query, "pada": day.asked}),
        "found": acts.find(query),
        "instruments": instruments.search_instruments(query),
        "provisions": instruments.search_provisions(query),
        "supervisors": library().supervisors_on(day.on),
    }
    return page(request, "guidance/law.html", day, context)
