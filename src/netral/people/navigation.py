"""The register's lines in the officers' navigation, and the name above every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from netral.base.ui import slots
from netral.people.access import duties_held, kinds_held, second_factor_done
from netral.people.models import Account, Duty
from netral.people.queries import data_requests
from netral.people.queries import duties as duty_queries
from netral.people.queries.workplace import workplace_of

READERS = frozenset({Duty.Kind.PERSONNEL, Duty.Kind.HEAD})


def add_register_pages() -> None:
    lines: list[tuple[Any, str, Any, int, Any]] = [
        (_("Pegawai"), "people:register", _reads_register, 100, None),
        (_("Unit"), "people:units", _reads_register, 102, None),
        (_("Impor"), "people:imports", _keeps_whole_register, 104, None),
        (_("Angka impor"), "people:imports_figures", _audits_whole_government, 105, None),
        (_("Slip akun"), "people:slips", _keeps_register, 106, None),
        (_("Tugas"), "people:duties", _hands_out_duties, 120, _duties_to_confirm),
        (_("Permintaan data"), "people:data_requests", _keeps_register, 122, _requests_waiting),
        (_("Pemerintah daerah"), "people:government", _keeps_whole_register, 130, None),
    ]
    for label, url_name, shown_to, order, badge in lines:
        slots.add_navigation(slots.NavigationItem(label, url_name, shown_to, order, badge))


def name_the_government() -> None:
    slots.fill("government", _government_name)


def _government_name(request: HttpRequest) -> str:
    if not isinstance(request.user, Account):
        return ""
    government = workplace_of(request.user)
    return government.name if government else ""


def _reads_register(request: HttpRequest) -> bool:
    return bool(READERS & kinds_held(request))


def _keeps_register(request: HttpRequest) -> bool:
    return Duty.Kind.PERSONNEL in kinds_held(request)


def _keeps_whole_register(request: HttpRequest) -> bool:
    return _holds_for_all(request, Duty.Kind.PERSONNEL)


def _audits_whole_government(request: HttpRequest) -> bool:
    return _holds_for_all(request, Duty.Kind.AUDITOR)


def _holds_for_all(request: HttpRequest, kind: str) -> bool:
    return any(duty.kind == kind and duty.unit is None for duty in duties_held(request))


def _hands_out_duties(request: HttpRequest) -> bool:
    return bool(duties_held(request)) or getattr(request.user, "is_installation_admin", False)


def _requests_waiting(request: HttpRequest) -> str:
    """How many requests and proposals wait for this officer; nothing when none does."""
    if not _keeps_register(request) or not second_factor_done(request):
        return ""
    waiting = data_requests.waiting_for(request.user)  # type: ignore[arg-type]
    return str(waiting) if waiting else ""


def _duties_to_confirm(request: HttpRequest) -> str:
    """How many wait for this officer's yes or no; nothing when none does."""
    actor = request.user
    confirms = _keeps_whole_register(request) or getattr(actor, "is_installation_admin", False)
    if not confirms or not second_factor_done(request):
        return ""
    waiting = duty_queries.awaiting(actor).count()  # type: ignore[arg-type]
    return str(waiting) if waiting else ""
