"""What the guidance adds to the front page, to a person's own page and to the officers' menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from netral.base.ui import slots
from netral.guidance.queries.asked import SEES_ASKED
from netral.people.access import duty, officer
from netral.people.mine import FrontLink, Section, add_front_link, add_section


def register() -> None:
    add_front_link(FrontLink(_("Boleh atau tidak? Tanya di sini"), "guidance:ask", 5))
    add_front_link(FrontLink(_("Periksa tulisan sebelum diunggah"), "guidance:post_check", 8))
    add_front_link(FrontLink(_("Baca hukum netralitas"), "guidance:law", 30))
    add_section(Section("ask", 20, "guidance/ask/mine.html", _always))
    _add_navigation(pgettext_lazy("menu", "Tanya"), "guidance:ask", officer.held, 40)
    _add_navigation(_("Paling ditanyakan"), "guidance:asked", duty(*SEES_ASKED).held, 42)
    law_pages = ("instruments", "instrument", "acts", "act", "matrix")
    _add_navigation(_("Hukum"), "guidance:law", officer.held, 80, law_pages)


def _always(request: HttpRequest) -> Mapping[str, Any]:
    return {}


def _add_navigation(
    label: Any, url_name: str, shown_to: Any, order: int, also: tuple[str, ...] = ()
) -> None:
    slots.add_navigation(slots.NavigationItem(label, url_name, shown_to, order, also=also))
