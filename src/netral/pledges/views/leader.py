"""The leader's screen: what is read now, the next stop, and the moves of the ceremony."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netral.base.access import allow
from netral.base.tasks import recount_the_log
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import ClosingForm, ReasonForm
from netral.pledges.models import Ceremony
from netral.pledges.queries import wall as wall_queries
from netral.pledges.queries.closings import closed_despite
from netral.pledges.queries.photo import photo_reminder
from netral.pledges.rules import moves, wording
from netral.pledges.rules.wording import Wording
from netral.pledges.services import ceremonies as ceremony_services
from netral.pledges.services.agreeing import Contradicted
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.services.documents import public_address, qr_svg, typed_address
from netral.pledges.views.ceremonies import find
from netral.pledges.views.zones import in_zone_of

CONFIRMED = {moves.CLOSE.name, moves.REOPEN.name}
"""Moves that are asked about once more on a page of their own."""


@require_safe
@allow(organiser)
def lead(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find(actor_of(request), ceremony)
    stops = wording.stops(Wording.from_dict(found.wording))
    at = min(found.point_being_read, len(stops) - 1)
    with in_zone_of(found.government):
        return render(
            request,
            "pledges/lead.html",
            {
                "ceremony": found,
                "stops": stops,
                "stop": stops[at],
                "next": stops[at + 1] if at + 1 < len(stops) else None,
                "previous": stops[at - 1] if at else None,
                "standing": wall_queries.standing_of(found),
                "photo": photo_reminder(),
                "closed_despite": found.state == moves.CLOSED and closed_despite(found),
                "address": typed_address(),
                "qr": qr_svg(public_address("pledges:invitation", found.code)),
            },
        )


@require_POST
@allow(organiser)
def read(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """``tampak`` is the stop on the leader's screen: a double tap goes one stop, not two."""
    found = find(actor_of(request), ceremony)
    try:
        shown, target = int(request.POST["tampak"]), int(request.POST["ke"])
    except (KeyError, ValueError) as error:
        raise Http404 from error
    ceremony_services.read_stop(ceremony=found, shown=shown, target=target, actor=actor_of(request))
    return redirect("pledges:lead", found.pk)


@require_POST
@allow(organiser)
def show_after(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """What the wall shows after the closing; ``tampak`` and ``ke`` as for the reading."""
    found = find(actor_of(request), ceremony)
    ceremony_services.show_after(
        ceremony=found,
        shown=request.POST.get("tampak", ""),
        target=request.POST.get("ke", ""),
        actor=actor_of(request),
    )
    return redirect("pledges:lead", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def make_move(request: HttpRequest, ceremony: UUID, name: str) -> HttpResponse:
    found = find(actor_of(request), ceremony)
    step = moves.MOVES.get(name.replace("-", "_"))
    if step is None or (request.method != "POST" and step.name not in CONFIRMED):
        raise Http404
    if step is moves.START_READING and _asks_for_date(request, found):
        with in_zone_of(found.government):
            return render(
                request, "pledges/which_date.html", {"ceremony": found, "now": timezone.now()}
            )
    is_sent = request.method == "POST"
    is_asked = step.needs_reason or "reason" in request.POST
    form_class = ClosingForm if step is moves.CLOSE else ReasonForm
    form = form_class(request.POST if is_sent and is_asked else None)
    if not is_sent or (step.needs_reason and not form.is_valid()):
        return _confirm_page(request, found, step, form)
    return _move(request, found, step, form)


def _asks_for_date(request: HttpRequest, found: Ceremony) -> bool:
    """The text carries a date for good; on another day than planned the officer chooses which."""
    zone = found.government.time_zone
    planned = wording.spelled_date(found.planned_at, zone)
    is_chosen = request.POST.get("tanggal") in {"hari-ini", "rencana"}
    return planned != wording.spelled_date(timezone.now(), zone) and not is_chosen


def _move(
    request: HttpRequest, found: Ceremony, step: moves.Move, form: ReasonForm
) -> HttpResponse:
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        moved = ceremony_services.move(
            ceremony=found,
            name=step.name,
            actor=actor_of(request),
            now=timezone.now(),
            reason=reason,
            dated_today=request.POST.get("tanggal") == "hari-ini",
        )
    except Contradicted as why:
        return _confirm_page(request, found, step, form, refused=str(why))
    except OutOfStep:
        messages.info(request, _("Ikrar ini sudah berpindah tahap; inilah keadaannya sekarang."))
    else:
        if step is moves.CLOSE and closed_despite(moved):
            recount_the_log.enqueue()  # the public page of the log need not wait for the night
    return redirect("pledges:lead", found.pk)


def _confirm_page(
    request: HttpRequest,
    found: Ceremony,
    step: moves.Move,
    form: ReasonForm,
    *,
    refused: str = "",
) -> HttpResponse:
    template = "pledges/close.html" if step is moves.CLOSE else "pledges/reopen.html"
    context = {
        "ceremony": found,
        "form": form,
        "standing": wall_queries.standing_of(found),
        "refused": refused,
    }
    status = 409 if refused else 422 if form.errors else 200
    with in_zone_of(found.government):
        return render(request, template, context, status=status)
