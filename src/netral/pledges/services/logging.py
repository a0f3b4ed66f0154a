"""Signatures in the log: what each entry commits to, and how it is found again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from netral.base import audit
from netral.base.ids import with_hyphens
from netral.pledges.models import Signature
from netral.pledges.services.describing import describe_signatures
from netral.pledges.services.scans_kept import scans_that_differ
from netral.tlog.assertions import NAME as ASSERTION

KIND = "pledge"
ROWS_AT_ONCE = 500


class SignatureFacts(NamedTuple):
    """What the log commits to, of a signature that was written without its object."""

    key: str
    """32 hexadecimal digits, as ``person``."""
    ceremony: str
    """With hyphens."""
    wording: str
    person: str
    evidence: str
    code: str
    signed_at: datetime
    recorded_at: datetime
    assertion: str = ""
    """What a passkey signed (:mod:`netral.tlog.assertions`)."""
    scan: str = ""
    """SHA-256 of the paper sheet it stands on."""


def log_signatures(signatures: Sequence[Signature], *, now: datetime) -> None:
    """Logs new signatures, in the transaction that wrote them and last in it."""
    log_facts([facts_of(one) for one in signatures], now=now)


def log_facts(signatures: Sequence[SignatureFacts], *, now: datetime) -> None:
    """As :func:`log_signatures`."""
    deeds = [audit.Logged(one.key, content_of(one), one.person) for one in signatures]
    audit.append_many(kind=KIND, deeds=deeds, now=now)


def facts_of(signature: Signature) -> SignatureFacts:
    return SignatureFacts(
        key=signature.pk.hex,
        ceremony=str(signature.ceremony_id),
        wording=signature.wording_digest,
        person=signature.person_id.hex,
        evidence=str(signature.evidence),
        code=signature.receipt_code,
        signed_at=signature.signed_at,
        recorded_at=signature.recorded_at,
        assertion=signature.assertion,
        scan=signature.paper.digest if signature.paper and signature.paper.in_log else "",
    )


def content_of(signature: SignatureFacts) -> audit.Content:
    """Who signed is hidden even from whoever may see the rest: the public check shows the rest.

    So is a passkey's assertion, whose key would show that two signatures are one person's, and the
    digest of a scan, which would show who signed on one sheet.
    """
    hidden = {"person": with_hyphens(signature.person)}
    if signature.assertion:
        hidden[ASSERTION] = signature.assertion
    if signature.scan:
        hidden["scan"] = signature.scan
    return audit.Content(
        {
            "ceremony": signature.ceremony,
            "evidence": signature.evidence,
            "receipt": signature.code,
            "recorded_at": _exact(signature.recorded_at),
            "signed_at": _exact(signature.signed_at),
            "wording": signature.wording,
        },
        hidden=hidden,
    )


@lru_cache(maxsize=4)  # a hall that signs together shares its moment
def _exact(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _contents(references: Collection[UUID]) -> Mapping[UUID, audit.Content]:
    found: dict[UUID, audit.Content] = {}
    keys = list(references)
    for start in range(0, len(keys), ROWS_AT_ONCE):
        rows = Signature.objects.filter(pk__in=keys[start : start + ROWS_AT_ONCE])
        found.update(_content_of_row(row) for row in rows.values_list(*_COLUMNS))
    return found


_COLUMNS = (
    "pk", "ceremony_id", "wording_digest", "person_id", "evidence", "receipt_code",
    "signed_at", "recorded_at", "assertion", "paper__digest", "paper__in_log",
)  # fmt: skip
"""What :class:`SignatureFacts` holds, without an object for each of a hundred thousand rows."""


def _content_of_row(row: tuple[Any, ...]) -> tuple[UUID, audit.Content]:
    key, ceremony, wording, person, *facts, digest, in_log = row
    shown = SignatureFacts(key.hex, str(ceremony), wording, person.hex, *facts)
    return key, content_of(shown._replace(scan=digest if in_log else ""))


def register() -> None:
    label = _("Tanda tangan ikrar")
    count = Signature.objects.count
    audit.register_kind(
        audit.Kind(
            KIND,
            _contents,
            count,
            label,
            describe=describe_signatures,
            beside=scans_that_differ,
        )
    )
