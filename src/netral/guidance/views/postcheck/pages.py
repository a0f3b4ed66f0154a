"""``/periksa-tulisan/``: a text goes in with POST and comes back with its marks.

Nothing of it is kept: not in the address, not in a log, not in the database, not in the browser's
cache. The only row that changes is the counter of the rate limit, which knows a keyed hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from netral.base.access import allow, anyone
from netral.elections import today
from netral.guidance.days import LawDay
from netral.guidance.postcheck_forms import TextForm
from netral.guidance.queries.contest import contest_for
from netral.guidance.views.asking import limits
from netral.law.posts import Check, Mark, check
from netral.people.services import throttling

PAGES = throttling.Allowance("postcheck", uses=1_000, window=timedelta(minutes=5))


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def post_check(request: HttpRequest) -> HttpResponse:
    """``/periksa-tulisan/``"""
    if request.method != "POST":
        return _shown(request, {"form": TextForm()})
    form = TextForm(request.POST)
    if not form.is_valid():
        return _shown(request, {"form": form}, 422)
    wait = limits.spend(request, PAGES)
    if wait:
        form.add_error(None, limits.too_many())
        refusal = _shown(request, {"form": form}, 429)
        refusal["Retry-After"] = str(wait)
        return refusal
    contest = contest_for(limits.actor_of(request), today.now())
    found = check(form.text(), contest=contest, mode=form.mode())
    facts = {
        "form": form,
        "found": found,
        "pieces": list(_numbered(found)),
        "knows_contest": bool(contest.contestants),
        "day": LawDay.present(),
    }
    return _shown(request, facts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; ``number`` counts the marks from 1, and is 0 between them."""

    text: str
    mark: Mark | None
    number: int


def _numbered(found: Check) -> Iterator[Piece]:
    number = 0
    for text, mark in found.pieces():
        number += mark is not None
        yield Piece(text, mark, number if mark else 0)


def _shown(request: HttpRequest, facts: dict[str, Any], status: int = 200) -> HttpResponse:
    response = render(request, "guidance/postcheck/page.html", facts, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
