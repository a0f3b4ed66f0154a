"""The public total of a ceremony: its count and root, and the list to count them again."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from netral.base import audit
from netral.base.access import allow, anyone
from netral.pledges.models import Ceremony
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.queries.closings import closed_despite
from netral.pledges.rules import moves
from netral.pledges.services.joint import remarks_on, total_of
from netral.pledges.services.recounting import signature_list
from netral.pledges.views.zones import in_zone_of


@require_safe
@allow(anyone)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """``/bersama/7K3M/``: where the QR of the joint document leads."""
    ceremony = _held(code)
    if code != ceremony.code:
        return redirect("pledges:recount", ceremony.code)
    total = total_of(ceremony)
    with in_zone_of(ceremony.government):
        facts = {
            "ceremony": ceremony,
            "total": total,
            "despite": closed_despite(ceremony),
            "remarks": remarks_on(total),
            "log": audit.state(),
        }
        return render(request, "pledges/recount.html", facts)


@require_safe
@allow(anyone)
def list_file(request: HttpRequest, code: str) -> HttpResponse:
    """Leaf hashes without names; ``netral log recount`` and the page itself read it."""
    ceremony = _held(code)
    found = signature_list(ceremony)
    if found is None:
        raise Http404
    response = HttpResponse(str(found), content_type="text/plain; charset=utf-8")
    name = f"daftar-{ceremony.code}.txt"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-cache"
    return response


def _held(code: str) -> Ceremony:
    """Only a ceremony whose signing has begun has something to count."""
    ceremony = by_wall_code(code)
    if ceremony is None or ceremony.state not in {moves.SIGNING, moves.CLOSED}:
        raise Http404
    return ceremony
