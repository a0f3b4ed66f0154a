"""Precedents and acts, found together; one precedent with its citation."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.citing import address_of, path_of
from netral.guidance.days import LawDay
from netral.guidance.forms import SearchForm
from netral.guidance.queries import acts
from netral.guidance.queries import consultations as queries
from netral.guidance.rules.wording import stands_above
from netral.guidance.views.frame import page
from netral.law import library

ON_A_PAGE = 25


@allow(anyone)
@require_safe
def precedents(request: HttpRequest) -> HttpResponse:
    """``GET /preseden/?cari=…``"""
    query = request.GET.get("cari", "").strip()[:200]
    day = LawDay.present()
    found = queries.search(query) if query else queries.public_precedents()
    context = {
        "query": query,
        "search": SearchForm(initial={"cari": query}),
        "found": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "acts": acts.find(query).acts[:8] if query else (),
    }
    return page(request, "guidance/precedents/list.html", day, context)


@allow(anyone)
@require_safe
def by_key(request: HttpRequest, precedent: UUID) -> HttpResponse:
    """``GET /preseden/<key>/``: leads to the address that can be read out."""
    found = queries.precedent(precedent)
    if found is None:
        raise Http404
    return redirect(path_of(found), permanent=True)


@allow(anyone)
@require_safe
def precedent(request: HttpRequest, region: str, year: int, number: int) -> HttpResponse:
    """``GET /preseden/64.02/2026/4/``: stays where it is, also once it is withdrawn."""
    found = queries.precedent_cited(region, year, number)
    if found is None:
        raise Http404
    day = LawDay.present()
    context = {
        "precedent": found,
        "act": library().acts.get(found.act),
        "outcome": stands_above(found.outcome),
        "holds": queries.holds_on(found, day.on),
        "address": address_of(found),
    }
    return page(request, "guidance/precedents/one.html", day, context)
