"""What works without a network: the page of kept answers and the service worker.

Answers are kept by the phone alone, when somebody presses the button: ``static/guidance/ask.js``.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.base.offline import StandIn
from netral.guidance.queries import acts
from netral.law import library


def page_facts() -> dict[str, object]:
    return {"groups": acts.by_group(), "law": library()}


ANSWERS = StandIn(
    name="netral",
    route="guidance:ask_kept",
    template="guidance/ask/kept.html",
    facts=lambda: page_facts(),
    files=("guidance/law.css", "guidance/ask.css", "guidance/ask.js"),
    ours=r"^/($|tanya/|hukum/|preseden/|periksa-tulisan/)",
    never=r"^/tanya/(kios|ditanyakan)/",
)


@allow(anyone)
@require_safe
@gzip_page  # all acts with their safe course, fetched in both languages by the service worker
def kept(request: HttpRequest) -> HttpResponse:
    """``/tanya/tersimpan/?bahasa=en``: the same for everybody, so that it can be kept."""
    return ANSWERS.page(request)


@allow(anyone)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """``/sw.js``."""
    return ANSWERS.worker()
