"""A sheet uploaded by mistake goes; witnesses named wrongly are put right, for all to see."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from netral.base.access import allow
from netral.people.services import privacy
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import WitnessesForm
from netral.pledges.models import Ceremony, PaperSheet
from netral.pledges.services import sheet_repairs
from netral.pledges.views.paper import find_sheet
from netral.pledges.views.zones import in_zone_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def remove(request: HttpRequest, ceremony: UUID, sheet: UUID) -> HttpResponse:
    """Only while no signature was ever read off it; nothing is kept then."""
    found, one_sheet = find_sheet(request, ceremony, sheet)
    names = reverse("pledges:paper_names", args=[found.pk, one_sheet.pk])
    if one_sheet.signatures.exists():
        return _refuse(request, names)
    if request.method == "POST":
        try:
            sheet_repairs.remove_sheet(sheet=one_sheet, actor=actor_of(request))
        except sheet_repairs.InUse:
            return _refuse(request, names)
        messages.success(request, _("Lembar dan pindaiannya dihapus."))
        return redirect("pledges:paper", found.pk)
    context = {
        "ceremony": found,
        "sheet": one_sheet,
        "form": forms.Form(),
        "confirm_label": _("Hapus lembar"),
        "cancel_url": names,
    }
    with in_zone_of(found.government):
        return render(request, "pledges/paper_remove.html", context)


def _refuse(request: HttpRequest, names: str) -> HttpResponse:
    messages.warning(
        request,
        _(
            "Lembar ini memuat nama, juga bila sudah dicabut, sehingga tidak dapat dihapus. "
            "Saksinya dapat diperbaiki; nama yang keliru dapat dicabut."
        ),
    )
    return redirect(names)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def correct_witnesses(request: HttpRequest, ceremony: UUID, sheet: UUID) -> HttpResponse:
    """Others vouch for the sheet than those named at the upload; that stays on record."""
    found, one_sheet = find_sheet(request, ceremony, sheet)
    if not one_sheet.signatures.exists():
        return redirect("pledges:paper_remove", found.pk, one_sheet.pk)
    form = WitnessesForm(
        request.POST or None,
        initial={"witness": one_sheet.witness, "second_witness": one_sheet.second_witness},
        actor=actor_of(request),
        ceremony=found,
    )
    if request.method == "POST" and form.is_valid() and _correct(request, one_sheet, form):
        messages.success(request, _("Saksi lembar ini diperbaiki."))
        return redirect("pledges:paper_names", found.pk, one_sheet.pk)
    privacy.record_search(
        actor=actor_of(request),
        government=found.government,
        people=form.people_found(),
        now=timezone.now(),
    )
    return _witnesses_page(request, found, one_sheet, form)


def _correct(request: HttpRequest, sheet: PaperSheet, form: WitnessesForm) -> bool:
    try:
        sheet_repairs.correct_witnesses(
            sheet=sheet,
            witnesses=(form.cleaned_data["witness"], form.cleaned_data["second_witness"]),
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            now=timezone.now(),
        )
    except sheet_repairs.WitnessSigned as error:
        form.say_witness_signed(error.person)
        return False
    return True


def _witnesses_page(
    request: HttpRequest, found: Ceremony, sheet: PaperSheet, form: WitnessesForm
) -> HttpResponse:
    context = {
        "ceremony": found,
        "sheet": sheet,
        "form": form,
        "confirm_label": _("Perbaiki saksi"),
        "cancel_url": reverse("pledges:paper_names", args=[found.pk, sheet.pk]),
    }
    with in_zone_of(found.government):
        return render(
            request, "pledges/paper_witnesses.html", context, status=422 if form.errors else 200
        )
