"""``POST /api/hukum/ask``: the question stands in the body only, and is kept nowhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables

from netral.base.access import allow, anyone
from netral.elections import today
from netral.guidance.api import shapes
from netral.guidance.api.asking import (
    EXAMPLE,
    UNKNOWN_WORD,
    Sent,
    Unreadable,
    answer_json,
    read_sent,
)
from netral.guidance.queries.alike import answered_before
from netral.guidance.views.api import problem
from netral.guidance.views.asking import limits
from netral.law import LawError
from netral.law.vocabulary import Words
from netral.people.queries.accounts import only_government

TOO_MANY = Words(
    "Terlalu banyak pertanyaan; coba lagi {seconds} detik lagi.",
    "Too many questions; ask again in {seconds} seconds.",
)
USE_POST = Words(
    "Kirim pertanyaan dengan POST, di badan permintaan: alamat tercatat di banyak tempat.",
    "Send the question with POST, in the body: addresses are written down in many places.",
)


@csrf_exempt  # changes nothing and answers the same to everybody
@allow(anyone)
@sensitive_variables()
def ask(request: HttpRequest) -> HttpResponse:
    """See ``api.endpoints``; the description is written from there."""
    if request.method != "POST":
        return problem(405, "use_post", USE_POST)
    try:
        sent = read_sent(request.body)
    except Unreadable as unreadable:
        return problem(400, unreadable.code, unreadable.words, **unreadable.fill)
    wait = limits.spend(request, limits.PROGRAMS)
    if wait:
        return too_many(wait)
    try:
        now = timezone.localdate(today.now())
        return JsonResponse({**answer_json(sent, now), "precedents": _precedents(sent, now)})
    except LawError as wrong:
        return problem(400, "unknown_word", UNKNOWN_WORD, str(wrong), example=EXAMPLE)


def _precedents(sent: Sent, day: date) -> list[dict[str, Any]]:
    """What the page shows above its answer: those that hold, else those that did, and say so."""
    found = answered_before(sent.question, day, government=only_government(), told=sent.facts)
    return [shapes.precedent(one, day) for one in found.close]


def too_many(seconds: int) -> HttpResponse:
    """The refusal of who has asked too often, for every address that counts."""
    refusal = problem(429, "too_many", TOO_MANY, seconds=str(seconds))
    refusal["Retry-After"] = str(seconds)
    return refusal
