"""Signatures on paper: the scanned sheet, and the names an officer reads off it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction

from netral.base.ids import new_id
from netral.people.models import Account, Person, Posting
from netral.pledges.models import Ceremony, PaperSheet, Signature
from netral.pledges.queries.ceremonies import ceremonies_for
from netral.pledges.queries.signatures import who_may_stand_on
from netral.pledges.rules import moves, scans, sheets
from netral.pledges.services.ceremonies import OutOfStep
from netral.pledges.services.counting import cell_of, count_signature
from netral.pledges.services.logging import log_signatures
from netral.pledges.services.sheet_texts import check_text
from netral.pledges.services.signing import earlier_signatures, fields_of, hold_open, patiently


class NotAScan(Exception):
    """Neither PDF, JPEG nor PNG by its first bytes."""


class TooLarge(Exception):
    """More than ``rules.scans.MAX_BYTES``."""


class UploadedBefore(Exception):
    """The same file is already attached to this ceremony."""

    def __init__(self, sheet: PaperSheet) -> None:
        super().__init__(sheet.digest)
        self.sheet = sheet


class BeforeTheDay(Exception):
    """The time on the sheet lies before the day of the ceremony."""

    def __init__(self, earliest: datetime) -> None:
        super().__init__(earliest)
        self.earliest = earliest


class BadWitnesses(Exception):
    """Not two different people of this government besides the officer who enters."""


@dataclass(frozen=True)
class Entered:
    """What came of a list of ticked names."""

    written: int
    skipped: int
    """Signed in the meantime, moved away, outside what the officer reaches, or its witness."""


def attach_sheet(
    *,
    ceremony: Ceremony,
    upload: BinaryIO,
    signed_at: datetime,
    text_code: str,
    compared: bool,
    witnesses: tuple[Person, Person],
    actor: Account,
    now: datetime,
) -> PaperSheet:
    """Stores a scan under a name of its own; what the file was called is not kept.

    ``text_code`` stands on the sheet; of a sheet that has none, ``compared`` says that its text was
    compared with the ceremony's. Raises what ``sheet_texts.check_text`` raises about them.
    ``witnesses`` saw the names being written: two of that government, not the officer who enters.
    """
    require_open_for_paper(ceremony, actor)
    text_check = check_text(ceremony, text_code=text_code, compared=compared)
    check_time(ceremony, signed_at)
    require_witnesses(ceremony, witnesses, actor)
    kind, digest = examine(upload)
    known = PaperSheet.objects.filter(ceremony=ceremony, digest=digest).first()
    if known:
        raise UploadedBefore(known)
    sheet = PaperSheet(
        ceremony=ceremony,
        kind=kind,
        digest=digest,
        signed_at=min(signed_at, now),
        witness=witnesses[0],
        second_witness=witnesses[1],
        text_check=text_check,
        uploaded_by=actor,
        uploaded_at=now,
    )
    sheet.file.save(f"{new_id().hex}.{kind}", File(upload), save=False)
    try:
        sheet.save(force_insert=True)
    except Exception:
        sheet.file.delete(save=False)
        raise
    return sheet


def check_time(ceremony: Ceremony, signed_at: datetime) -> None:
    """Raises :class:`BeforeTheDay`."""
    zone = ZoneInfo(ceremony.government.time_zone)
    earliest = sheets.earliest_signing(ceremony.planned_at, ceremony.opened_at, zone)
    if signed_at < earliest:
        raise BeforeTheDay(earliest)


def enter_names(
    *, sheet: PaperSheet, person_ids: Collection[UUID], actor: Account, now: datetime
) -> Entered:
    """Writes a paper signature for each ticked person who has not signed yet: all or none.

    Its own witnesses are passed over: nobody vouches for a sheet that bears their own signature.
    """
    require_open_for_paper(sheet.ceremony, actor)
    written = patiently(lambda: _enter_once(sheet, set(person_ids), actor, now))
    return Entered(written, len(set(person_ids)) - written)


@transaction.atomic
def _enter_once(known: PaperSheet, person_ids: set[UUID], actor: Account, now: datetime) -> int:
    ceremony = hold_open(known.ceremony_id)
    sheet = hold_sheet(known)
    postings: list[Posting] = list(who_may_stand_on(sheet, actor).filter(person__in=person_ids))
    signatures = [
        Signature(
            **earlier_signatures(posting.person, ceremony).fields_of_the_next(),
            evidence=Signature.Evidence.PAPER,
            signed_at=min(sheet.signed_at, now),  # the clock may have been set back since
            recorded_at=now,
            paper=sheet,
            entered_by=actor,
            **fields_of(ceremony, posting.person, posting),
        )
        for posting in postings
    ]
    Signature.objects.bulk_create(signatures)
    cells = Counter(
        cell_of(ceremony, posting)
        for posting, signature in zip(postings, signatures, strict=True)
        if signature.counts_for_coverage
    )
    # Always in the same order, so that two officers never wait for each other in a ring.
    for cell in sorted(cells):
        count_signature(cell, government_id=ceremony.government_id, number=cells[cell])
    log_signatures(signatures, now=now)
    return len(signatures)


def hold_sheet(known: PaperSheet) -> PaperSheet:
    """As it is now, kept so until this transaction ends. Raises ``PaperSheet.DoesNotExist``."""
    held = PaperSheet.objects.select_for_update(of=("self",))
    return held.select_related("ceremony", "witness", "second_witness").get(pk=known.pk)


def examine(upload: BinaryIO) -> tuple[str, str]:
    """Kind and SHA-256 of the file, read in pieces and rewound."""
    upload.seek(0)
    kind = scans.kind_of(upload.read(scans.HEAD_BYTES))
    if not kind:
        raise NotAScan
    upload.seek(0)
    hashed = hashlib.sha256()
    size = 0
    while piece := upload.read(1 << 20):
        size += len(piece)
        if size > scans.MAX_BYTES:
            raise TooLarge
        hashed.update(piece)
    upload.seek(0)
    return kind, hashed.hexdigest()


def require_witnesses(ceremony: Ceremony, witnesses: tuple[Person, Person], actor: Account) -> None:
    own = {person.pk for person in witnesses if person.government_id == ceremony.government_id}
    if len(own) != 2 or actor.person_id in own:
        raise BadWitnesses


def require_open_for_paper(ceremony: Ceremony, actor: Account) -> None:
    if not ceremonies_for(actor).filter(pk=ceremony.pk).exists():
        raise PermissionDenied
    if not moves.takes_paper(ceremony.state):
        raise OutOfStep
