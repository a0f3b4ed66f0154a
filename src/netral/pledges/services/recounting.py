"""The signatures of a ceremony as anybody can count them again: by the log, without names.

Beside the signatures themselves the log gets an entry for each withdrawal, and one at each closing
that says how many stood then. The list that follows from them is what the joint document is bound
to (``netral.tlog.recount``; docs/decisions/0507-recount.md).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from netral.base import audit
from netral.pledges.models import (
    Ceremony,
    CeremonyMove,
    ErasedSignature,
    SignatureWithdrawal,
)
from netral.pledges.rules import moves
from netral.pledges.services.describing import describe_closings, describe_signatures
from netral.pledges.services.logging import KIND as SIGNATURE
from netral.tlog.recount import CLOSING, WITHDRAWAL, Closing, SignatureList, Withdrawn, root_over


def log_withdrawal(withdrawal: SignatureWithdrawal, *, now: datetime) -> None:
    """In the transaction that withdraws, and last in it."""
    audit.append(
        kind=WITHDRAWAL,
        reference=withdrawal.pk,
        content=_withdrawals([withdrawal.pk])[withdrawal.pk],
        subject=withdrawal.signature.person_id,
        now=now,
    )


def log_closing(move: CeremonyMove, *, now: datetime) -> None:
    """In the transaction that closes the signing, and last in it: nobody signs meanwhile.

    Not for one that was made although the log contradicts the record: a count that nobody could
    vouch for would stand in the log for ever, against the record once that is put right.
    """
    if move.reason:
        return
    key = _key_of(move.pk)
    audit.append(kind=CLOSING, reference=key, content=_closing(move, before=None), now=now)


def signature_list(ceremony: Ceremony) -> SignatureList | None:
    """The list under the newest checkpoint; None before there is one.

    What came in within the last second, and is not signed for yet, is in the next.
    """
    signed = audit.newest_checkpoint()
    if signed is None:
        return None
    return replace(_list_under(ceremony, signed.size), checkpoint=signed.note)


@lru_cache(maxsize=8)
def _list_under(ceremony: Ceremony, size: int) -> SignatureList:
    """What the first ``size`` entries of the log say; nothing changes that without a new entry."""
    found = _list_of(ceremony)
    return SignatureList(
        str(ceremony.pk),
        ceremony.wording_digest,
        tuple(leaf for leaf in found.leaves if leaf[0] < size),
        tuple(one for one in found.withdrawn if one.by < size),
        tuple(one for one in _closings(ceremony) if one.index < size),
    )


def _list_of(ceremony: Ceremony) -> SignatureList:
    """Leaves and withdrawals, however new."""
    rows = ceremony.signatures
    kept = audit.leaves_of(kind=SIGNATURE, references=rows.values("id"))
    number_of = {leaf.reference: leaf.index for leaf in kept}
    gone = rows.filter(withdrawal__isnull=False).values("id")
    withdrawn = [
        Withdrawn(number_of[leaf.reference], leaf.index, _opened(WITHDRAWAL, leaf.reference))
        for leaf in audit.leaves_of(kind=WITHDRAWAL, references=gone)
        if leaf.reference in number_of
    ]
    erased = list(ErasedSignature.objects.filter(ceremony=ceremony))
    hashes = audit.hashes_at([one.entry for one in erased])
    withdrawn += [
        Withdrawn(one.entry, one.withdrawn_by) for one in erased if one.withdrawn_by is not None
    ]
    leaves = [*((leaf.index, leaf.hash) for leaf in kept), *hashes.items()]
    return SignatureList("", "", tuple(sorted(leaves)), tuple(withdrawn))


def _closings(ceremony: Ceremony) -> list[Closing]:
    closed = _closing_moves().filter(ceremony=ceremony).values_list("id", flat=True)
    keys = [_key_of(move) for move in closed]
    return [
        Closing(leaf.index, _opened(CLOSING, leaf.reference))
        for leaf in audit.leaves_of(kind=CLOSING, references=keys)
    ]


def _numbers(kind: str, references: Collection[UUID]) -> dict[UUID, int]:
    leaves = audit.leaves_of(kind=kind, references=references)
    return {leaf.reference: leaf.index for leaf in leaves}


def _opened(kind: str, reference: UUID) -> bytes:
    return audit.opened(kind=kind, reference=reference)


def _withdrawals(references: Collection[UUID]) -> Mapping[UUID, audit.Content]:
    """What a withdrawal says: which signature, when; by whom and why only as masks."""
    rows = SignatureWithdrawal.objects.filter(pk__in=references).select_related("signature")
    number_of = _numbers(SIGNATURE, references)
    return {
        row.pk: audit.Content(
            {
                "at": int(row.at.timestamp()),
                "ceremony": str(row.signature.ceremony_id),
                "entry": number_of.get(row.pk),
            },
            hidden={"actor": str(row.actor_id), "reason": row.reason},
        )
        for row in rows
    }


def _closings_by(references: Collection[UUID]) -> Mapping[UUID, audit.Content]:
    """Counted anew from the signatures that came before each closing."""
    at = _numbers(CLOSING, references)
    rows = _closing_moves().filter(pk__in=[key.int for key in references])
    return {
        _key_of(move.pk): _closing(move, before=at.get(_key_of(move.pk)))
        for move in rows.select_related("ceremony")
    }


def _closing(move: CeremonyMove, *, before: int | None) -> audit.Content:
    standing = _list_of(move.ceremony).standing(before)
    return audit.Content(
        {
            "at": int(move.at.timestamp()),
            "ceremony": str(move.ceremony_id),
            "count": len(standing),
            "root": root_over(standing).hex(),
        }
    )


def _closing_moves() -> QuerySet[CeremonyMove]:
    return CeremonyMove.objects.filter(move=moves.CLOSE.name, reason="")


def _key_of(move: int) -> UUID:
    """The log refers to rows by UUID; moves are numbered."""
    return UUID(int=move)


def register() -> None:
    withdrawals, closings = (
        _("Pencabutan tanda tangan kertas"),
        _("Penutupan penandatanganan ikrar"),
    )
    count = SignatureWithdrawal.objects.count
    of_signatures, of_both = frozenset({SIGNATURE}), frozenset({SIGNATURE, WITHDRAWAL})
    audit.register_kind(
        audit.Kind(WITHDRAWAL, _withdrawals, count, withdrawals, of_signatures, describe_signatures)
    )
    audit.register_kind(
        audit.Kind(
            CLOSING,
            _closings_by,
            lambda: _closing_moves().count(),
            closings,
            of_both,
            describe_closings,
        )
    )
