"""What the guidance adds to the front page, to a person's own page and to the officers' menu."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from netral.base.ui import slots
from netral.guidance.models import Consultation
from netral.guidance.queries.asked import SEES_ASKED
from netral.guidance.queries.consultations import sent_by
from netral.people.access import duty, officer
from netral.people.mine import (
    FrontLink,
    HeldData,
    Section,
    add_front_link,
    add_held,
    add_section,
)
from netral.people.models import Account, Duty, Person


def register() -> None:
    add_front_link(FrontLink(_("Boleh atau tidak? Tanya di sini"), "guidance:ask", 5))
    add_front_link(FrontLink(_("Periksa tulisan sebelum diunggah"), "guidance:post_check", 8))
    add_front_link(FrontLink(_("Baca hukum netralitas"), "guidance:law", 30))
    add_front_link(FrontLink(_("Jawaban yang sudah ditelaah"), "guidance:precedents", 28))
    add_section(Section("ask", 20, "guidance/ask/mine.html", _always))
    add_section(Section("consultations", 22, "guidance/precedents/mine.html", _sent))
    add_held(HeldData("consultations", _("Pertanyaan kepada penelaah hukum"), _held))
    _add_navigation(
        _("Penelaahan"), "guidance:reviews", duty(Duty.Kind.REVIEWER).held, 38, ("review",)
    )
    _add_navigation(
        _("Pertanyaan dari kegiatan"), "guidance:event_questions",
        duty(Duty.Kind.REVIEWER, Duty.Kind.ORGANISER).held, 39,
    )  # fmt: skip
    _add_navigation(pgettext_lazy("menu", "Tanya"), "guidance:ask", officer.held, 40)
    _add_navigation(_("Paling ditanyakan"), "guidance:asked", duty(*SEES_ASKED).held, 42)
    law_pages = ("instruments", "instrument", "provision", "acts", "act", "matrix", "changes")
    _add_navigation(_("Hukum"), "guidance:law", officer.held, 80, law_pages)


def _always(request: HttpRequest) -> Mapping[str, Any]:
    return {}


def _sent(request: HttpRequest) -> Mapping[str, Any] | None:
    actor = request.user
    sent = sent_by(actor) if isinstance(actor, Account) else None
    return {"sent": sent} if sent else None


def _held(_request: HttpRequest, person: Person) -> Sequence[Mapping[str, Any]]:
    """What is kept of a person's questions; after the answer's time nothing leads to them."""
    rows = Consultation.objects.filter(asker__person=person).order_by("-received_at")
    return [
        {
            gettext("Dikirim"): row.received_at,
            gettext("Pertanyaan"): row.sent_text,
            gettext("Keadaan Anda"): row.circumstances,
            gettext("Keadaan"): row.get_state_display(),
        }
        for row in rows
    ]


def _add_navigation(
    label: Any, url_name: str, shown_to: Any, order: int, also: tuple[str, ...] = ()
) -> None:
    slots.add_navigation(slots.NavigationItem(label, url_name, shown_to, order, also=also))
