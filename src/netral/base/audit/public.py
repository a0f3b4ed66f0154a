"""What the public pages say about the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from netral.base.audit import keys
from netral.base.audit.models import LogCheckpoint, LogCosignature, LogKey
from netral.base.audit.published import with_cosignatures
from netral.tlog.notes import VerifierKey


@dataclass(frozen=True)
class WitnessState:
    """``size`` and ``at``: what it vouched for last, and when; None when never."""

    name: str
    verifier: str
    size: int | None
    at: datetime | None


@dataclass(frozen=True)
class LogState:
    """``note`` is the newest checkpoint, verbatim; ``size`` and ``at`` are None before any."""

    origin: str
    size: int | None
    at: datetime | None
    note: str
    keys: list[LogKey]
    witnesses: list[WitnessState]

    @property
    def verifiers(self) -> str:
        """The public keys of the log, one per line, for the script that checks signatures."""
        return "\n".join(row.verifier for row in self.keys)

    @property
    def witness_verifiers(self) -> str:
        return "\n".join(witness.verifier for witness in self.witnesses)


def as_proof_file(text: str, name: str) -> HttpResponse:
    """A proof file as a download; the caller has asked who may have it."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.tlog-proof"'
    return response


def state() -> LogState:
    """For the page of the log, and for every page that checks a proof."""
    newest = LogCheckpoint.objects.order_by("-size").first()
    rows = list(LogKey.objects.order_by("added_at"))
    return LogState(
        origin=keys.origin(),
        size=newest.size if newest else None,
        at=newest.at if newest else None,
        note=with_cosignatures(newest) if newest else "",
        keys=[row for row in rows if row.role == LogKey.Role.LOG],
        witnesses=[_witness(row) for row in rows if row.role == LogKey.Role.WITNESS],
    )


def _witness(row: LogKey) -> WitnessState:
    last = LogCosignature.objects.filter(key=row).order_by("-checkpoint_id").first()
    name = VerifierKey.parse(row.verifier).name
    if last is None:
        return WitnessState(name, row.verifier, None, None)
    return WitnessState(name, row.verifier, last.checkpoint_id, last.at)
