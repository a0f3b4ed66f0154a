"""The sheet that hangs on an office wall."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay
from netral.guidance.forms import MatrixForm
from netral.guidance.queries import acts
from netral.guidance.queries import matrix as matrices
from netral.guidance.views.frame import on_a_day, page
from netral.law import PHASES, Outcome
from netral.law.matrix import STATUSES


@allow(anyone)
@require_safe
@gzip_page  # 360 KB of cells that repeat each other: 15 KB on a phone's network
@on_a_day
def matrix_page(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/matriks/?election=pemilihan&status=PNS``"""
    told = request.GET
    election = told.get("election", "")
    election = election if election in acts.ELECTIONS else acts.ELECTIONS[0]
    chosen = told.get("status", "")
    statuses = (chosen,) if chosen in STATUSES else STATUSES
    context = {
        "form": MatrixForm(
            initial={"election": election, "status": chosen, "pada": day.asked}, auto_id="m_%s"
        ),
        "election": election,
        "outcomes": list(Outcome),
        "phases": PHASES,
        "address": settings.PUBLIC_URL + reverse("guidance:matrix"),
        "body": table(day, election, statuses, get_language() or "id"),
    }
    return page(request, "guidance/matrix.html", day, context)


@lru_cache(maxsize=24)
def table(day: LawDay, election: str, statuses: Sequence[str], language: str) -> SafeString:
    """The tables in HTML: the same for everybody, so kept per day, choice and language."""
    context = {
        "day": day,
        "groups": matrices.groups(day.on, election, statuses),
        "statuses": statuses,
        "phases": PHASES,
        "election": election,
    }
    return mark_safe(render_to_string("guidance/parts/matrix_tables.html", context))
