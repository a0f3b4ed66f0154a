"""The receipt of one signature as a sealed PDF, made by the ten thousand.

A master per ceremony is set once (``netral.base.documents``); what differs per person is filled
in: who, where, when, the code. The file carries the office's seal, and the proof that the
signature is in the log once it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from netral.base import sealing
from netral.base.documents.codes import CodeFamily
from netral.base.documents.masters import ALPHABET, Master, mark
from netral.base.documents.typeset import NotInFont
from netral.base.templatetags.ui import moment
from netral.pledges.models import Signature
from netral.pledges.rules import codes
from netral.pledges.services.documents import letterhead, public_address, typeset

FACT_WIDTH = 50
"""Millimetres for what stands behind a label."""
POINTS_PER_MILLIMETRE = 72 / 25.4
MOST_LINES = 5
SQUARE_ALT = "Kode QR ke halaman pemeriksaan tanda terima ini"
PROOF_NAME = "bukti-log.tlog-proof"
CODE_LENGTH = len(codes.write_receipt_code("0" * codes.RECEIPT_LENGTH))


def receipt_pdf(signature: Signature, *, now: datetime, proof: bytes = b"") -> bytes:
    """The receipt on A5: what was signed, by whom, when, how; where to check. Sealed at ``now``.

    ``proof`` is the proof file of the log, attached when it is there.
    """
    own = _own_words(signature)
    constant = _same_for_all(signature)
    try:
        master, values = _master_for(constant, own, proof)
    except NotInFont:
        # A letter from far away: typst finds a font for it, and this page serves this person only.
        literal = {name: [words] for name, words in own.items()}
        master, values = _set_master(constant, json.dumps(literal), bool(proof)), {}
    return master.fill(
        values | {"receipt": signature.receipt_code},
        code=_family().path(signature.receipt_code),
        seal=sealing.document_seal(),
        at=now,
        proof=proof,
    )


def _own_words(signature: Signature) -> dict[str, str]:
    with timezone.override(ZoneInfo(signature.ceremony.government.time_zone)), override("id"):
        return {
            "name": signature.person.full_name,
            "number": signature.person.identifier,
            "unit": signature.unit.name,
            "time": _times(signature),
        }


def _times(signature: Signature) -> str:
    signed_at = str(moment(signature.signed_at))
    if not signature.has_phone_time:
        return signed_at
    after = ", sesudah ditutup" if signature.after_closing else ""
    received = f"diterima server {moment(signature.recorded_at)}{after}"
    return f"{signed_at} menurut ponsel; {received}"


def _same_for_all(signature: Signature) -> str:
    """What the receipts of a ceremony with this kind of evidence share, as JSON."""
    ceremony = signature.ceremony
    zone = ZoneInfo(ceremony.government.time_zone)
    with timezone.override(zone), override("id"):
        evidence = capfirst(str(signature.get_evidence_display()))
        more = _about_paper(signature)
    return json.dumps(
        {
            **letterhead(ceremony.government),
            "heading": _RECEIPT,
            "title": ceremony.title,
            "election": ceremony.election.name,
            "evidence": evidence,
            "more": more,
            "digest": signature.wording_digest,
            "wording": ceremony.wording,
            "opened": int((ceremony.opened_at or ceremony.planned_at).timestamp()),
        },
        sort_keys=True,
    )


def _about_paper(signature: Signature) -> list[tuple[str, str]]:
    """Who saw the sheet being signed, and whether the entry was withdrawn."""
    facts = []
    sheet = signature.paper
    if sheet and sheet.witness and sheet.second_witness:
        facts.append(("Saksi", f"{sheet.witness.full_name}, {sheet.second_witness.full_name}"))
    if signature.is_withdrawn:
        facts.append(("Dicabut", str(moment(signature.withdrawal.at))))
    return facts


_RECEIPT = "Tanda terima ikrar"


def _master_for(
    constant: str, own: Mapping[str, str], proof: bytes
) -> tuple[Master, dict[str, str]]:
    """The master with as many lines for each fact as ``own`` needs, and what fills them."""
    ruler = _master(constant, _lines_of(dict.fromkeys(own, 1)), bool(proof))
    lines = {name: _at_most(ruler.blanks[f"{name}1"].lines(words)) for name, words in own.items()}
    counts = _lines_of({name: len(each) for name, each in lines.items()})
    values = {
        f"{name}{number}": line
        for name, each in lines.items()
        for number, line in enumerate(each, start=1)
    }
    return _master(constant, counts, bool(proof)), values


def _at_most(lines: list[str]) -> list[str]:
    """The rest of an endless name goes into the last line, which is narrowed."""
    kept, rest = lines[: MOST_LINES - 1], lines[MOST_LINES - 1 :]
    return [*kept, " ".join(rest)] if rest else kept or [""]


def _lines_of(counts: Mapping[str, int]) -> str:
    """``{"name": ["@@name1@@"], "unit": ["@@unit1@@", "@@unit2@@"], …}`` as JSON."""
    return json.dumps(
        {
            name: [mark(f"{name}{number}") for number in range(1, count + 1)]
            for name, count in counts.items()
        },
        sort_keys=True,
    )


@lru_cache(maxsize=64)
def _master(constant: str, lines: str, with_proof: bool) -> Master:
    """A master is some 80 kB; a ceremony has a handful, one per pattern of line breaks."""
    return _set_master(constant, lines, with_proof)


def _set_master(constant: str, lines: str, with_proof: bool) -> Master:
    """``constant`` and ``lines`` are JSON: what all share, and the lines of each own fact."""
    common = json.loads(constant)
    own: dict[str, list[str]] = json.loads(lines)
    facts = [
        ("Nama", own["name"]),
        ("Nomor pegawai", own["number"]),
        ("Unit saat menandatangani", own["unit"]),
        ("Ikrar", [common["title"]]),
        ("Untuk", [common["election"]]),
        ("Waktu", own["time"]),
        ("Bukti", [common["evidence"]]),
        *((label, [words]) for label, words in common["more"]),
    ]
    room = FACT_WIDTH * POINTS_PER_MILLIMETRE
    marks = [line for each in own.values() for line in each if line.startswith("@@")]
    size = _family().size
    pdf = typeset(
        "receipt.typ",
        common
        | {
            "facts": facts,
            "fact_width": FACT_WIDTH,
            "code": mark("receipt"),
            "with_proof": with_proof,
            "address": public_address("pledges:check"),
            "square": f'<svg viewBox="0 0 {size} {size}" xmlns="http://www.w3.org/2000/svg">'
            f'<path fill="#1d2125" d="M0 0h{size}v{size}h-{size}z"/></svg>',
            "square_alt": SQUARE_ALT,
            "alphabet": ALPHABET,
        },
        at=datetime.fromtimestamp(common["opened"], tz=ZoneInfo("UTC")),
    )
    return Master(
        pdf,
        rooms={line.strip("@"): room for line in marks} | {"receipt": float("inf")},
        code_alt=SQUARE_ALT,
        proof_name=PROOF_NAME if with_proof else "",
    )


@lru_cache(maxsize=1)
def _family() -> CodeFamily:
    model = "A" * CODE_LENGTH
    before, after = public_address("pledges:check_receipt", model).split(model)
    return CodeFamily(before, CODE_LENGTH, after)
