"""``/periksa-tulisan/``: a text goes in with POST and comes back with its marks.

Nothing of it is kept: not in the address, not in a log, not in the database, not in the browser's
cache (``base.middleware.SecurityHeaders`` forbids it for every answer that says nothing else). The
only row that changes is the counter of the rate limit, which knows a keyed hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

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

PAGE = "guidance/postcheck/page.html"
PAGES = throttling.Allowance("postcheck", uses=1_000, window=timedelta(minutes=5))


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def post_check(request: HttpRequest) -> HttpResponse:
    """``/periksa-tulisan/``"""
    if request.method != "POST":
        return render(request, PAGE, {"form": TextForm()})
    form = TextForm(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422)
    wait = limits.spend(request, PAGES)
    if wait:
        form.add_error(None, limits.too_many())
        refusal = render(request, PAGE, {"form": form}, status=429)
        refusal["Retry-After"] = str(wait)
        return refusal
    contest = contest_for(limits.actor_of(request), today.now())
    found = check(form.text(), contest=contest, mode=form.mode())
    facts = {
        "form": form,
        "found": found,
        "pieces": list(_numbered(found)),
        "knows_contest": contest.is_under_way,
        "day": LawDay.present(),
    }
    return render(request, PAGE, facts)


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
