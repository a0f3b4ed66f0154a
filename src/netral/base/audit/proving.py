"""Proof files: what a person takes home to show, years later, that their entry is in the log."""

from __future__ import annotations

from uuid import UUID

from netral.base.audit import files
from netral.base.audit.kinds import kind_named
from netral.base.audit.models import LogCheckpoint, LogEntry, LogOpening
from netral.base.audit.published import with_cosignatures
from netral.tlog.entries import Opened
from netral.tlog.proofs import inclusion_proof
from netral.tlog.receipts import Receipt
from netral.tlog.tiles import TileReader


class NotYet(Exception):
    """The entry has its number, and its checkpoint is not signed yet."""


class LacksFiles(NotYet):
    """The files of the tree wait to be made anew, as after a restore."""


def index_of(*, kind: str, reference: UUID) -> int | None:
    """The number of the entry about a row; None when it was erased or never logged."""
    return (
        LogOpening.objects.filter(kind=kind, reference=reference)
        .values_list("entry_id", flat=True)
        .first()
    )


def prove(*, kind: str, reference: UUID, show_hidden: bool) -> Receipt | None:
    """The proof file about a row; None when it was erased or never logged. Raises NotYet.

    ``show_hidden``: for the person it is about; others see masks in place of who it was.
    """
    opening = (
        LogOpening.objects.filter(kind=kind, reference=reference).select_related("entry").first()
    )
    if opening is None:
        return None
    content = kind_named(kind).contents([reference]).get(reference)
    if content is None:
        return None
    opened = Opened.of(
        opening.entry.as_entry, bytes(opening.salt), content, show_hidden=show_hidden
    )
    return _receipt(opening.entry_id, opened)


def prove_entry(index: int) -> Receipt | None:
    """The proof that entry ``index`` is in the log, whatever it is about. Raises NotYet."""
    entry = LogEntry.objects.filter(index=index).first()
    return _receipt(index, Opened(entry.as_entry)) if entry else None


def _receipt(index: int, opened: Opened) -> Receipt:
    checkpoint = _checkpoint_for(index)
    reader = TileReader(checkpoint.size, files.read_tile)
    try:
        proof = inclusion_proof(reader, index, checkpoint.size)
    except files.MissingTile as missing:
        raise LacksFiles(str(missing)) from missing
    return Receipt(index, tuple(proof), with_cosignatures(checkpoint), opened.encode())


def _checkpoint_for(index: int) -> LogCheckpoint:
    """The newest that witnesses have seen, if it covers the entry; else the newest."""
    covering = LogCheckpoint.objects.filter(size__gt=index).order_by("-size")
    found = covering.filter(cosignatures__isnull=False).first() or covering.first()
    if found is None:
        raise NotYet
    return found
