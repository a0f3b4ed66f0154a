"""Instruments and their provisions."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay
from netral.guidance.queries import instruments
from netral.guidance.queries.acts import dispute
from netral.guidance.views.frame import on_a_day, page
from netral.law import library
from netral.law.citing import resting_on


@allow(anyone)
@require_safe
@on_a_day
def instruments_page(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/peraturan/``"""
    context = {
        "kinds": list(instruments.by_kind().items()),
        "chains": instruments.chains(),
        "supervisors": library().supervisors,
    }
    return page(request, "guidance/instruments.html", day, context)


@allow(anyone)
@require_safe
@on_a_day
def instrument_page(request: HttpRequest, day: LawDay, instrument: str) -> HttpResponse:
    """``GET /hukum/peraturan/SKB-2022/``; each provision under its article, ``#D6``."""
    known = library().instruments
    if instrument not in known:
        return _elsewhere(request, "instrument", instrument, known)
    found = known[instrument]
    context = {
        "instrument": found,
        "chains": instruments.chain_of(found),
        "evidence": instruments.evidence_of(found.evidence),
        "provisions": instruments.provisions_of(found),
    }
    return page(request, "guidance/instrument.html", day, context)


@allow(anyone)
@require_safe
@on_a_day
def provision_page(
    request: HttpRequest, day: LawDay, instrument: str, article: str
) -> HttpResponse:
    """``GET /hukum/peraturan/SKB-2022/D6/``"""
    name = f"{instrument}/{article}"
    known = library().provisions
    if name not in known:
        return _elsewhere(request, "provision", name, known)
    address = reverse("guidance:provision", args=[instrument, article])
    view = instruments.provision(name)
    context = {
        "view": view,
        "disputes": [dispute(contest.id, day.on) for contest in view.contests],
        "instrument": library().instruments[instrument],
        "resting": resting_on(library(), name, day.on),
        "address": f"{settings.PUBLIC_URL}{address}?pada={day.on.isoformat()}",
    }
    return page(request, "guidance/provision.html", day, context)


def _elsewhere(request: HttpRequest, view: str, name: str, known: Iterable[str]) -> HttpResponse:
    """The right address for one typed in other letters; else nothing is there."""
    same = next((item for item in known if item.casefold() == name.casefold()), None)
    if same is None:
        raise Http404(f"no {view} {name}")
    address = reverse(f"guidance:{view}", args=same.split("/", 1))
    query = request.GET.urlencode()
    return redirect(f"{address}?{query}" if query else address, permanent=True)
