"""The coverage page: who has not been reached, before how many have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from netral.base.access import allow
from netral.base.tables import export_response
from netral.elections import today
from netral.elections.models import Election
from netral.people.access import duties_held, duty
from netral.people.models import Duty, Government, Posting, Unit
from netral.people.queries.workplace import workplace_of
from netral.people.services import privacy
from netral.pledges.access import actor_of, reminders_sender
from netral.pledges.queries import coverage, not_reached
from netral.pledges.views.names import export_people, with_offices

UNITS_A_PAGE = 30
SORTS = {
    "missing": lambda line: line.all.missing,
    "name": lambda line: line.unit.name.casefold(),
    "staff": lambda line: line.all.staff,
    "share": lambda line: line.all.signed / max(line.all.staff, 1),
    "non_asn": lambda line: line.non_asn.missing,
}


@dataclass
class Asked:
    """What the address asks for, already narrowed to what the actor may see."""

    government: Government
    election: Election | None
    elections: list[Election]
    unit: Unit | None
    narrowing: coverage.Narrowing


def asked_for(request: HttpRequest) -> Asked:
    government = workplace_of(actor_of(request))
    if government is None:
        raise Http404
    elections = list(coverage.elections_with_coverage(government))
    wanted = request.GET.get("pemilu", "")
    chosen = next((each for each in elections if str(each.id) == wanted), None)
    if wanted and chosen is None:
        raise Http404
    return Asked(
        government,
        chosen or (elections[0] if elections else None),
        elections,
        _asked_unit(request),
        coverage.Narrowing(
            status=_one_of(request.GET.get("status", ""), {"asn", *Posting.Status.values}),
            level=_one_of(request.GET.get("jenjang", ""), set(Posting.Level.values)),
        ),
    )


def _one_of(value: str, choices: set[str]) -> str:
    return value if value in choices else ""


def _asked_unit(request: HttpRequest) -> Unit | None:
    text = request.GET.get("unit", "")
    if not text:
        return None
    try:
        unit = coverage.unit_for(actor_of(request), UUID(text))
    except ValueError as malformed:
        raise Http404 from malformed
    if unit is None:
        raise Http404
    return unit


def _sorted(lines: list[coverage.UnitLine], wanted: str) -> list[coverage.UnitLine]:
    key = SORTS.get(wanted.lstrip("-"), SORTS["missing"])
    return sorted(lines, key=key, reverse=wanted.startswith("-"))


def _begins_with_import(request: HttpRequest) -> bool:
    """Whether this officer keeps a register in which nobody is yet."""
    kept = [
        held.government
        for held in duties_held(request)
        if held.kind == Duty.Kind.PERSONNEL and held.unit is None
    ]
    return bool(kept) and not Posting.objects.filter(government__in=kept).exists()


@allow(duty(*coverage.SEES_FIGURES))
@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    """``/cakupan/``: figures, then the units with the most people missing first."""
    asked = asked_for(request)
    if asked.election is None:
        facts = {"asked": asked, "begins_with_import": _begins_with_import(request)}
        return render(request, "pledges/coverage/empty.html", facts)
    facts = _page_facts(request, asked, asked.election)
    return render(request, "pledges/coverage/page.html", facts)


def _page_facts(request: HttpRequest, asked: Asked, election: Election) -> dict[str, Any]:
    if asked.unit:
        tops, shown = [asked.unit], _units_below(asked.unit)
    else:
        tops = shown = list(coverage.visible_tops(actor_of(request), asked.government))
    found = coverage.overview(tops, shown, election, asked.narrowing)
    lines = _sorted(found.lines, request.GET.get("sort", "-missing"))
    return {
        "asked": asked,
        "election": election,
        "found": found,
        "own": coverage.own_figures(asked.unit, election, asked.narrowing) if asked.unit else None,
        "page": Paginator(lines, UNITS_A_PAGE).get_page(request.GET.get("page")),
        "behind": sum(1 for line in lines if line.all.missing),
        "by_status": _labelled(found.by_status, Posting.Status.choices),
        "by_level": _labelled(found.by_level, Posting.Level.choices),
        "statuses": Posting.Status.choices,
        "levels": Posting.Level.choices,
        "path": _path_to(request, asked),
        "names_for": not_reached.may_see_names(actor_of(request), asked.unit)
        if asked.unit
        else False,
        "may_remind": reminders_sender(request),
        "into": _address_without(request, "unit", "page"),
    }


def _address_without(request: HttpRequest, *names: str) -> str:
    """The query of this page but for ``names``, ready to have a unit's key put behind it."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}&unit=" if kept else "?unit="


def _units_below(unit: Unit) -> list[Unit]:
    return list(unit.children.filter(closed_on=None))


def _labelled(
    grouped: dict[str, coverage.Figures], choices: list[tuple[str, Any]]
) -> list[tuple[str, Any, coverage.Figures]]:
    return [(key, label, grouped[key]) for key, label in choices if key in grouped]


def _path_to(request: HttpRequest, asked: Asked) -> list[Unit]:
    """The units from the actor's top down to the one shown, for the trail above the table."""
    if asked.unit is None:
        return []
    visible = Unit.objects.filter(below__unit=asked.unit).order_by("depth")
    reach = coverage.visible_tops(actor_of(request), asked.government).values_list(
        "depth", flat=True
    )
    highest = min(reach, default=0)
    return [unit for unit in visible if unit.depth >= highest]


@allow(duty(*coverage.SEES_FIGURES))
@require_GET
def export_figures(request: HttpRequest) -> HttpResponseBase:
    """The table of units as XLSX or CSV."""
    asked = asked_for(request)
    if asked.election is None:
        raise Http404
    tops = coverage.visible_tops(actor_of(request), asked.government)
    units = _units_below(asked.unit) if asked.unit else tops
    lines = _sorted(coverage.figures_of_units(units, asked.election, asked.narrowing), "-missing")
    header = [_("Unit"), _("Pegawai"), _("Sudah"), _("Belum"), _("Non-ASN"), _("Non-ASN belum")]
    rows = (
        [
            line.unit.name,
            line.all.staff,
            line.all.signed,
            line.all.missing,
            line.non_asn.staff,
            line.non_asn.missing,
        ]
        for line in lines
    )
    return export_response(request, name=_("cakupan-ikrar"), header=header, rows=rows)


@allow(duty(*not_reached.SEES_NAMES))
@require_GET
def names_page(request: HttpRequest) -> HttpResponse:
    """``/cakupan/nama/?unit=…``: the people of one unit who have not signed. Recorded."""
    asked, election, unit = _asked_names(request)
    people = not_reached.people_not_reached(actor_of(request), unit, election, asked.narrowing)
    page = with_offices(Paginator(people, 50).get_page(request.GET.get("page")))
    shown = {posting.person_id for posting in page.object_list}
    _record(request, asked, unit, len(shown), shown)
    facts = {
        "asked": asked,
        "election": election,
        "unit": unit,
        "page": page,
        "reads_register": duty(Duty.Kind.PERSONNEL, Duty.Kind.HEAD)(request),
        "statuses": Posting.Status.choices,
        "levels": Posting.Level.choices,
    }
    return render(request, "pledges/coverage/names.html", facts)


@allow(duty(*not_reached.SEES_NAMES))
@require_GET
def export_names(request: HttpRequest) -> HttpResponseBase:
    asked, election, unit = _asked_names(request)
    people = not_reached.people_not_reached(actor_of(request), unit, election, asked.narrowing)
    _record(request, asked, unit, people.count())
    return export_people(request, people.iterator(chunk_size=2000))


def _asked_names(request: HttpRequest) -> tuple[Asked, Election, Unit]:
    asked = asked_for(request)
    if asked.election is None or asked.unit is None:
        raise Http404
    if not not_reached.may_see_names(actor_of(request), asked.unit):
        raise Http404
    return asked, asked.election, asked.unit


def _record(
    request: HttpRequest, asked: Asked, unit: Unit, count: int, people: set[UUID] | None = None
) -> None:
    privacy.record_list_view(
        actor=actor_of(request),
        government=asked.government,
        what="coverage",
        unit=unit,
        count=count,
        people=people,
        now=today.now(),
    )
