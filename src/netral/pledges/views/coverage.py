"""The coverage page: who has not been reached, before how many have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from netral.base.access import allow
from netral.base.tables import export_response
from netral.elections import today
from netral.elections.models import Election
from netral.people.access import duty
from netral.people.models import Duty, Government, Posting, Unit
from netral.people.services import privacy
from netral.pledges.access import actor_of
from netral.pledges.queries import coverage
from netral.pledges.services import reminding
from netral.pledges.tasks import send_reminders

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


def _asked(request: HttpRequest) -> Asked:
    government = actor_of(request).government
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


@allow(duty(*coverage.SEES_FIGURES))
@require_GET
def coverage_page(request: HttpRequest) -> HttpResponse:
    """``/cakupan/``: figures, then the units with the most people missing first."""
    asked = _asked(request)
    if asked.election is None:
        return render(request, "pledges/coverage/empty.html", {"asked": asked})
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
        "names_for": coverage.may_see_names(actor_of(request), asked.unit) if asked.unit else False,
        "may_remind": may_remind(request),
        "into": _address_without(request, "unit", "page"),
    }


def _address_without(request: HttpRequest, *names: str) -> str:
    """The query of this page but for ``names``, ready to have a unit's key put behind it."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return f"?{kept.urlencode()}&unit=" if kept else "?unit="


def may_remind(request: HttpRequest) -> bool:
    return duty(Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER)(request)


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
    asked = _asked(request)
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


@allow(duty(*coverage.SEES_NAMES))
@require_GET
def names_page(request: HttpRequest) -> HttpResponse:
    """``/cakupan/nama/?unit=…``: the people of one unit who have not signed. Recorded."""
    asked, election, unit = _asked_names(request)
    people = coverage.people_not_reached(actor_of(request), unit, election, asked.narrowing)
    page = Paginator(people, 50).get_page(request.GET.get("page"))
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


@allow(duty(*coverage.SEES_NAMES))
@require_GET
def export_names(request: HttpRequest) -> HttpResponseBase:
    asked, election, unit = _asked_names(request)
    people = coverage.people_not_reached(actor_of(request), unit, election, asked.narrowing)
    _record(request, asked, unit, people.count())
    header = [_("NIP atau ID lokal"), _("Nama"), _("Status"), _("Jabatan"), _("Unit")]
    rows = (
        [
            posting.person.identifier,
            posting.person.full_name,
            posting.get_status_display(),
            posting.position,
            posting.unit.name,
        ]
        for posting in people.iterator(chunk_size=2000)
    )
    return export_response(request, name=_("belum-berikrar"), header=header, rows=rows)


def _asked_names(request: HttpRequest) -> tuple[Asked, Election, Unit]:
    asked = _asked(request)
    if asked.election is None or asked.unit is None:
        raise Http404
    if not coverage.may_see_names(actor_of(request), asked.unit):
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


@allow(duty(Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER))
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """``/cakupan/pengingat/``: says who will be written to, then queues the letters."""
    asked = _asked(request)
    if asked.election is None:
        raise Http404
    if request.method == "POST":
        return _queue(request, asked.government, asked.election)
    behind = coverage.remindable(actor_of(request), asked.government, asked.election)
    recent = reminding.recently_reminded(asked.government, asked.election, today.now())
    facts = {
        "asked": asked,
        "election": asked.election,
        "reachable": [each for each in behind if each.address and each.unit.id not in recent],
        "already": sum(1 for each in behind if each.unit.id in recent),
        "unreachable": [each for each in behind if not each.address],
        "sent": reminding.history(actor=actor_of(request), government=asked.government)[:100],
    }
    return render(request, "pledges/coverage/reminders.html", facts)


def _queue(request: HttpRequest, government: Government, election: Election) -> HttpResponse:
    with transaction.atomic():
        queued = reminding.queue_reminders(
            actor=actor_of(request), government=government, election=election, now=today.now()
        )
        if queued:
            send_reminders.enqueue(str(government.id))
    if queued:
        text = ngettext(
            "%(count)d pengingat diantrekan.", "%(count)d pengingat diantrekan.", len(queued)
        ) % {"count": len(queued)}
        messages.success(request, text)
    else:
        messages.info(
            request,
            _("Tidak ada yang dikirim: semua kepala unit sudah diingatkan dalam 20 jam terakhir."),
        )
    return redirect(f"{reverse('pledges:reminders')}?pemilu={election.id}")
