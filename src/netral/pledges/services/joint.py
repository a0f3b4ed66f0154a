"""The joint document: what all of them signed, on one sheet for the wall of the office."""

from __future__ import annotations

from typing import Literal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import override

from netral.base.templatetags.ui import figure, moment
from netral.pledges.models import Ceremony
from netral.pledges.queries.wall import standing_of
from netral.pledges.rules import moves, wording
from netral.pledges.services.documents import letterhead, public_address, typeset

Paper = Literal["a4", "a3"]


def joint_pdf(ceremony: Ceremony, paper: Paper, *, root: str = "") -> bytes:
    """In the letterhead, with a line for the leader and the count, always in Indonesian.

    ``root``: the root over all signatures in hex, once a log keeps one; the line is left out
    until then. Before the closing the sheet is marked as provisional.
    """
    government = ceremony.government
    now = timezone.now()
    with override("id"), timezone.override(ZoneInfo(government.time_zone)):
        counted = standing_of(ceremony, fresh=True)
        values = {
            **letterhead(government),
            "paper": paper,
            "wording": ceremony.wording,
            "signed": figure(counted.signed),
            "staff": figure(counted.staff),
            "counted": moment(now),
            "place": ceremony.place,
            "date": wording.spelled_date(ceremony.planned_at, government.time_zone),
            "leader": ceremony.leader,
            "version": ceremony.text.version,
            "digest": ceremony.wording_digest,
            "root": root,
            "address": public_address("pledges:check"),
            "is_final": ceremony.state == moves.CLOSED,
        }
    return typeset("joint.typ", values, at=now)
