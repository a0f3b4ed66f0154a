"""The register's lines in the officers' navigation, and the name above every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from netral.base.ui import slots
from netral.people.models import Duty
from netral.people.queries import authority

READERS = frozenset({Duty.Kind.PERSONNEL, Duty.Kind.HEAD})


def add_register_pages() -> None:
    lines: list[tuple[Any, str, Any, int]] = [
        (_("Pegawai"), "people:register", _reads_register, 100),
        (_("Unit"), "people:units", _reads_register, 102),
        (_("Impor"), "people:imports", _keeps_whole_register, 104),
        (_("Slip akun"), "people:slips", _keeps_register, 106),
        (_("Tugas"), "people:duties", _hands_out_duties, 120),
        (_("Permintaan data"), "people:data_requests", _keeps_register, 122),
        (_("Pemerintah daerah"), "people:government", _keeps_whole_register, 130),
    ]
    for label, url_name, shown_to, order in lines:
        slots.add_navigation(slots.NavigationItem(label, url_name, shown_to, order))


def name_the_government() -> None:
    slots.fill("government", _government_name)


def _government_name(request: HttpRequest) -> str:
    government = getattr(request.user, "government", None)
    return government.name if government else ""


def _reads_register(request: HttpRequest) -> bool:
    return any(kind in READERS for kind, _whole in _duties_held(request))


def _keeps_register(request: HttpRequest) -> bool:
    return any(kind == Duty.Kind.PERSONNEL for kind, _whole in _duties_held(request))


def _keeps_whole_register(request: HttpRequest) -> bool:
    return (Duty.Kind.PERSONNEL, True) in _duties_held(request)


def _hands_out_duties(request: HttpRequest) -> bool:
    return bool(_duties_held(request)) or getattr(request.user, "is_installation_admin", False)


def _duties_held(request: HttpRequest) -> frozenset[tuple[str, bool]]:
    """(kind, for the whole government?) of the duties in force; one query however many ask."""
    held: frozenset[tuple[str, bool]] | None = getattr(request, "duties_held", None)
    if held is None:
        rows = authority.duties_of(request.user).values_list("kind", "unit_id")  # type: ignore[arg-type]
        held = frozenset((kind, unit is None) for kind, unit in rows)
        request.duties_held = held  # type: ignore[attr-defined]
    return held
