"""The wall: text, count and QR for the whole hall. Public, no names."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.pledges.queries import wall as wall_queries
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.queries.photo import photo_reminder
from netral.pledges.rules import wording
from netral.pledges.rules.wording import Wording
from netral.pledges.services.documents import public_address, qr_svg, typed_address
from netral.pledges.views.zones import in_zone_of


@require_safe
@allow(anyone)
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Whole without JavaScript too: then it refreshes itself every few seconds."""
    ceremony = by_wall_code(code)
    if ceremony is None:
        raise Http404
    if code != ceremony.code:
        return redirect("pledges:wall", ceremony.code)
    words = Wording.from_dict(ceremony.wording)
    with in_zone_of(ceremony.government):
        return render(
            request,
            "pledges/wall.html",
            {
                "ceremony": ceremony,
                "wording": words,
                "stops": wording.stops(words),
                "size": wording.size_on_wall(words),
                "standing": wall_queries.standing_of(ceremony),
                "qr": qr_svg(public_address("pledges:invitation", ceremony.code)),
                "short_address": typed_address(),
                "photo": photo_reminder(),
            },
        )
