"""The personal opinion: one person's circumstances and the published answer, as a PDF.

It lets somebody show that they acted in good faith. Drafter and reviewer stand in it by their
office roles, not by name.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import typst
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from netral.base.documents.frames import seal_document
from netral.base.sealing import document_seal, fingerprint
from netral.base.templatetags.ui import moment
from netral.guidance.citing import address_of
from netral.guidance.models import Consultation
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.rules.wording import stands_above
from netral.law import OUTCOME_WORDS, library
from netral.law.citing import citation
from netral.law.render.labels import long_day

CHECK = "/periksa/"
"""Where sealed files are checked; printed on receipts, so it never changes."""
TEMPLATES = Path(__file__).parents[1] / "documents"


def is_ready(consultation: Consultation) -> bool:
    """Whether an opinion was asked for, is answered, and its circumstances are still kept."""
    return (
        consultation.wants_opinion
        and consultation.state in (moves.PUBLISHED, moves.FLAGGED)
        and consultation.erased_at is None
    )


def opinion_pdf(consultation: Consultation, *, now: datetime) -> bytes:
    """Set by typst and sealed ``now``; what was typed reaches the template as data, never as
    markup."""
    government = consultation.government
    address = address_of(consultation)
    assert consultation.published_at is not None
    assert consultation.law_day is not None
    with override("id"), timezone.override(ZoneInfo(government.time_zone)):
        values = {
            "government": government.name,
            "letterhead": government.letterhead.splitlines(),
            "is_demo": government.is_demo,
            "number": f"{consultation.number}/{consultation.year}",
            "published": str(moment(consultation.published_at)),
            "asked": str(moment(consultation.received_at)),
            "sent": consultation.sent_text,
            "circumstances": consultation.circumstances or _("Tidak dituliskan."),
            "question": consultation.question,
            "answer": consultation.answer,
            "outcome": _outcome(consultation),
            "provisions": _provisions(consultation),
            "law": f"{consultation.law_version}, {long_day(consultation.law_day, 'id')}",
            "until": long_day(consultation.valid_until, "id") if consultation.valid_until else "",
            "is_flagged": consultation.state == moves.FLAGGED,
            "address": address,
            "check": settings.PUBLIC_URL + CHECK,
            "fingerprint": fingerprint(),
        }
    pdf = typst.compile(
        str(TEMPLATES / "opinion.typ"),
        root=str(TEMPLATES),
        format="pdf",
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(consultation.published_at.timestamp()),
    )
    return seal_document(pdf, seal=document_seal(), at=now)


def _outcome(consultation: Consultation) -> str:
    """Empty where the law data says nothing: the answer speaks for itself."""
    above = stands_above(consultation.outcome)
    return OUTCOME_WORDS[above].id if above else ""


def _provisions(consultation: Consultation) -> list[list[str]]:
    law = library()
    known = (name for name in consultation.provisions if name in law.provisions)
    return [[citation(law, name), law.provision(name).text.id] for name in known]
