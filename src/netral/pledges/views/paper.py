"""Signatures on paper: attach the scanned sheet, then tick the names that stand on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow
from netral.people.services import privacy
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import SearchForm, SheetForm
from netral.pledges.models import Ceremony, PaperSheet
from netral.pledges.queries.signatures import unsigned_postings
from netral.pledges.rules import moves, scans
from netral.pledges.services import paper as paper_services
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.views.ceremonies import find
from netral.pledges.views.zones import in_zone_of

PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def sheets(request: HttpRequest, ceremony: UUID) -> HttpResponse:
    found = find(actor_of(request), ceremony)
    with in_zone_of(found.government):
        usual_time = found.opened_at or found.planned_at
        initial = {"signed_at": timezone.localtime(usual_time)}
        form = SheetForm(request.POST or None, request.FILES or None, initial=initial)
        if request.method == "POST" and form.is_valid():
            sheet = _attach(request, found, form)
            if sheet:
                return redirect("pledges:paper_names", found.pk, sheet.pk)
        context = {
            "ceremony": found,
            "form": form,
            "takes_paper": moves.takes_paper(found.state),
            "sheets": found.sheets.select_related("uploaded_by").annotate(
                names=Count("signatures")
            ),
        }
        return render(request, "pledges/paper.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def names(request: HttpRequest, ceremony: UUID, sheet: UUID) -> HttpResponse:
    """Who has not signed yet, searchable; what is ticked is entered as signed on this sheet."""
    found, one_sheet = _sheet(request, ceremony, sheet)
    if request.method == "POST":
        _enter(request, one_sheet)
        return redirect(request.get_full_path())
    search = SearchForm(request.GET or None)
    wanted = search.cleaned_data["cari"] if search.is_valid() else ""
    postings = unsigned_postings(found, actor_of(request), wanted)
    page = Paginator(postings, PAGE).get_page(request.GET.get("page"))
    shown = {posting.person_id for posting in page.object_list}
    privacy.record_list_view(
        actor=actor_of(request),
        government=found.government,
        what="pledges.paper",
        unit=None,
        count=len(shown),
        people=shown,
        now=timezone.now(),
    )
    with in_zone_of(found.government):
        return render(
            request,
            "pledges/paper_names.html",
            {
                "ceremony": found,
                "sheet": one_sheet,
                "page": page,
                "search": search,
                "entered": one_sheet.signatures.select_related("person", "unit").order_by(
                    "person__name_key"
                )[:500],
            },
        )


@require_safe
@allow(organiser)
def scan(request: HttpRequest, ceremony: UUID, sheet: UUID) -> FileResponse:
    """The scan as a download, never shown inside the site: it is somebody else's file."""
    found, one_sheet = _sheet(request, ceremony, sheet)
    response = FileResponse(
        one_sheet.file.open("rb"),
        as_attachment=True,
        filename=f"ikrar-{found.code}-{one_sheet.digest[:8]}.{one_sheet.kind}",
        content_type=scans.CONTENT_TYPES[one_sheet.kind],
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _sheet(request: HttpRequest, ceremony: UUID, sheet: UUID) -> tuple[Ceremony, PaperSheet]:
    found = find(actor_of(request), ceremony)
    return found, get_object_or_404(found.sheets.select_related("ceremony"), pk=sheet)


def _attach(request: HttpRequest, found: Ceremony, form: SheetForm) -> PaperSheet | None:
    try:
        return paper_services.attach_sheet(
            ceremony=found,
            upload=form.cleaned_data["file"],
            signed_at=form.cleaned_data["signed_at"],
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


def _enter(request: HttpRequest, sheet: PaperSheet) -> None:
    ticked = [UUID(key) for key in request.POST.getlist("orang")[: PAGE * 5] if _is_key(key)]
    if not ticked:
        messages.warning(request, _("Belum ada nama yang dicentang."))
        return
    entered = paper_services.enter_names(
        sheet=sheet, person_ids=ticked, actor=actor_of(request), now=timezone.now()
    )
    messages.success(
        request,
        ngettext(
            "%(number)d tanda tangan kertas dicatat.",
            "%(number)d tanda tangan kertas dicatat.",
            entered.written,
        )
        % {"number": entered.written},
    )
    if entered.skipped:
        messages.info(
            request,
            ngettext(
                "%(number)d nama dilewati karena sudah menandatangani atau sudah pindah.",
                "%(number)d nama dilewati karena sudah menandatangani atau sudah pindah.",
                entered.skipped,
            )
            % {"number": entered.skipped},
        )


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
