"""Printing slips with claim codes."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from netral.base.access import allow
from netral.base.pdf import pdf_response
from netral.people import tasks, zone
from netral.people.access import duty
from netral.people.forms.slips import SlipsForm
from netral.people.models import Account, Duty, SlipBatch
from netral.people.queries import accounts as account_queries
from netral.people.queries import authority, workplace
from netral.people.queries import slips as slip_queries
from netral.people.services import recovering, sealing
from netral.people.services import slips as slip_services

personnel = duty(Duty.Kind.PERSONNEL)


def _actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # the rule let nobody else in
    return request.user


def _batch_or_404(request: HttpRequest, key: UUID) -> SlipBatch:
    batch = slip_queries.batches_of(_actor(request)).filter(pk=key).first()
    if batch is None:
        raise Http404
    return batch


@allow(personnel)
def slips(request: HttpRequest) -> HttpResponse:
    """Ask for slips, and see those asked for before."""
    actor = _actor(request)
    government = workplace.among(actor, slip_queries.governments_for(actor))
    if government is None:
        raise Http404
    form, asks = SlipsForm(request.POST or None, actor=actor, government=government), None
    if request.method == "POST" and form.is_valid():
        try:
            batch, private = slip_services.request_batch(
                actor=actor,
                government=government,
                unit=form.cleaned_data["unit"],
                whom=form.cleaned_data["whom"],
                replacing=_count(request.POST.get("replacing", "")),
                opening=_count(request.POST.get("opening", "")),
                now=timezone.now(),
            )
        except slip_services.NobodyLeft:
            form.add_error(None, _("Tidak ada pegawai di pilihan ini yang memerlukan slip."))
        except slip_services.WouldReplace as found:
            asks = found
        else:
            tasks.make_slips.enqueue(str(batch.pk))
            return _with_key(batch, private)
    batches = slip_queries.batches_of(actor)[:20]
    values = {"form": form, "batches": batches, "asks": asks}
    return render(request, "people/slips/list.html", values)


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _with_key(batch: SlipBatch, private: str) -> HttpResponse:
    """The private key goes to this browser alone, for the batch's own address alone."""
    address = reverse("people:slips_batch", args=[batch.pk])
    response = HttpResponseRedirect(address)
    response.set_cookie(
        _cookie(batch),
        private,
        max_age=int(slip_services.KEPT_FOR.total_seconds()),
        path=address,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def _cookie(batch: SlipBatch) -> str:
    return f"slip_{batch.pk.hex}"


@allow(personnel)
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is: as a page, and as JSON for the script of the page that follows it."""
    found = _batch_or_404(request, key)
    is_working = found.state in {SlipBatch.State.WAITING, SlipBatch.State.WORKING}
    text = _("%(done)s dari %(total)s") % {"done": found.done, "total": found.total}
    if request.headers.get("Accept") == "application/json":
        here = None if is_working else request.path
        state = {"done": found.done, "total": found.total, "text": text}
        return JsonResponse({**state, "finished": not is_working, "next": here})
    values = {
        "batch": found,
        "text": text,
        "is_working": is_working,
        "has_key": _cookie(found) in request.COOKIES,
        "is_over": timezone.now() >= found.keep_until,
    }
    return render(request, "people/slips/batch.html", values)


@allow(personnel)
@require_POST
def download(request: HttpRequest, key: UUID) -> HttpResponseBase:
    found = _batch_or_404(request, key)
    try:
        name, pieces = slip_services.fetch(
            batch=found,
            private_key=request.COOKIES.get(_cookie(found), ""),
            now=timezone.now(),
        )
    except (slip_services.NotReady, sealing.CannotOpen):
        messages.error(
            request,
            _("Slip ini tidak dapat dibuka lagi di peramban ini; buat slip baru."),
        )
        return HttpResponseRedirect(reverse("people:slips_batch", args=[found.pk]))
    kind = "application/zip" if name.endswith(".zip") else "application/pdf"
    response = StreamingHttpResponse(pieces, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@allow(personnel)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person's slip as a PDF: lost, or the password is forgotten.

    When it makes an older one worthless, the page says so and asks first.
    """
    actor, now = _actor(request), timezone.now()
    found = authority.people_of(actor, Duty.Kind.PERSONNEL).filter(pk=person).first()
    if found is None:
        raise Http404
    usable = slip_queries.usable_slip_of(found, now)
    if request.method == "POST":
        knows = usable is not None and request.POST.get("instead_of") == str(usable.pk)
        try:
            pdf = slip_services.print_for_person(
                actor=actor, person=found, now=now, instead_of=usable if knows else None
            )
        except slip_services.WouldReplace:
            pass  # the page that asks
        else:
            return pdf_response(pdf, "slip.pdf", to_keep=True)
    zone.activate_for(found.government)
    account = Account.objects.filter(person=found).first()
    values = {
        "person": found,
        "usable": usable,
        "alone": account_queries.comes_in_alone(account),
        "second_step": account is not None and is_mfa_enabled(account),
        "may_recover": not recovering.why_not(actor=actor, person=found),
    }
    return render(request, "people/slips/one.html", values)
