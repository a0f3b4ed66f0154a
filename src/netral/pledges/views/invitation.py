"""Where the wall's QR leads: who are you, read, sign. One thing per screen, no JavaScript needed.

Who signs is the account on this phone, or the person of the slip typed in right here. Nothing in
a form names a person, so nobody can sign for another.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from netral.base.access import allow, anyone
from netral.people import devices, signin
from netral.people.models import Person
from netral.people.services import claiming
from netral.pledges import desk
from netral.pledges.forms import CodeForm, SlipForm
from netral.pledges.models import Ceremony, Signature
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.queries.signatures import signatures_of
from netral.pledges.rules import codes, moves, tickets
from netral.pledges.rules.wording import Wording
from netral.pledges.services import proving, signing
from netral.pledges.services.signing import Refusal, Refused, Signed
from netral.pledges.views import keeping, passkeys
from netral.pledges.views.zones import in_zone_of


@dataclass(frozen=True)
class Signer:
    """Who stands before the page, and by what it is known."""

    person: Person
    slip: str = ""
    """The slip code just typed; empty for the account on this phone."""

    @property
    def evidence(self) -> Signature.Evidence:
        return Signature.Evidence.SLIP if self.slip else Signature.Evidence.ACCOUNT


@require_safe
@allow(anyone)
def enter_code(request: HttpRequest) -> HttpResponse:
    """``/i/``: the code on the wall, for whoever cannot scan the QR."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        ceremony = by_wall_code(form.cleaned_data["kode"])
        if ceremony:
            return redirect("pledges:invitation", ceremony.code)
        form.add_error("kode", _("Tidak ada ikrar dengan kode ini; lihat lagi kode di layar."))
    return render(request, "pledges/enter_code.html", {"form": form})


@require_safe
@allow(anyone)
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    ceremony = by_wall_code(code)
    if ceremony is None:
        return _unknown(request, code)
    if code != ceremony.code:
        return redirect("pledges:invitation", ceremony.code)
    person = getattr(request.user, "person", None)
    if request.user.is_authenticated and person is None:
        return _page(request, ceremony, "not_staff")
    if person is None:
        return _ask_for_slip(request, ceremony, SlipForm())
    return _show_text(request, ceremony, Signer(person))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(anyone)
def show_slip(request: HttpRequest, code: str) -> HttpResponse:
    """A slip code typed in: shows the text to its person. Nothing is used up yet.

    Whoever comes back here by GET (the language switch, the back button, a reload) starts again
    at the page of the QR.
    """
    ceremony = by_wall_code(code)
    if ceremony is None:
        return _unknown(request, code)
    if request.method != "POST":
        return redirect("pledges:invitation", ceremony.code)
    form = SlipForm(request.POST)
    if form.is_valid():
        signer = _signer_by_slip(request, form.cleaned_data["slip"])
        if isinstance(signer, Signer):
            return _show_text(request, ceremony, signer)
        form.add_error("slip", signer)
    return _ask_for_slip(request, ceremony, form)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(anyone)
def sign_here(request: HttpRequest, code: str) -> HttpResponse:
    """The one button. Pressed twice, or sent again by a bad network: the same receipt."""
    ceremony = by_wall_code(code)
    if ceremony is None:
        return _unknown(request, code)
    if request.method != "POST":
        return redirect("pledges:invitation", ceremony.code)
    signer = _signer_of(request)
    if not isinstance(signer, Signer):
        form = SlipForm(request.POST)
        form.is_valid()
        if signer:
            form.add_error("slip", signer)
        return _ask_for_slip(request, ceremony, form)
    outcome = signing.sign(
        person=signer.person,
        ceremony=ceremony,
        text_digest=request.POST.get("naskah", ""),
        evidence=signer.evidence,
        now=timezone.now(),
    )
    if isinstance(outcome, Refused):
        return _say_why_not(request, ceremony, signer, outcome.reason)
    return _to_receipt(request, signer, outcome)


@csrf_exempt  # the ticket is what another site cannot know
@require_POST
@allow(anyone)
def sign_with_ticket(request: HttpRequest, code: str) -> HttpResponse:
    """What :mod:`netral.pledges.desk` does, where the server runs no ASGI."""
    wish = desk.read_wish(request.POST.dict(), key=desk.ticket_key())
    outcome = proving.sign_proved([wish], now=timezone.now())[0] if wish else None
    wall_code = codes.read_wall_code(code)
    if request.headers.get("Accept") == "application/json":
        status, content = desk.as_json(outcome, wall_code)
        return JsonResponse(content, status=status)
    return HttpResponseRedirect(desk.address_after(outcome, wall_code))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(anyone)
def activate_here(request: HttpRequest, code: str) -> HttpResponse:
    """A slip where only passkeys sign: opens its account, makes the passkey, and comes back."""
    ceremony = by_wall_code(code)
    if ceremony is None:
        return _unknown(request, code)
    signer = _signer_by_slip(request, request.POST.get("slip", ""))
    if request.method != "POST" or not isinstance(signer, Signer):
        return redirect("pledges:invitation", ceremony.code)
    _open_account(request, signer)
    response = redirect(passkeys.address_to_make_one(ceremony))
    devices.mark(request, response)
    return response


def _open_account(request: HttpRequest, signer: Signer) -> None:
    """Uses the slip up."""
    account = claiming.claim_with_code(
        code=signer.slip, now=timezone.now(), origin=devices.origin_of(request)
    )
    signin.sign_in_at_ceremony(request, account)


def _to_receipt(request: HttpRequest, signer: Signer, outcome: Signed) -> HttpResponse:
    """The signature is durable by now. The slip is used up only here, so that a phone that
    fails in between can begin again with the same slip."""
    if signer.slip:
        _open_account(request, signer)
    response = redirect("pledges:receipt", outcome.signature.receipt_code)
    if not outcome.is_new:
        response["Location"] += "?lagi=1"
    devices.mark(request, response)
    return response


def _signer_of(request: HttpRequest) -> Signer | ValidationError | None:
    """By the slip in the form if there is one, else by the account. None if neither."""
    slip = request.POST.get("slip", "")
    if slip:
        return _signer_by_slip(request, slip)
    person = getattr(request.user, "person", None)
    return Signer(person) if person else None


def _signer_by_slip(request: HttpRequest, slip: str) -> Signer | ValidationError:
    found = claiming.identify_by_code(
        code=slip, now=timezone.now(), origin=devices.origin_of(request)
    )
    if isinstance(found, claiming.Refusal):
        return ValidationError(found.message, code=found.reason.value)
    if not isinstance(found, Person):
        return ValidationError(
            _("Kode ini untuk akun petugas luar; ikrar ditandatangani oleh pegawai.")
        )
    return Signer(found, slip)


def _show_text(request: HttpRequest, ceremony: Ceremony, signer: Signer) -> HttpResponse:
    earlier = signatures_of(signer.person).filter(ceremony=ceremony).first()
    if earlier and not signer.slip:
        # Perhaps the next person holds this phone: the page then says whose receipt it is.
        return redirect(reverse("pledges:receipt", args=[earlier.receipt_code]) + "?lagi=1")
    if earlier is None and ceremony.state == moves.CLOSED:
        return _say_why_not(request, ceremony, signer, Refusal.CLOSED)
    posting = signing.current_posting(signer.person)
    reason = signing.refusal_of(ceremony, posting, ceremony.wording_digest)
    if earlier is None and reason in {Refusal.NOT_COVERED, Refusal.NOT_ON_REGISTER}:
        return _say_why_not(request, ceremony, signer, reason)
    ticket = "" if signer.slip else _ticket_for(signer, ceremony)
    return _page(
        request,
        ceremony,
        "text",
        signer=signer,
        unit=posting.unit if posting else None,
        is_open=moves.takes_signatures(ceremony.state) or earlier is not None,
        why_again=request.GET.get("alasan"),
        ticket=ticket,
        has_signed=earlier is not None,
        is_from_paper=earlier is not None and earlier.evidence == Signature.Evidence.PAPER,
        is_slip_used=earlier is not None and claiming.is_used_up(signer.slip),
        kept_slip=None if earlier else keeping.ticket_by_slip(signer.person, signer.slip, ceremony),
        passkey=passkeys.choice_for(request, ceremony, ticket),
    )


def _ticket_for(signer: Signer, ceremony: Ceremony) -> str:
    return tickets.issue(
        ceremony=ceremony.pk,
        person=signer.person.pk,
        digest=ceremony.wording_digest,
        now=timezone.now(),
        key=desk.ticket_key(),
    )


def _say_why_not(
    request: HttpRequest, ceremony: Ceremony, signer: Signer, reason: Refusal
) -> HttpResponse:
    """A refusal never loses anybody: a stale or early page shows the text as it is now."""
    ceremony.refresh_from_db()
    if reason in {Refusal.STALE_TEXT, Refusal.NOT_OPEN, Refusal.PASSKEY_NEEDED}:
        return _page(
            request,
            ceremony,
            "text",
            signer=signer,
            is_open=moves.takes_signatures(ceremony.state),
            why_again=reason.value,
            passkey=passkeys.choice_for(request, ceremony, ""),
            status=409,
        )
    status = 409 if request.method == "POST" else 200
    return _page(request, ceremony, "refused", signer=signer, reason=reason.value, status=status)


def _ask_for_slip(request: HttpRequest, ceremony: Ceremony, form: SlipForm) -> HttpResponse:
    if ceremony.state == moves.CLOSED and not form.is_bound:
        return _page(request, ceremony, "refused", reason=Refusal.CLOSED.value)
    response = _page(
        request,
        ceremony,
        "slip",
        form=form,
        is_used=_says_used(form),
        why_again=request.GET.get("alasan"),
        status=422 if form.is_bound else 200,
    )
    devices.mark(request, response)
    return response


def _says_used(form: SlipForm) -> bool:
    return any(
        error.code == claiming.Reason.USED.value for error in form.errors.as_data().get("slip", [])
    )


def _page(
    request: HttpRequest, ceremony: Ceremony, name: str, *, status: int = 200, **context: object
) -> HttpResponse:
    context |= {"ceremony": ceremony, "wording": Wording.from_dict(ceremony.wording)}
    with in_zone_of(ceremony.government):
        return render(request, f"pledges/invitation_{name}.html", context, status=status)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    form = CodeForm({"kode": codes.read_wall_code(code)})
    form.is_valid()
    form.add_error("kode", _("Tidak ada ikrar dengan kode ini; lihat lagi kode di layar."))
    return render(request, "pledges/enter_code.html", {"form": form}, status=404)
