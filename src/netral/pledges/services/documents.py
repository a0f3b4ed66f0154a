"""PDF documents: the pledge in the office's letterhead. Receipts stand in ``receipts``.

Set by typst from templates in ``documents/``. Data reaches a template as JSON only, so nothing a
person typed is ever read as markup. The files are tagged (PDF/UA-1) and carry their language,
title and alternative text for the QR code.
"""

from __future__ import annotations

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse

from netral.people.models import Government
from netral.pledges.models import Ceremony, PledgeText
from netral.pledges.rules import codes, wording
from netral.pledges.rules.wording import Wording
from netral.pledges.services.texts import wording_of

TEMPLATES = Path(__file__).parents[1] / "documents"


def qr_svg(content: str) -> str:
    """The code as an SVG of 1 unit per module, without a quiet zone: the page gives the margin."""
    image = io.BytesIO()
    segno.make(content, error="m", micro=False).save(
        image, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True, dark="#1d2125"
    )
    return image.getvalue().decode()


def public_address(name: str, *arguments: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=arguments)


def pledge_pdf(ceremony: Ceremony) -> bytes:
    """The pledge as it is read in this ceremony, on A4 in the office's letterhead."""
    government = ceremony.government
    return typeset(
        "pledge.typ",
        {
            **letterhead(government),
            "wording": ceremony.wording,
            "place": ceremony.place,
            "date": wording.spelled_date(ceremony.planned_at, government.time_zone),
            "leader": ceremony.leader,
            "version": ceremony.text.version,
            "digest": ceremony.wording_digest,
            "text_code": codes.write_text_code(ceremony.wording_digest),
            "is_draft": False,
        },
        at=ceremony.planned_at,
    )


def typed_address() -> str:
    """What somebody types who cannot scan, before the code: ``netral.contoh.go.id/i``."""
    return settings.PUBLIC_URL.split("//", 1)[-1] + "/i"


def way_in_pdf(ceremony: Ceremony) -> bytes:
    """One page for the door and the tables of the hall: where to go, and the code."""
    address = public_address("pledges:invitation", ceremony.code)
    return typeset(
        "way_in.typ",
        {
            **letterhead(ceremony.government),
            "title": ceremony.title,
            "place": ceremony.place,
            "date": wording.spelled_date(ceremony.planned_at, ceremony.government.time_zone),
            "code": ceremony.code,
            "address": typed_address(),
            "square": qr_svg(address),
            "square_alt": f"Kode QR ke {address}",
        },
        at=ceremony.planned_at,
    )


def blank_sheet_pdf(ceremony: Ceremony) -> bytes:
    """An empty list of signatures on A4 under the text of this ceremony, for two witnesses.

    It names nobody, so it can be copied and lie open on a table.
    """
    return typeset(
        "sheet.typ",
        {
            **letterhead(ceremony.government),
            "title": ceremony.title,
            "wording": ceremony.wording,
            "place": ceremony.place,
            "code": ceremony.code,
            "version": ceremony.text.version,
            "digest": ceremony.wording_digest,
            "text_code": codes.write_text_code(ceremony.wording_digest),
        },
        at=ceremony.planned_at,
    )


def text_pdf(text: PledgeText) -> bytes:
    """One version of the text with its variables unfilled, marked as a template."""
    return typeset(
        "pledge.typ",
        {
            **letterhead(text.government),
            "wording": wording_of(text).as_dict(),
            "place": "{tempat}",
            "date": "{tanggal}",
            "leader": "{pemimpin}",
            "version": text.version,
            "digest": text.digest,
            "text_code": "",
            "is_draft": text.published_at is None,
        },
        at=text.created_at,
    )


def pledge_file_name(content: Wording) -> str:
    words = "".join(letter if letter.isalnum() else "-" for letter in content.title.casefold())
    return "-".join(part for part in words.split("-") if part)[:60] or "ikrar"


def letterhead(government: Government) -> dict[str, Any]:
    """What ``letter.typ`` needs of the office."""
    return {
        "government": government.name,
        "letterhead": government.letterhead.splitlines(),
        "is_demo": government.is_demo,
    }


def typeset(template: str, values: dict[str, Any], *, at: datetime) -> bytes:
    """A tagged PDF from ``documents/<template>``.

    ``at`` dates the document, so that the same signature gives the same file.
    """
    document: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        format="pdf",
        sys_inputs={"values": json.dumps(values, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )
    return document
