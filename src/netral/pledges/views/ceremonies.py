"""The officers' pages of ceremonies: list, plan, look, print."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow
from netral.base.pdf import pdf_response
from netral.elections import today
from netral.elections.queries import election_to_prepare
from netral.people.models import Account, Government
from netral.pledges.access import actor_of, organiser, reads_ceremonies
from netral.pledges.forms import PlanForm
from netral.pledges.models import Ceremony
from netral.pledges.queries import ceremonies as ceremony_queries
from netral.pledges.queries import wall as wall_queries
from netral.pledges.queries.ceremonies import READERS
from netral.pledges.rules import moves
from netral.pledges.rules.wording import Wording
from netral.pledges.services import ceremonies as ceremony_services
from netral.pledges.services import documents
from netral.pledges.views.zones import in_zone_of


def find(actor: Account, ceremony: UUID) -> Ceremony:
    """One that the officer organises."""
    return get_object_or_404(ceremony_queries.ceremonies_for(actor), pk=ceremony)


def find_to_read(actor: Account, ceremony: UUID) -> Ceremony:
    """One that the officer organises or may look at."""
    readable = ceremony_queries.ceremonies_for(actor, READERS)
    return get_object_or_404(readable, pk=ceremony)


def organises(request: HttpRequest, ceremony: Ceremony) -> bool:
    """Whether what changes something is offered for this ceremony."""
    own = ceremony_queries.ceremonies_for(actor_of(request))
    return organiser(request) and own.filter(pk=ceremony.pk).exists()


@require_safe
@allow(reads_ceremonies)
def ceremony_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    ceremonies = ceremony_queries.with_figures(ceremony_queries.ceremonies_for(actor, READERS))
    page = Paginator(ceremonies, 25).get_page(request.GET.get("page"))
    office = ceremony_queries.office_of(actor, READERS)
    texts = ceremony_queries.texts_for(actor, READERS)
    context = {
        "page": page,
        "plans": organiser(request),
        "has_text": texts.filter(published_at__isnull=False).exists(),
    }
    if office is None:
        raise Http404
    with in_zone_of(office):
        return render(request, "pledges/ceremonies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def new(request: HttpRequest) -> HttpResponse:
    office = ceremony_queries.office_of(actor_of(request))
    if office is None:
        raise Http404
    with in_zone_of(office):
        if _is_search(request):
            return _form_page(request, _searching(request, office), None)
        form = PlanForm(
            request.POST or None,
            actor=actor_of(request),
            government=office,
            initial=_first_guess(request, office),
        )
        if request.method == "POST" and form.is_valid():
            ceremony = ceremony_services.plan_ceremony(
                government=office, plan=form.plan(), actor=actor_of(request), now=timezone.now()
            )
            _warn_of_the_past(request, ceremony.planned_at)
            return redirect("pledges:ceremony", ceremony.pk)
        return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def edit(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find(actor_of(request), ceremony)
    if not moves.may_edit(found.state):
        messages.warning(
            request, _("Pembacaan sudah dimulai, jadi rencana ikrar ini tidak dapat diubah lagi.")
        )
        return redirect("pledges:ceremony", found.pk)
    with in_zone_of(found.government):
        if _is_search(request):
            return _form_page(request, _searching(request, found.government), found)
        form = PlanForm(
            request.POST or None,
            instance=found,
            actor=actor_of(request),
            government=found.government,
        )
        if request.method == "POST" and form.is_valid():
            return _save(request, found, form)
        return _form_page(request, form, found)


@require_safe
@allow(reads_ceremonies)
def one(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find_to_read(actor_of(request), ceremony)
    with in_zone_of(found.government):
        return render(
            request,
            "pledges/ceremony.html",
            {
                "ceremony": found,
                "wording": Wording.from_dict(found.wording),
                "units": found.units.all(),
                "standing": wall_queries.standing_of(found, fresh=True),
                "moves": found.moves.select_related("actor"),
                "organises": organises(request, found),
                "may_edit": moves.may_edit(found.state),
                "takes_paper": moves.takes_paper(found.state),
                "wall_address": documents.public_address("pledges:wall", found.code),
                "phone_address": documents.public_address("pledges:invitation", found.code),
            },
        )


@require_safe
@allow(reads_ceremonies)
def pdf(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """The pledge as read in this ceremony, to be printed and signed by its leader."""
    found = find_to_read(actor_of(request), ceremony)
    name = documents.pledge_file_name(Wording.from_dict(found.wording))
    return pdf_response(documents.pledge_pdf(found), f"{name}-{found.code}.pdf")


@require_safe
@allow(organiser)
def way_in(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """Address, QR and code on one page, for the door and the tables of the hall."""
    found = find(actor_of(request), ceremony)
    return pdf_response(documents.way_in_pdf(found), f"alamat-dan-kode-{found.code}.pdf")


@require_safe
@allow(organiser)
def blank_sheet(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    """The empty list of signatures, to be printed for those who sign on paper."""
    found = find(actor_of(request), ceremony)
    return pdf_response(documents.blank_sheet_pdf(found), f"lembar-tanda-tangan-{found.code}.pdf")


def _is_search(request: HttpRequest) -> bool:
    return request.POST.get("deed") in {"cari-unit", "semua-unit"}


def _searching(request: HttpRequest, office: Government) -> PlanForm:
    """The form as it was filled in, unchecked, with the units that match."""
    typed: dict[str, Any] = {**request.POST.dict(), "units": request.POST.getlist("units")}
    search = typed.get("cari_unit", "") if typed["deed"] == "cari-unit" else ""
    return PlanForm(
        actor=actor_of(request), government=office, initial=typed, search=search.strip()[:100]
    )


def _save(request: HttpRequest, ceremony: Ceremony, form: PlanForm) -> HttpResponse:
    try:
        ceremony_services.edit_ceremony(
            ceremony=ceremony, plan=form.plan(), actor=actor_of(request), now=timezone.now()
        )
        messages.success(request, _("Rencana ikrar disimpan."))
        _warn_of_the_past(request, form.plan().planned_at)
    except ceremony_services.OutOfStep:
        messages.warning(
            request, _("Pembacaan baru saja dimulai, jadi perubahan tadi tidak disimpan.")
        )
    return redirect("pledges:ceremony", ceremony.pk)


def _warn_of_the_past(request: HttpRequest, planned_at: datetime) -> None:
    if planned_at < timezone.now():
        messages.warning(request, _("Waktu yang direncanakan sudah lewat; periksa tanggalnya."))


def _form_page(request: HttpRequest, form: PlanForm, ceremony: Ceremony | None) -> HttpResponse:
    context = {"form": form, "ceremony": ceremony}
    return render(
        request, "pledges/ceremony_form.html", context, status=422 if form.errors else 200
    )


def _first_guess(request: HttpRequest, office: Government) -> dict[str, object]:
    """The election to prepare for, and the text: ``?naskah=``, from whose page somebody comes,
    else the newest that is published."""
    texts = ceremony_queries.texts_for(actor_of(request)).filter(government=office)
    newest = texts.exclude(published_at=None).order_by("-version").first()
    tomorrow = timezone.localtime() + timedelta(days=1)
    return {
        "title": _("Ikrar netralitas pegawai"),
        "election": election_to_prepare(office, today.now()),
        "place": office.seat,
        "text": request.GET.get("naskah") or newest,
        "planned_at": tomorrow.replace(hour=8, minute=0, second=0, microsecond=0),
    }
