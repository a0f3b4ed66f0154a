"""What the public pages say about the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse

from netral.base import sealing
from netral.base.audit import keys
from netral.base.audit.kinds import all_kinds
from netral.base.audit.models import LogCheckpoint, LogClosed, LogCosignature, LogEntry, LogKey
from netral.base.audit.published import Damaged, Forgotten, forgotten, with_cosignatures
from netral.base.demo_mark import marked
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
    """``note`` is the newest checkpoint, verbatim; ``size`` and ``at`` are None before any.

    ``forgotten``: what was published and the database does not know; ``is_damaged``: what was
    published cannot be read. Under either the log signs nothing more.
    """

    origin: str
    size: int | None
    at: datetime | None
    note: str
    keys: list[LogKey]
    witnesses: list[WitnessState]
    forgotten: Forgotten | None = None
    is_damaged: bool = False
    closed: list[LogClosed] = field(default_factory=list)
    """Logs before this one, the oldest first."""

    @property
    def stands_still(self) -> bool:
        return self.is_damaged or self.forgotten is not None

    @property
    def closed_addresses(self) -> str:
        """Name and address of each closed log, one per line, for the scripts."""
        return "\n".join(f"{one.origin} {closed_address(one)}" for one in self.closed)

    @property
    def vouching(self) -> list[WitnessState]:
        """Those that have cosigned this log; a key that was only registered says nothing."""
        return [witness for witness in self.witnesses if witness.at]

    @property
    def witnessed_at(self) -> datetime | None:
        """When a witness vouched for it last."""
        return max((witness.at for witness in self.witnesses if witness.at), default=None)

    @property
    def verifiers(self) -> str:
        """The public keys of the log, one per line, for the script that checks signatures."""
        return "\n".join(row.verifier for row in self.keys)

    @property
    def seals(self) -> str:
        """SHA-256 of the certificate that seals documents here, in hex, for the same script."""
        return sealing.fingerprint().replace(" ", "").lower()

    @property
    def witness_verifiers(self) -> str:
        return "\n".join(witness.verifier for witness in self.witnesses)


def as_proof_file(text: str, name: str) -> HttpResponse:
    """A proof file as a download; the caller has asked who may have it."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{marked(name)}.tlog-proof"'
    return response


def state() -> LogState:
    """For the page of the log, and for every page that checks a proof."""
    newest = LogCheckpoint.objects.order_by("-size").first()
    rows = list(LogKey.objects.order_by("added_at"))
    try:
        unknown, is_damaged = forgotten(), False
    except Damaged:
        unknown, is_damaged = None, True
    return LogState(
        origin=keys.origin(),
        size=newest.size if newest else None,
        at=newest.at if newest else None,
        note=with_cosignatures(newest) if newest else "",
        keys=[row for row in rows if row.role == LogKey.Role.LOG],
        witnesses=[_witness(row) for row in rows if row.role == LogKey.Role.WITNESS],
        forgotten=unknown,
        is_damaged=is_damaged,
        closed=list(LogClosed.objects.order_by("number").defer("lost")),
    )


def closed_address(closed: LogClosed) -> str:
    """The prefix under which its files are read, as those of the log of today under its own."""
    return f"{reverse('log:page')}lama/{closed.number}/"


def contents() -> list[tuple[str, int]]:
    """How many entries of each kind the newest checkpoint covers; the kinds in words."""
    newest = LogCheckpoint.objects.order_by("-size").first()
    return _in_words(_kinds_under(newest)) if newest else []


def _witness(row: LogKey) -> WitnessState:
    # A log that began anew is another log: what a witness saw of the old one is no word for it.
    of_this_log = LogCosignature.objects.filter(checkpoint__note__startswith=f"{keys.origin()}\n")
    last = of_this_log.filter(key=row).order_by("-checkpoint_id").first()
    name = VerifierKey.parse(row.verifier).name
    if last is None:
        return WitnessState(name, row.verifier, None, None)
    return WitnessState(name, row.verifier, last.checkpoint_id, last.at)


@dataclass(frozen=True)
class _Counted:
    """Entries of each kind under one checkpoint: they never change, only new ones are counted."""

    size: int = 0
    root: bytes = b""
    kinds: Counter[str] = field(default_factory=Counter)


_counted = _Counted()


def _kinds_under(newest: LogCheckpoint) -> Counter[str]:
    global _counted  # one value, replaced whole: two threads at worst count the same twice
    known = _counted
    if not LogCheckpoint.objects.filter(size=known.size, root=known.root).exists():
        known = _Counted()
    fresh = LogEntry.objects.filter(index__gte=known.size, index__lt=newest.size)
    kinds = known.kinds + Counter(dict(fresh.values_list("kind").annotate(Count("index"))))
    _counted = _Counted(newest.size, bytes(newest.root), kinds)
    return kinds


def _in_words(kinds: Counter[str]) -> list[tuple[str, int]]:
    labels = {kind.name: str(kind.label) for kind in all_kinds()}
    return [(labels.get(name) or name, count) for name, count in kinds.most_common()]
