"""The sign page without a network: the page that stands in for it, and the service worker.

What the phone keeps, and until when: ``static/pledges/keep.js``. Who signs by a slip has no
session, so their press is kept with a ticket of its own, which signs and opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from netral.base.access import allow, anyone
from netral.base.offline import StandIn
from netral.people.models import Person
from netral.people.services import claiming
from netral.pledges import desk
from netral.pledges.models import Ceremony, Signature
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.rules import arrivals, levels, tickets
from netral.pledges.services import signing
from netral.pledges.services.signing import Refused, Signed

WISHES = StandIn(
    name="ikrar",
    route="pledges:kept",
    template="pledges/kept.html",
    facts=dict,
    files=("pledges/keep.js",),
    ours="/i/",
)


@require_safe
@allow(anyone)
def kept(request: HttpRequest) -> HttpResponse:
    """``/i/tersimpan``: the same for everybody, so that every phone can keep it."""
    return WISHES.page(request)


@require_safe
@allow(anyone)
def worker(request: HttpRequest) -> HttpResponse:
    """``/i/sw.js``, for the addresses below ``/i/``."""
    return WISHES.worker()


@dataclass(frozen=True)
class SlipTicket:
    """What a phone keeps of a press by slip: never the code, which would open the account."""

    ticket: str
    to: str


def ticket_by_slip(person: Person, code: str, ceremony: Ceremony) -> SlipTicket | None:
    """For the page of whoever has just typed their slip's ``code``; None for everybody else, and
    where a slip does not sign."""
    slip = claiming.key_of(code) if code else None
    if slip is None or not levels.takes(ceremony.accepts, Signature.Evidence.SLIP):
        return None
    ticket = tickets.issue(
        ceremony=ceremony.pk,
        person=person.pk,
        digest=ceremony.wording_digest,
        now=timezone.now(),
        key=_key_for(slip),
    )
    return SlipTicket(ticket, reverse("pledges:slip_arrives", args=[ceremony.code, slip]))


@csrf_exempt  # the ticket is what another site cannot know
@require_POST
@allow(anyone)
def slip_arrives(request: HttpRequest, code: str, slip: UUID) -> HttpResponse:
    """``POST /i/7K3M/slip/KEY``: a press by slip that waited on the phone.

    Signs once, however often it is sent. It signs nobody in and does not use the slip up: by now
    somebody else may hold the phone, and the slip is the person's way to their receipt.
    """
    ceremony = by_wall_code(code)
    outcome = _sign_by(request, ceremony, slip) if ceremony else None
    if isinstance(outcome, Signed):
        receipt = outcome.signature.receipt_code
        address = reverse("pledges:check_receipt", args=[receipt]) + "?slip=1"
        return JsonResponse({"address": address, "receipt": receipt, "is_new": outcome.is_new})
    status, content = desk.as_json(outcome, ceremony.code if ceremony else "")
    return JsonResponse(content, status=status)


def _sign_by(request: HttpRequest, ceremony: Ceremony, slip: UUID) -> Signed | Refused | None:
    """None for a ticket that is not ours, too old, or whose slip was replaced."""
    now = timezone.now()
    ticket = tickets.read(request.POST.get("tiket", ""), now=now, key=_key_for(slip))
    if ticket is None or ticket.ceremony != ceremony.pk.hex:
        return None
    person = UUID(ticket.person)
    claimed = arrivals.claimed_at(request.POST.get("saat", ""))
    pressed = arrivals.believed(claimed, issued=ticket.issued, arrived=now)
    if not ticket.was_good_at(pressed or now):
        return None
    if not claiming.still_stands(slip=slip, person=person):
        return None
    fits = ceremony.wording_digest.startswith(ticket.wording)
    return signing.sign(
        person=Person.objects.get(pk=person),
        ceremony=ceremony,
        text_digest=ceremony.wording_digest if fits else "",
        evidence=Signature.Evidence.SLIP,
        pressed=pressed,
        now=now,
    )


def _key_for(slip: UUID) -> bytes:
    """Another key for each slip, so that a ticket is good with its own slip only."""
    return salted_hmac("netral.pledges.slip-tickets", slip.hex, algorithm="sha256").digest()
