"""Precedents as JSON, and the search that finds precedents and acts together."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest

from netral.guidance.api import shapes
from netral.guidance.queries import acts as act_queries
from netral.guidance.queries import consultations as queries
from netral.guidance.views.api import endpoint
from netral.law import NotFoundError, library

ON_A_PAGE = 50
MOST_ACTS = 8
"""As on the page: the nearest ones."""


@endpoint("api_precedents")
def precedents(request: HttpRequest, on: date) -> dict[str, Any]:
    query, act, state = (request.GET.get(name, "") for name in ("q", "act", "state"))
    found = queries.search(query) if query.split() else list(queries.public_precedents())
    fitting = [
        one for one in found if act in ("", one.act) and state in ("", one.state)
    ]  # fmt: skip
    page = Paginator(fitting, ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "on": on.isoformat(),
        "law_version": library().version,
        "total": len(fitting),
        "page": page.number,
        "pages": page.paginator.num_pages,
        "precedents": [shapes.precedent(one, on) for one in page],
    }


@endpoint("api_precedent")
def precedent(request: HttpRequest, on: date, precedent: UUID) -> dict[str, Any]:
    found = queries.precedent(precedent)
    if found is None:
        raise NotFoundError(f"there is no published precedent {precedent}")
    return {**shapes.precedent(found, on), "on": on.isoformat()}


@endpoint("api_search")
def search(request: HttpRequest, on: date) -> dict[str, Any]:
    query = request.GET.get("q", "")[:200]
    return {
        "on": on.isoformat(),
        "law_version": library().version,
        "acts": [shapes.act(one) for one in act_queries.find(query).acts[:MOST_ACTS]],
        "precedents": [shapes.precedent(one, on) for one in queries.search(query)],
    }
