"""Signatures on paper: attach the scanned sheet; its names follow in ``paper_names``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow
from netral.base.demo_mark import marked
from netral.people.services import privacy
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import SheetForm
from netral.pledges.models import Ceremony, PaperSheet
from netral.pledges.queries.ceremonies import reading_began
from netral.pledges.rules import moves, scans
from netral.pledges.services import paper as paper_services
from netral.pledges.services import paper_drafts, scans_kept
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.services.paper_drafts import Draft
from netral.pledges.views.ceremonies import find
from netral.pledges.views.zones import in_zone_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def sheets(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find(actor_of(request), ceremony)
    with in_zone_of(found.government):
        draft = _draft(request, found)
        form = _form(request, found, draft)
        if request.method == "POST" and form.is_valid():
            sheet = _attach(request, found, form)
            if sheet:
                if draft:
                    paper_drafts.drop(draft)
                return redirect("pledges:paper_names", found.pk, sheet.pk)
        privacy.record_search(
            actor=actor_of(request),
            government=found.government,
            people=form.people_found(),
            now=timezone.now(),
        )
        draft = _kept(request, found, form, draft)
        if draft:
            form.say_kept(draft)
        context = {
            "ceremony": found,
            "form": form,
            "draft": draft,
            "takes_paper": moves.takes_paper(found.state),
            "reading_began": reading_began(found),
            "sheets": found.sheets.select_related(
                "uploaded_by", "witness", "second_witness"
            ).annotate(
                names=Count("signatures", filter=Q(signatures__withdrawal=None)),
                withdrawn=Count("signatures__withdrawal"),
            ),
        }
        return render(request, "pledges/paper.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, found: Ceremony, draft: Draft | None) -> SheetForm:
    usual_time = found.opened_at or found.planned_at
    return SheetForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "signed_at": timezone.localtime(usual_time),
            "file": draft.open() if draft else None,
        },
        actor=actor_of(request),
        ceremony=found,
    )


def _draft(request: HttpRequest, found: Ceremony) -> Draft | None:
    return paper_drafts.find(
        note=request.POST.get("draft", ""),
        ceremony=found,
        actor=actor_of(request),
        now=timezone.now(),
    )


def _kept(
    request: HttpRequest, found: Ceremony, form: SheetForm, before: Draft | None
) -> Draft | None:
    """The scan of a form that comes back: what was chosen now, else what was kept before."""
    upload: Any = request.FILES.get("file")
    if upload is None or "file" in form.errors:
        return before
    try:
        draft = paper_drafts.keep(
            upload=upload, ceremony=found, actor=actor_of(request), now=timezone.now()
        )
    except paper_services.NotAScan:
        form.say_not_a_scan()
        return before
    except OutOfStep:
        return before
    if before:
        paper_drafts.drop(before)
    return draft


@require_safe
@allow(organiser)
def scan(request: HttpRequest, ceremony: UUID, sheet: UUID) -> HttpResponseBase:
    """The scan as a download, never shown inside the site: it is somebody else's file.

    Only what was uploaded: a file that was lost or exchanged on the disk is reported instead.
    """
    found, one_sheet = find_sheet(request, ceremony, sheet)
    problem = problem_of(one_sheet)
    if problem:
        messages.error(request, problem)
        return redirect("pledges:paper_names", found.pk, one_sheet.pk)
    response = FileResponse(
        one_sheet.file.open("rb"),
        as_attachment=True,
        filename=marked(f"ikrar-{found.code}-{one_sheet.digest[:8]}.{one_sheet.kind}"),
        content_type=scans.CONTENT_TYPES[one_sheet.kind],
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def problem_of(sheet: PaperSheet) -> str:
    state = scans_kept.state_of_scan(sheet)
    if state is scans_kept.ScanState.MISSING:
        return _(
            "Pindaian lembar ini tidak ada lagi di server. Minta pengelola mengembalikannya dari "
            "cadangan; catatan tanda tangannya tidak berubah."
        )
    if state is scans_kept.ScanState.OTHER:
        return _(
            "Berkas di server bukan pindaian yang dahulu diunggah: sidiknya lain. Jangan dipakai "
            "sebagai bukti; minta pengelola mengembalikan yang asli dari cadangan dan mencari tahu "
            "siapa yang menggantinya."
        )
    return ""


def find_sheet(request: HttpRequest, ceremony: UUID, sheet: UUID) -> tuple[Ceremony, PaperSheet]:
    found = find(actor_of(request), ceremony)
    return found, get_object_or_404(
        found.sheets.select_related("ceremony__government", "witness", "second_witness"), pk=sheet
    )


def _attach(request: HttpRequest, found: Ceremony, form: SheetForm) -> PaperSheet | None:
    try:
        return paper_services.attach_sheet(
            ceremony=found,
            upload=form.cleaned_data["file"],
            signed_at=form.cleaned_data["signed_at"],
            text_code=form.cleaned_data["text_code"],
            compared=form.cleaned_data["compared"],
            witnesses=(form.cleaned_data["witness"], form.cleaned_data["second_witness"]),
            actor=actor_of(request),
            now=timezone.now(),
        )
    except paper_services.NotAScan:
        form.say_not_a_scan()
    except paper_services.UploadedBefore as known:
        form.say_uploaded_before(known.sheet)
    except OutOfStep:
        form.add_error(None, _("Lembar kertas baru diterima setelah penandatanganan dibuka."))
    return None
