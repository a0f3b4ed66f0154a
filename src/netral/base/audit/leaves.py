"""Where rows stand in the log, many at once: so that a total can be counted again by anybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from netral.base.audit.kinds import kind_named
from netral.base.audit.models import LogCheckpoint, LogEntry, LogOpening
from netral.base.audit.published import with_cosignatures
from netral.tlog.entries import Opened

References = Collection[UUID] | QuerySet[Any, Any]


@dataclass(frozen=True)
class Leaf:
    """The number of the entry about ``reference``, and its leaf hash (RFC 6962)."""

    index: int
    reference: UUID
    hash: bytes


def leaves_of(*, kind: str, references: References) -> list[Leaf]:
    """The entries about these rows in the order of the log; erased ones are not found.

    ``references``: keys, or a query of them.
    """
    openings = LogOpening.objects.filter(kind=kind, reference__in=references)
    return [
        Leaf(one.entry_id, one.reference, one.entry.as_entry.leaf)
        for one in openings.select_related("entry").order_by("entry")
    ]


def hashes_at(numbers: Collection[int]) -> dict[int, bytes]:
    """Number → leaf hash, for entries whose row is no longer known."""
    return {row.index: row.as_entry.leaf for row in LogEntry.objects.filter(index__in=numbers)}


def opened(*, kind: str, reference: UUID) -> bytes:
    """The entry about a row with what opens it, hidden values masked; empty once it was erased."""
    opening = (
        LogOpening.objects.filter(kind=kind, reference=reference).select_related("entry").first()
    )
    content = kind_named(kind).contents([reference]).get(reference)
    if opening is None or content is None:
        return b""
    salt = bytes(opening.salt)
    return Opened.of(opening.entry.as_entry, salt, content, show_hidden=False).encode()


@dataclass(frozen=True)
class Signed:
    """The newest checkpoint: how many entries it covers, its root, and the note with witnesses."""

    size: int
    root: bytes
    note: str


def newest_checkpoint() -> Signed | None:
    """None before the log has signed anything."""
    found = LogCheckpoint.objects.order_by("-size").first()
    if found is None:
        return None
    return Signed(found.size, bytes(found.root), with_cosignatures(found))
