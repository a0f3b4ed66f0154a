"""What a ceremony came to: figures, who is missing, and the minutes to print."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from netral.base import audit
from netral.base.access import allow
from netral.base.pdf import pdf_response
from netral.people.access import duty
from netral.pledges.access import actor_of, reads_ceremonies
from netral.pledges.forms import SearchForm
from netral.pledges.queries import results
from netral.pledges.services.agreeing import Contradicted, how_contradicted
from netral.pledges.services.joint import Paper, joint_pdf
from netral.pledges.services.minutes import minutes_pdf
from netral.pledges.views.ceremonies import find, find_to_read, organises
from netral.pledges.views.names import export_people, note_view, with_offices
from netral.pledges.views.zones import in_zone_of

PAGE = 100
sees_missing = duty(results.SEES_MISSING)


@require_safe
@allow(reads_ceremonies)
def result(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """Figures of the closing; during the signing those of this moment, as on the wall."""
    found = find_to_read(actor_of(request), ceremony)
    counted = results.result_of(found)
    since = found.closed_at or found.opened_at
    with in_zone_of(found.government):
        context = {
            "ceremony": found,
            "result": counted,
            "page": Paginator(counted.standing.slowest, PAGE).get_page(request.GET.get("page")),
            "counted_at": timezone.now(),
            "organises": organises(request, found),
            "sees_missing": sees_missing(request),
            "is_stopped": bool(audit.contradiction()),
            "recount": since and audit.recounted_since(since),
        }
        return render(request, "pledges/result.html", context)


@require_safe
@allow(reads_ceremonies)
def agreement(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """The record against the log, now. A page of its own: it may take a second or more."""
    found = find_to_read(actor_of(request), ceremony)
    with in_zone_of(found.government):
        context = {
            "ceremony": found,
            "compared_at": timezone.now(),
            "count": found.signatures.count(),
            "refused": how_contradicted(found),
        }
        return render(request, "pledges/agreement.html", context)


@require_safe
@allow(reads_ceremonies)
def minutes(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find_to_read(actor_of(request), ceremony)
    return pdf_response(minutes_pdf(found), f"berita-acara-{found.code}.pdf")


@require_safe
@allow(reads_ceremonies)
def joint(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """``?kertas=a3`` for the wall of the office, else A4."""
    found = find_to_read(actor_of(request), ceremony)
    paper: Paper = "a3" if request.GET.get("kertas") == "a3" else "a4"
    try:
        made = joint_pdf(found, paper)
    except Contradicted as why:
        context = {"ceremony": found, "refused": str(why)}
        return render(request, "pledges/not_sealed.html", context, status=409)
    return pdf_response(made, f"ikrar-bersama-{found.code}-{paper}.pdf")


@require_safe
@allow(sees_missing)
def missing(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """The names of those who were invited and have not signed. Opening it is recorded."""
    found = find(actor_of(request), ceremony)
    form = SearchForm(request.GET or None)
    wanted = form.cleaned_data["cari"] if form.is_valid() else ""
    people = results.missing_from(found, actor_of(request), wanted)
    page = with_offices(Paginator(people, PAGE).get_page(request.GET.get("page")))
    note_view(
        request, found, "pledges.missing", {posting.person_id for posting in page.object_list}
    )
    context = {"ceremony": found, "search": form, "page": page}
    return render(request, "pledges/missing.html", context)


@require_safe
@allow(sees_missing)
def export_missing(request: HttpRequest, ceremony: UUID) -> HttpResponseBase:
    found = find(actor_of(request), ceremony)
    people = list(results.missing_from(found, actor_of(request), request.GET.get("cari", "")))
    note_view(request, found, "pledges.missing", {posting.person_id for posting in people})
    return export_people(request, people)
