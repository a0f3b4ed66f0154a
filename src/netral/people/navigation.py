"""The register's lines in the officers' navigation, and the name above every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from netral.base.ui import slots
from netral.people.models import Duty
from netral.people.queries import authority

READERS = frozenset({Duty.Kind.PERSONNEL, Duty.Kind.HEAD})
KEEPERS = frozenset({Duty.Kind.PERSONNEL})


def add_register_pages() -> None:
    lines: list[tuple[Any, str, Any, int]] = [
        (_("Pegawai"), "people:register", _reads_register, 100),
        (_("Unit"), "people:units", _reads_register, 102),
        (_("Impor"), "people:imports", _keeps_register, 104),
        (_("Pemerintah daerah"), "people:government", _keeps_register, 130),
    ]
    for label, url_name, shown_to, order in lines:
        slots.add_navigation(slots.NavigationItem(label, url_name, shown_to, order))


def name_the_government() -> None:
    slots.fill("government", _government_name)


def _government_name(request: HttpRequest) -> str:
    government = getattr(request.user, "government", None)
    return government.name if government else ""


def _reads_register(request: HttpRequest) -> bool:
    return bool(kinds_held(request) & READERS)


def _keeps_register(request: HttpRequest) -> bool:
    return bool(kinds_held(request) & KEEPERS)


def kinds_held(request: HttpRequest) -> frozenset[str]:
    """The kinds of duty in force; one query however many lines ask."""
    held: frozenset[str] | None = getattr(request, "duty_kinds_held", None)
    if held is None:
        held = frozenset(authority.duties_of(request.user).values_list("kind", flat=True))  # type: ignore[arg-type]
        request.duty_kinds_held = held  # type: ignore[attr-defined]
    return held
