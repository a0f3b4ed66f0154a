"""Signatures in the log: what each entry commits to, and how it is found again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from netral.base import audit
from netral.pledges.models import Signature

KIND = "pledge"
ROWS_AT_ONCE = 500


def log_signatures(signatures: Sequence[Signature], *, now: datetime) -> None:
    """Logs new signatures, in the transaction that wrote them and last in it."""
    deeds = [audit.Logged(one.pk, content_of(one), one.person_id) for one in signatures]
    audit.append_many(kind=KIND, deeds=deeds, now=now)


def content_of(signature: Signature) -> audit.Content:
    """Who signed is hidden even from whoever may see the rest: the public check shows the rest."""
    return audit.Content(
        {
            "ceremony": str(signature.ceremony_id),
            "evidence": str(signature.evidence),
            "receipt": signature.receipt_code,
            "recorded_at": _exact(signature.recorded_at),
            "signed_at": _exact(signature.signed_at),
            "wording": signature.wording_digest,
        },
        hidden={"person": str(signature.person_id)},
    )


def _exact(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _contents(references: Collection[UUID]) -> Mapping[UUID, audit.Content]:
    found: dict[UUID, audit.Content] = {}
    keys = list(references)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        rows = Signature.objects.filter(pk__in=keys[start : start + ROWS_AT_ONCE])
        found.update({one.pk: content_of(one) for one in rows})
    return found


def register() -> None:
    audit.register_kind(audit.Kind(KIND, _contents, Signature.objects.count))
