"""The public total of a ceremony: its count and root, and the list to count them again."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from netral.base import audit
from netral.base.access import allow, anyone
from netral.base.demo_mark import marked
from netral.people.queries.accounts import only_government
from netral.pledges.forms import SheetCodeForm
from netral.pledges.models import Ceremony
from netral.pledges.queries.closings import closed_despite
from netral.pledges.queries.sealed import countable, with_joint_document
from netral.pledges.rules import declines
from netral.pledges.rules.wording import Wording
from netral.pledges.services.joint import remarks_on, total_of
from netral.pledges.services.recounting import signature_list
from netral.pledges.views.zones import in_zone_of

PAGE = 20
SMALLEST_HALL = declines.SMALLEST_HALL
"""In a smaller one "9 of 10" points at somebody; whoever has the sheet reads it there."""


@require_safe
@allow(anyone)
def overview(request: HttpRequest) -> HttpResponse:
    """``/bersama/``: for whoever has a sheet before them, or only heard that there is one."""
    form = SheetCodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        ceremony = countable(form.cleaned_data["kode"])
        if ceremony:
            return redirect("pledges:recount", ceremony.code)
        form.add_error("kode", _("Tidak ada ikrar bersama dengan kode ini; lihat lagi lembarnya."))
    page = Paginator(with_joint_document(), PAGE).get_page(request.GET.get("page"))
    facts = {
        "form": form,
        "page": page,
        "ceremonies": [(ceremony, _day(ceremony)) for ceremony in page],
        "names_governments": only_government() is None,
        "smallest_hall": SMALLEST_HALL,
    }
    return render(request, "pledges/recounts.html", facts)


def _day(ceremony: Ceremony) -> date:
    """Of the office that held it: a page of several offices has no zone of its own."""
    return timezone.localdate(ceremony.planned_at, ZoneInfo(ceremony.government.time_zone))


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
            "wording": Wording.from_dict(ceremony.wording),
            "total": total,
            "list_name": _list_name(ceremony),
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
    response["Content-Disposition"] = f'attachment; filename="{_list_name(ceremony)}"'
    response["Cache-Control"] = "no-cache"
    return response


def _list_name(ceremony: Ceremony) -> str:
    """As it is saved, and as the command on the page calls it."""
    return marked(f"daftar-{ceremony.code}.txt")


def _held(code: str) -> Ceremony:
    ceremony = countable(code)
    if ceremony is None:
        raise Http404
    return ceremony
