"""The catalogue of acts, and one act with its verdicts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay
from netral.guidance.forms import SearchForm, situation_form
from netral.guidance.queries import acts, matrix, verdicts
from netral.guidance.views.frame import on_a_day, page
from netral.law import PHASES, NotFoundError, library
from netral.law.acts import GROUPS


@allow(anyone)
@require_safe
@on_a_day
def acts_page(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/perbuatan/?cari=…``"""
    query = request.GET.get("cari", "").strip()[:200]
    context = {
        "query": query,
        "search": SearchForm(initial={"cari": query, "pada": day.asked}),
        "found": acts.find(query),
        "groups": acts.by_group(),
    }
    return page(request, "guidance/acts.html", day, context)


@allow(anyone)
@require_safe
@on_a_day
def act_page(request: HttpRequest, day: LawDay, act: str) -> HttpResponse:
    """``GET /hukum/perbuatan/like/?status=PNS&phase=campaign&account=candidate``"""
    try:
        found = library().act(act)
    except NotFoundError as problem:
        raise Http404(str(problem)) from problem
    told = verdicts.answer(found, request.GET.dict(), day.on)
    kind = told.told.get("election", "pemilihan")
    election = kind if kind in verdicts.choices(found, "election") else "pemilu"
    grounds = acts.grounds(found, day.on)
    context = {
        "act": found,
        "group": GROUPS[found.group],
        "answer": told,
        "wrong": [library().facts.facts[name].ask for name in told.wrong],
        "form": situation_form(found, told, day.asked),
        "elections": [
            (name, matrix.row(found, day.on, name))
            for name in sorted(acts.ELECTIONS, key=lambda name: name != election)
            if name in verdicts.choices(found, "election")
        ],
        "grounds": grounds,
        "further_disputes": [item for item in grounds.disputes if item not in told.disputes],
        "phases": PHASES,
        "see_also": [library().act(name) for name in found.see_also],
    }
    return page(request, "guidance/act.html", day, context, 400 if told.wrong else 200)
