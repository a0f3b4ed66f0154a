"""Back, after signing by slip: the browser sends the old form again.

Signing in changed the token of forms, so what is sent again is refused, and rightly. But the
signature is there: whoever still holds its account is led to the receipt.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from netral.base import stale
from netral.people.services import claiming
from netral.pledges.models import Ceremony, Signature
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.queries.signatures import signatures_of

FORMS_WITH_A_SLIP = ("invitation_slip", "sign", "activate_here")


def register() -> None:
    for name in FORMS_WITH_A_SLIP:
        stale.add_guide(f"pledges:{name}", way_on)


def way_on(request: HttpRequest) -> stale.WayOn:
    match = request.resolver_match
    ceremony = by_wall_code(match.kwargs["code"]) if match else None
    if ceremony is None:
        return stale.WayOn(reverse("pledges:enter_code"))
    signature = _signed_by_holder(request, ceremony)
    if signature is None:
        return stale.WayOn(reverse("pledges:invitation", args=[ceremony.code]))
    receipt = reverse("pledges:receipt", args=[signature.receipt_code])
    return stale.WayOn(f"{receipt}?lagi=1", "pledges/signed_before.html")


def _signed_by_holder(request: HttpRequest, ceremony: Ceremony) -> Signature | None:
    """Only where the slip in the form is that of the account on this phone: with somebody else's
    slip, somebody else came to sign."""
    person = getattr(request.user, "person", None)
    slip = claiming.key_of(request.POST.get("slip", ""))
    if person is None or slip is None:
        return None
    if not claiming.still_stands(slip=slip, person=person.pk):
        return None
    return signatures_of(person).filter(ceremony=ceremony).first()
