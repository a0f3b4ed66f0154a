"""Not signing with a reason, who reads that, and disputing a signature that is not one's own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow, signed_in
from netral.people.models import DataRequest
from netral.people.services import privacy
from netral.pledges.access import (
    actor_of,
    may_miss_some,
    note_written,
    reads_declines,
    shown_statements,
)
from netral.pledges.forms import DeclineForm, DisputeForm
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.queries.declines import declines_for, signed_in_their_name
from netral.pledges.queries.disputes import being_checked
from netral.pledges.queries.signatures import own_receipt
from netral.pledges.rules import codes
from netral.pledges.services import declining
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.views.zones import in_zone_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """``/i/CODE/tidak``: one's own statement, to write, to read again, to take back."""
    ceremony, person = by_wall_code(code), actor_of(request).person
    if ceremony is None or person is None:
        raise Http404
    shown = shown_statements(request, person)
    given = [each for each in shown if each.ceremony_id == ceremony.pk]
    if request.POST.get("deed") == "tarik":
        declining.take_back(given)
        messages.success(request, _("Pernyataan Anda sudah dihapus."))
        return redirect("people:mine")
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            written = declining.decline(
                person=person,
                ceremony=ceremony,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                instead_of=given[0] if given else None,
            )
        except (declining.SignedAlready, OutOfStep, PermissionDenied):
            return redirect("pledges:invitation", ceremony.code)
        note_written(request, written)
        return redirect("pledges:decline", ceremony.code)
    context = {
        "ceremony": ceremony,
        "form": form,
        "given": given,
        "against": signed_in_their_name(person, ceremony),
        "may_miss_some": may_miss_some(request),
    }
    with in_zone_of(ceremony.government):
        return render(request, "pledges/decline.html", context, status=422 if form.errors else 200)


@require_safe
@allow(reads_declines)
def declines(request: HttpRequest) -> HttpResponse:
    """Names and reasons, for the oversight duty alone. Opening it is recorded."""
    office = actor_of(request).government
    if office is None:
        raise Http404
    found = declines_for(actor_of(request)).filter(ceremony__government=office)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    shown = {each.person_id for each in page.object_list}
    privacy.record_list_view(
        actor=actor_of(request),
        government=office,
        what="pledges.declines",
        unit=None,
        count=len(shown),
        people=shown,
        now=timezone.now(),
    )
    with in_zone_of(office):
        return render(request, "pledges/declines.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(signed_in)
def dispute(request: HttpRequest, code: str) -> HttpResponse:
    """ "This is not my signature": becomes a request for correction, with its clock."""
    actor = actor_of(request)
    signature = own_receipt(actor, codes.read_receipt_code(code))
    if signature is None or signature.is_withdrawn or actor.person is None:
        raise Http404
    is_asked = signature.receipt_code in being_checked(actor.person)
    form = DisputeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not is_asked:
        sentence = _("Tanda tangan %(code)s pada %(ceremony)s bukan tanda tangan saya.") % {
            "code": signature.receipt_code,
            "ceremony": signature.ceremony.title,
        }
        privacy.ask(
            actor=actor,
            kind=DataRequest.Kind.CORRECTION,
            text=f"{sentence} {form.cleaned_data['note']}".strip(),
            now=timezone.now(),
        )
        messages.success(request, _("Permintaan Anda diterima dan dijawab dalam 3×24 jam."))
        return redirect("people:data")
    context = {"signature": signature, "form": form, "is_asked": is_asked}
    with in_zone_of(signature.ceremony.government):
        return render(request, "pledges/dispute.html", context, status=422 if form.errors else 200)
