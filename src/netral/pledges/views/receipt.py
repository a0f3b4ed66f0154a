"""The receipt, for its signer alone."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from netral.base import audit
from netral.base.access import allow, signed_in
from netral.base.pdf import pdf_response
from netral.people.signin import came_by_slip
from netral.pledges.access import actor_of
from netral.pledges.models import Signature
from netral.pledges.queries.signatures import own_receipt
from netral.pledges.rules import codes
from netral.pledges.rules.wording import Wording
from netral.pledges.services.documents import public_address, qr_svg
from netral.pledges.services.receipts import receipt_pdf
from netral.pledges.views.check import proof_file, proof_of
from netral.pledges.views.zones import in_zone_of

PROOF_WAITS = "bukti-menyusul"
"""In the address of a receipt: its proof was asked for and is not there yet."""


@require_safe
@allow(signed_in)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    typed = codes.read_receipt_code(code)
    signature = own_receipt(actor_of(request), typed)
    if signature is None:
        return _not_theirs(request, typed)
    address = public_address("pledges:check_receipt", signature.receipt_code)
    with in_zone_of(signature.ceremony.government):
        return render(
            request,
            "pledges/receipt.html",
            {
                "signature": signature,
                "wording": Wording.from_dict(signature.ceremony.wording),
                "qr": qr_svg(address),
                "address": address.split("//", 1)[-1],
                "again": "lagi" in request.GET,
                "may_set_password": came_by_slip(request),
                "proof_waits": _waits(signature) if PROOF_WAITS in request.GET else None,
            },
        )


@require_safe
@allow(signed_in)
def receipt_file(request: HttpRequest, code: str) -> HttpResponse:
    signature = _own(request, code)
    proof = proof_of(signature, show_hidden=True)
    attached = proof if isinstance(proof, bytes) else b""
    made = receipt_pdf(signature, now=timezone.now(), proof=attached)
    return pdf_response(made, f"tanda-terima-{signature.receipt_code}.pdf", to_keep=True)


@require_safe
@allow(signed_in)
def receipt_proof(request: HttpRequest, code: str) -> HttpResponse:
    """The proof file that also opens whose signature it is: for the signer alone."""
    signature = _own(request, code)
    proof = proof_of(signature, show_hidden=True)
    if isinstance(proof, audit.Waiting):
        own = reverse("pledges:receipt", args=[signature.receipt_code])
        return redirect(f"{own}?{PROOF_WAITS}")
    return proof_file(signature, proof)


def _not_theirs(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds the printed receipt and finds nothing must not stand before a bare 404: the row
    may have been changed. The same answer whether there is such a code or not."""
    if not code:
        raise Http404
    return render(request, "pledges/receipt_of_nobody_here.html", {"code": code}, status=404)


def _waits(signature: Signature) -> audit.Waiting | None:
    """Why its proof is not there yet; None when it came meanwhile."""
    proof = proof_of(signature, show_hidden=False)
    return proof if isinstance(proof, audit.Waiting) else None


def _own(request: HttpRequest, code: str) -> Signature:
    signature = own_receipt(actor_of(request), codes.read_receipt_code(code))
    if signature is None:
        raise Http404
    return signature
