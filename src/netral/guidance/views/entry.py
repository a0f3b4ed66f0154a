"""The way in: what this is, and a search over acts, instruments and provisions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay
from netral.guidance.forms import SearchForm
from netral.guidance.queries import acts
from netral.guidance.views.frame import on_a_day, page
from netral.law import library
from netral.law.catalogue import search_instruments, search_provisions


@allow(anyone)
@require_safe
@on_a_day
def law(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/?cari=…``"""
    query = request.GET.get("cari", "").strip()[:200]
    named, saying = search_provisions(library(), query)
    context = {
        "query": query,
        "search": SearchForm(initial={"cari": query, "pada": day.asked}),
        "found": acts.find(query),
        "instruments": search_instruments(library(), query),
        "provisions": [*named, *saying],
        "supervisors": library().supervisors_on(day.on),
    }
    return page(request, "guidance/law.html", day, context)
