"""A slip as it is drawn: name, unit, code and its QR, grouped by unit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation

from netral.people import codes
from netral.people.models import Government
from netral.people.queries import slips as slip_queries
from netral.people.services import claiming
from netral.people.services.claiming import IssuedCode

TEMPLATE = Path(__file__).resolve().parents[1] / "slips.typ"


def draw(
    *, issued: Sequence[IssuedCode], government: Government, title: str, now: datetime
) -> bytes:
    """The slips as a PDF, grouped by unit in the order given."""
    facts = slip_queries.facts_of([one.person_id for one in issued if one.person_id])
    groups: list[dict[str, Any]] = []
    for one in issued:
        fact = facts.get(one.person_id) if one.person_id else None
        if fact is None:
            continue
        place = {"unit": fact.unit, "above": fact.above}
        if not groups or groups[-1] != {**groups[-1], **place}:
            groups.append({**place, "slips": []})
        slip = {"name": fact.name, "number": fact.number, **place}
        slip |= {"code": codes.written(one.code), "qr": _qr(one.code)}
        groups[-1]["slips"].append(slip)
    for group in groups:
        group["count"] = len(group["slips"])
    data = {**_frame(government, title, now), "groups": groups}
    pdf: bytes = typst.compile(str(TEMPLATE), sys_inputs={"data": json.dumps(data)})
    return pdf


def _frame(government: Government, title: str, now: datetime) -> dict[str, Any]:
    with translation.override("id"):
        local = timezone.localtime(now)
        until = timezone.localtime(now + claiming.VALID_FOR)
        return {
            "government": government.name,
            "is_demo": government.is_demo,
            "title": title,
            "address": claim_address().removeprefix("https://").removeprefix("http://"),
            "until": formats.date_format(until, "j F Y"),
            "made": formats.date_format(local, "j F Y"),
            "year": local.year,
            "month": local.month,
            "day": local.day,
        }


def claim_address(code: str = "") -> str:
    """Where a slip leads; with ``code`` the address in its QR."""
    query = f"?k={code}" if code else ""
    return f"{settings.PUBLIC_URL}{reverse('people:claim')}{query}"


def _qr(code: str) -> str:
    drawn: str = segno.make(claim_address(code), error="m", micro=False).svg_inline(border=1)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
