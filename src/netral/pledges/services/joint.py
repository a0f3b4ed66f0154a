"""The joint document: what all of them signed, on one sheet for the wall of the office."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from netral.base import audit, sealing
from netral.base.documents.frames import seal_document
from netral.base.templatetags.ui import figure, moment
from netral.pledges.models import Ceremony, ClosingFigures
from netral.pledges.queries.closings import (
    Tally,
    figures_at_closing,
    paper_in,
    since_closing,
    tally_of,
)
from netral.pledges.queries.wall import standing_of
from netral.pledges.rules import codes, moves, wording
from netral.pledges.services.agreeing import require_agreement
from netral.pledges.services.documents import letterhead, public_address, qr_svg, typeset
from netral.pledges.services.recounting import signature_list
from netral.tlog.recount import SignatureList

Paper = Literal["a4", "a3"]


@dataclass(frozen=True)
class Total:
    """The count of a ceremony and what it is bound to; ``listed`` is None before the log signed."""

    listed: SignatureList | None
    size: int
    """Entries under the checkpoint of the list."""
    checkpoint_root: str
    """Of that checkpoint, in base64 as the note writes it."""
    tally: Tally
    closing: ClosingFigures | None
    """What stood at the closing, of a closed ceremony."""

    @property
    def root(self) -> str:
        return self.listed.root.hex() if self.listed else ""

    @property
    def signed(self) -> int:
        """What the root is over; before the log has signed for anything, what the rows say."""
        return self.listed.count if self.listed else self.tally.standing

    @property
    def paper_at_closing(self) -> int | None:
        """None where no paper is in question; a nought beside a total that has some."""
        if self.closing is None:
            return None
        found = paper_in(self.closing)
        return found if found or self.tally.paper else None

    @property
    def is_as_closed(self) -> bool:
        """Whether nothing came or went since the closing."""
        return self.closing is not None and not since_closing(self.closing, self.tally)


def total_of(ceremony: Ceremony) -> Total:
    listed, signed = signature_list(ceremony), audit.newest_checkpoint()
    return Total(
        listed=listed,
        size=signed.size if signed else 0,
        checkpoint_root=b64encode(signed.root).decode() if signed else "",
        tally=tally_of(ceremony),
        closing=figures_at_closing(ceremony),
    )


def remarks_on(total: Total) -> list[str]:
    """What a reader must know beside the count and its share on paper, each one sentence."""
    found = []
    if total.tally.late:
        words = _("%(count)s ditandatangani sebelum penutupan menurut ponsel dan tiba sesudahnya.")
        found.append(words % {"count": figure(total.tally.late)})
    if total.tally.withdrawn:
        words = _("%(count)s tanda tangan kertas yang keliru telah dicabut dan tidak dihitung.")
        found.append(words % {"count": figure(total.tally.withdrawn)})
    return found


def _as_of(total: Total, now: datetime) -> str:
    if total.closing and total.is_as_closed:
        words = _("saat penandatanganan ditutup, %(moment)s")
        return words % {"moment": moment(total.closing.move.at)}
    return _("sampai %(moment)s") % {"moment": moment(now)}


def _on_paper(total: Total) -> list[str]:
    """First of the remarks, for it is a part of the number above them and of no other."""
    if not total.tally.paper:
        return []
    words = _("%(count)s di antaranya menandatangani di kertas di hadapan dua saksi.")
    return [words % {"count": figure(total.tally.paper)}]


def _at_closing(total: Total) -> list[str]:
    """Last of them, with its own share on paper, where the total is another one now."""
    if total.closing is None or total.is_as_closed:
        return []
    words = _("Saat penandatanganan ditutup, %(moment)s: %(count)s tanda tangan.")
    figures = {"count": figure(total.closing.signed), "moment": moment(total.closing.move.at)}
    if total.paper_at_closing is not None:
        words = _(
            "Saat penandatanganan ditutup, %(moment)s: %(count)s tanda tangan, %(paper)s di kertas."
        )
        figures["paper"] = figure(total.paper_at_closing)
    return [words % figures]


def joint_pdf(ceremony: Ceremony, paper: Paper) -> bytes:
    """In the letterhead, with a line for the leader, the count and the root over all signatures.

    Always in Indonesian, sealed. Before the closing it is marked as provisional; before the log
    has signed for anything it says that the root follows. Who was invited is as of the closing;
    the count is what the root is over, and where that changed since it says both.
    Raises :class:`Contradicted` instead of sealing what the log contradicts.
    """
    require_agreement(ceremony)
    government = ceremony.government
    now = timezone.now()
    with override("id"), timezone.override(ZoneInfo(government.time_zone)):
        counted, total = standing_of(ceremony, fresh=True), total_of(ceremony)
        values = {
            **letterhead(government),
            "paper": paper,
            "wording": ceremony.wording,
            "signed": figure(total.signed),
            "staff": figure(max(counted.staff, total.signed)),
            "as_of": _as_of(total, now),
            "remarks": [*_on_paper(total), *remarks_on(total), *_at_closing(total)],
            "place": ceremony.place,
            "date": wording.spelled_date(ceremony.planned_at, government.time_zone),
            "leader": ceremony.leader,
            "version": ceremony.text.version,
            "digest": ceremony.wording_digest,
            "text_code": codes.write_text_code(ceremony.wording_digest),
            "root": total.root,
            "log_size": figure(total.size),
            "log_root": total.checkpoint_root,
            "square": qr_svg(public_address("pledges:recount", ceremony.code)),
            "address": public_address("pledges:recount", ceremony.code),
            "is_final": ceremony.state == moves.CLOSED,
        }
    return seal_document(typeset("joint.typ", values, at=now), seal=sealing.document_seal(), at=now)
