"""What a ceremony came to: figures, who is missing, and the minutes to print."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from netral.base.access import allow
from netral.base.tables import export_response
from netral.people.access import duty
from netral.people.services import privacy
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import SearchForm
from netral.pledges.models import Ceremony
from netral.pledges.queries import results
from netral.pledges.services.joint import Paper, joint_pdf
from netral.pledges.services.minutes import minutes_pdf
from netral.pledges.views.ceremonies import find
from netral.pledges.views.zones import in_zone_of

PAGE = 100
sees_missing = duty(results.SEES_MISSING)


@require_safe
@allow(organiser)
def result(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """Figures at this moment; during the signing they are those of the wall."""
    found = find(actor_of(request), ceremony)
    counted = results.result_of(found)
    with in_zone_of(found.government):
        context = {
            "ceremony": found,
            "result": counted,
            "page": Paginator(counted.standing.slowest, PAGE).get_page(request.GET.get("page")),
            "counted_at": timezone.now(),
            "sees_missing": sees_missing(request),
        }
        return render(request, "pledges/result.html", context)


@require_safe
@allow(organiser)
def minutes(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find(actor_of(request), ceremony)
    response = HttpResponse(minutes_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="berita-acara-{found.code}.pdf"'
    return response


@require_safe
@allow(organiser)
def joint(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """``?kertas=a3`` for the wall of the office, else A4."""
    found = find(actor_of(request), ceremony)
    paper: Paper = "a3" if request.GET.get("kertas") == "a3" else "a4"
    response = HttpResponse(joint_pdf(found, paper), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ikrar-bersama-{found.code}-{paper}.pdf"'
    return response


@require_safe
@allow(sees_missing)
def missing(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """The names of those who were invited and have not signed. Opening it is recorded."""
    found = find(actor_of(request), ceremony)
    form = SearchForm(request.GET or None)
    wanted = form.cleaned_data["cari"] if form.is_valid() else ""
    people = results.missing_from(found, actor_of(request), wanted)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    _note_view(request, found, {posting.person_id for posting in page.object_list})
    context = {"ceremony": found, "search": form, "page": page}
    return render(request, "pledges/missing.html", context)


@require_safe
@allow(sees_missing)
def export_missing(request: HttpRequest, ceremony: UUID) -> HttpResponseBase:
    found = find(actor_of(request), ceremony)
    people = list(results.missing_from(found, actor_of(request), request.GET.get("cari", "")))
    _note_view(request, found, {posting.person_id for posting in people})
    header = [_("NIP atau ID lokal"), _("Nama"), _("Status"), _("Jabatan"), _("Unit")]
    rows = (
        [
            posting.person.identifier,
            posting.person.full_name,
            posting.get_status_display(),
            posting.position,
            posting.unit.name,
        ]
        for posting in people
    )
    return export_response(request, name=_("belum-berikrar"), header=header, rows=rows)


def _note_view(request: HttpRequest, found: Ceremony, people: set[UUID]) -> None:
    privacy.record_list_view(
        actor=actor_of(request),
        government=found.government,
        what="pledges.missing",
        unit=None,
        count=len(people),
        people=people,
        now=timezone.now(),
    )
