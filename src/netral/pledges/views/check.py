"""The public check of a receipt: ceremony, time and kind of evidence, never the name."""

from __future__ import annotations

from contextlib import nullcontext

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from netral.base import audit, sealing
from netral.base.access import allow, anyone
from netral.people import devices
from netral.people.queries.accounts import only_government
from netral.people.services import throttling
from netral.pledges.forms import ReceiptForm
from netral.pledges.models import Signature
from netral.pledges.queries.signatures import public_receipt
from netral.pledges.queries.standing import standing_of
from netral.pledges.rules import codes
from netral.pledges.rules.wording import Wording, canonical
from netral.pledges.services.logging import KIND
from netral.pledges.views.zones import in_zone_of


@require_safe
@allow(anyone)
def check(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("pledges:check_receipt", form.cleaned_data["kode"])
    return _check_page(request, form)


def _check_page(
    request: HttpRequest, form: ReceiptForm, *, status: int = 200, **more: object
) -> HttpResponse:
    facts = {"form": form, "seal": sealing.fingerprint(), "log": audit.state(), **more}
    government = only_government()
    with in_zone_of(government) if government else nullcontext():
        return render(request, "pledges/check.html", facts, status=status)


@require_safe
@allow(anyone)
def check_receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Codes cannot be guessed (:mod:`rules.codes`), so only those that do not exist are counted."""
    typed = codes.read_receipt_code(code)
    signature = public_receipt(typed) if typed else None
    if signature is None:
        return _unknown(request, code)
    if code != typed:
        return redirect("pledges:check_receipt", typed)
    wording = Wording.from_dict(signature.ceremony.wording)
    with in_zone_of(signature.ceremony.government):
        return render(
            request,
            "pledges/check_receipt.html",
            {
                "signature": signature,
                "has_slip": "slip" in request.GET,
                "standing": standing_of(signature),
                "wording": wording,
                "words": canonical(wording),
                "log": audit.state(),
            },
        )


@require_safe
@allow(anyone)
def check_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The proof that a signature with this code is in the log; whose it is stays masked.

    503 with the reason while the log has not signed for it; 404 once it was erased.
    """
    signature = public_receipt(codes.read_receipt_code(code))
    if signature is None:
        return _unknown(request, code)
    with in_zone_of(signature.ceremony.government):
        proof = proof_of(signature, show_hidden=False)
        if isinstance(proof, audit.Waiting):
            return audit.not_ready(request, proof)
    return proof_file(signature, proof)


def proof_file(signature: Signature, proof: bytes | None) -> HttpResponse:
    """As a download. Raises Http404 once the signature was erased."""
    if proof is None:
        raise Http404
    return audit.as_proof_file(proof.decode(), f"bukti-{signature.receipt_code}")


def proof_of(signature: Signature, *, show_hidden: bool) -> bytes | audit.Waiting | None:
    """The proof file, or why it is not there yet; None once it was erased."""
    try:
        receipt = audit.prove(kind=KIND, reference=signature.pk, show_hidden=show_hidden)
    except audit.NotYet as not_yet:
        return audit.waiting(not_yet, logged_at=signature.recorded_at, now=timezone.now())
    return str(receipt).encode() if receipt else None


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    form = ReceiptForm({"kode": code[:20]})
    form.is_valid()
    try:
        throttling.note_wrong_code(origin=devices.origin_of(request), now=timezone.now())
    except throttling.MustWait as wait:
        message = _("Terlalu banyak kode yang tidak ada; coba lagi dalam beberapa menit.")
        response = _check_page(request, ReceiptForm(), status=429, message=message)
        response["Retry-After"] = str(wait.seconds)
        return response
    is_unknown = not form.errors
    if is_unknown:
        sentence = _("Tidak ada tanda tangan dengan kode ini; periksa lagi tiap huruf.")
        form.add_error("kode", sentence)
    return _check_page(request, form, status=404, is_unknown=is_unknown)


@require_safe
@allow(anyone)
def seal_certificate(request: HttpRequest) -> HttpResponse:
    """What a PDF reader needs to know whose seal the receipts carry."""
    response = HttpResponse(sealing.certificate_pem(), content_type="application/x-pem-file")
    response["Content-Disposition"] = 'attachment; filename="segel-netral.pem"'
    return response
