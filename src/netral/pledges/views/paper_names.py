"""The names on one sheet: choose them, look at them once more, record them, withdraw a wrong one.

What is chosen travels in the form itself, so it survives searching and paging without JavaScript
and leaves no trace when the officer walks away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from netral.base.access import allow
from netral.people.models import Posting
from netral.pledges.access import actor_of, organiser
from netral.pledges.forms import ReasonForm
from netral.pledges.models import Ceremony, PaperSheet, Signature
from netral.pledges.queries.ceremonies import reading_began
from netral.pledges.queries.signatures import who_may_stand_on
from netral.pledges.rules import moves
from netral.pledges.rules.keys import keys_in
from netral.pledges.services import paper as paper_services
from netral.pledges.services import withdrawing
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.views.names import name_offices, note_view, with_offices
from netral.pledges.views.paper import find_sheet, problem_of
from netral.pledges.views.zones import in_zone_of

PAGE = 100
MOST = 500
"""More names do not stand on one sheet; a form of more fields would not be taken either."""


@dataclass(frozen=True)
class Choosing:
    """What the form has gathered so far."""

    people: frozenset[UUID]
    search: str
    page: str


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def names(request: HttpRequest, ceremony: UUID, sheet: UUID) -> HttpResponse:
    """Choose among those who have not signed yet; ``deed`` says which button was pressed."""
    found, one_sheet = find_sheet(request, ceremony, sheet)
    choosing = _choosing(request)
    deed = request.POST.get("deed", "")
    if deed in {"periksa", "catat"} and not choosing.people:
        messages.warning(request, _("Belum ada nama yang dicentang."))
    elif deed == "periksa":
        return _look_once_more(request, found, one_sheet, choosing)
    elif deed == "catat":
        _record(request, one_sheet, choosing)
        return redirect("pledges:paper_names", found.pk, one_sheet.pk)
    return _choose(request, found, one_sheet, choosing)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(organiser)
def withdraw(request: HttpRequest, ceremony: UUID, sheet: UUID, signature: UUID) -> HttpResponse:
    """A name that does not stand on the sheet after all: withdrawn with a reason, not deleted."""
    found, one_sheet = find_sheet(request, ceremony, sheet)
    wrong = get_object_or_404(
        one_sheet.signatures.select_related("person__merged_into", "ceremony", "unit"),
        pk=signature,
        withdrawal=None,
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdrawing.withdraw_paper(
                signature=wrong,
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
                now=timezone.now(),
            )
        except withdrawing.WithdrawnBefore as error:
            raise Http404 from error
        messages.success(request, _("Tanda tangan kertas itu dicabut dan tidak dihitung lagi."))
        return redirect("pledges:paper_names", found.pk, one_sheet.pk)
    context = {
        "ceremony": found,
        "sheet": one_sheet,
        "signature": wrong,
        "form": form,
        "confirm_label": _("Cabut tanda tangan"),
        "cancel_url": reverse("pledges:paper_names", args=[found.pk, one_sheet.pk]),
    }
    with in_zone_of(found.government):
        return render(
            request, "pledges/paper_withdraw.html", context, status=422 if form.errors else 200
        )


def _choosing(request: HttpRequest) -> Choosing:
    asked = request.POST if request.method == "POST" else request.GET
    keys = keys_in(asked.getlist("orang"))
    return Choosing(
        frozenset(keys[:MOST]), asked.get("cari", "").strip()[:100], asked.get("page", "1")
    )


def _choose(
    request: HttpRequest, found: Ceremony, sheet: PaperSheet, choosing: Choosing
) -> HttpResponse:
    postings = who_may_stand_on(sheet, actor_of(request), choosing.search)
    page = with_offices(Paginator(postings, PAGE).get_page(choosing.page))
    here = {posting.person_id for posting in page.object_list}
    elsewhere = _chosen(request, sheet, choosing.people - here)
    note_view(request, found, "pledges.paper", here | {posting.person_id for posting in elsewhere})
    recorded = _recorded(sheet)
    context = {
        "page": page,
        "search": choosing.search,
        "chosen": choosing.people,
        "elsewhere": elsewhere,
        "recorded": recorded,
        "corrections": sheet.corrections.select_related("actor", "witness", "second_witness"),
        "reading_began": reading_began(found),
        "scan_problem": problem_of(sheet),
        "takes_paper": moves.takes_paper(found.state),
        "standing": sum(1 for one in recorded if not one.is_withdrawn),
    }
    return _page(request, "pledges/paper_names.html", found, sheet, context)


def _recorded(sheet: PaperSheet) -> list[Signature]:
    beside = ("person", "unit", "withdrawal", "withdrawal__actor")
    found = list(sheet.signatures.select_related(*beside).order_by("person__name_key")[:MOST])
    name_offices(found)
    return found


def _look_once_more(
    request: HttpRequest, found: Ceremony, sheet: PaperSheet, choosing: Choosing
) -> HttpResponse:
    postings = list(_chosen(request, sheet, choosing.people))
    note_view(request, found, "pledges.paper", {posting.person_id for posting in postings})
    context = {
        "postings": postings,
        "passed_over": len(choosing.people) - len(postings),
        "search": choosing.search,
        "scan_problem": problem_of(sheet),
    }
    return _page(request, "pledges/paper_confirm.html", found, sheet, context)


def _chosen(request: HttpRequest, sheet: PaperSheet, people: frozenset[UUID]) -> QuerySet[Posting]:
    return who_may_stand_on(sheet, actor_of(request)).filter(person__in=people)


def _page(
    request: HttpRequest,
    template: str,
    found: Ceremony,
    sheet: PaperSheet,
    context: dict[str, Any],
) -> HttpResponse:
    with in_zone_of(found.government):
        return render(request, template, {"ceremony": found, "sheet": sheet, **context})


def _record(request: HttpRequest, sheet: PaperSheet, choosing: Choosing) -> None:
    try:
        entered = paper_services.enter_names(
            sheet=sheet, person_ids=choosing.people, actor=actor_of(request), now=timezone.now()
        )
    except PaperSheet.DoesNotExist as gone:
        raise Http404 from gone
    except OutOfStep:
        messages.warning(request, _("Lembar kertas baru diterima setelah penandatanganan dibuka."))
        return
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
                "%(number)d nama dilewati: sudah menandatangani, pindah, atau saksi lembar ini.",
                "%(number)d nama dilewati: sudah menandatangani, pindah, atau saksi lembar ini.",
                entered.skipped,
            )
            % {"number": entered.skipped},
        )
