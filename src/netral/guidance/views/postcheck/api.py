"""``POST /api/hukum/check-text``: the text stands in the body only, and is kept nowhere."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from netral.base.access import allow, anyone
from netral.elections import today
from netral.guidance.api.asking import Unreadable
from netral.guidance.api.postcheck import check_json, read_text
from netral.guidance.queries.contest import contest_for
from netral.guidance.views.api import problem
from netral.guidance.views.asking import limits
from netral.guidance.views.asking.api import too_many
from netral.law.posts import check
from netral.law.vocabulary import Words
from netral.people.services import throttling

PROGRAMS = throttling.Allowance("postcheck.api", uses=300, window=timedelta(minutes=5))
USE_POST = Words(
    "Kirim tulisan dengan POST, di badan permintaan: alamat tercatat di banyak tempat.",
    "Send the text with POST, in the body: addresses are written down in many places.",
)


@csrf_exempt  # changes nothing and answers the same to everybody
@allow(anyone)
@sensitive_variables()
def check_text(request: HttpRequest) -> HttpResponse:
    """See ``api.endpoints``; the description is written from there."""
    if request.method != "POST":
        return problem(405, "use_post", USE_POST)
    try:
        text, mode = read_text(request.body)
    except Unreadable as unreadable:
        return problem(400, unreadable.code, unreadable.words, **unreadable.fill)
    wait = limits.spend(request, PROGRAMS)
    if wait:
        return too_many(wait)
    contest = contest_for(limits.actor_of(request), today.now())
    return JsonResponse(check_json(check(text, contest=contest, mode=mode)))
