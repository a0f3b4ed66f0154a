"""Why an entry cannot be proved yet, in words, and when it is worth asking again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from netral.base.audit.models import LogEntry, LogOpening
from netral.base.audit.proving import LacksFiles, NotYet
from netral.base.audit.standing import appended, contradiction, signed
from netral.base.ids import made_at
from netral.base.templatetags.ui import moment

PATIENCE = timedelta(minutes=1)
"""A second is promised; after this long something is not running."""
SOME_SECONDS = timedelta(seconds=20)
"""What the public page lets pass: a large round, or one that is tried again after a trouble."""
A_MOMENT, LATER = 5, 600
"""Seconds after which to ask again."""


@dataclass(frozen=True)
class Waiting:
    """``why`` and ``advice`` are sentences for whoever asked; ``retry_after`` is in seconds.

    ``is_halted``: the log contradicts itself, and its own page says how.
    """

    why: Promise | str
    advice: Promise
    retry_after: int
    is_halted: bool = False


_SOON = Waiting(
    _("Bukti dibuat beberapa detik setelah dicatat."),
    _("Tunggu sebentar, lalu coba sekali lagi."),
    A_MOMENT,
)
_NOTHING_IS_LOST = _(
    "Tidak ada yang hilang dan tidak ada yang perlu diulang. Coba lagi nanti; bila besok masih "
    "begini, tanyakan kepada pengelola Netral di kantor yang menerbitkannya."
)
_HALTED = Waiting(
    _("Catatannya tersimpan, tetapi log sedang berhenti menyegel."),
    _("Halaman log mengatakan sebabnya dan apa yang harus dilakukan."),
    LATER,
    is_halted=True,
)
_LACKS_FILES = Waiting(
    _("Catatannya tersimpan, tetapi berkas pohon log belum lengkap, misalnya sesudah pemulihan."),
    _("Pengelola Netral melengkapinya dengan netral log fsck --repair. Coba lagi sesudah itu."),
    LATER,
)


def waiting(not_yet: NotYet, *, logged_at: datetime, now: datetime) -> Waiting:
    """What ``not_yet`` means. ``logged_at``: when the entry came, or the latest it can have."""
    if contradiction():
        return _HALTED
    if isinstance(not_yet, LacksFiles):
        return _LACKS_FILES
    first = behind(now)
    if now - min(logged_at, first.since if first else logged_at) <= PATIENCE:
        return _SOON
    return Waiting(_since_when(logged_at, first), _NOTHING_IS_LOST, LATER)


def _since_when(logged_at: datetime, first: Behind | None) -> str:
    """In the active zone. Where others wait for longer, since when they do."""
    since = {"since": moment(logged_at)}
    if first is None or first.since >= logged_at or moment(first.since) == since["since"]:
        return (
            gettext(
                "Catatan ini menunggu sejak %(since)s; biasanya satu detik. Ia tersimpan, tetapi "
                "segel log tertinggal: proses yang menyegel sedang berhenti."
            )
            % since
        )
    return gettext(
        "Catatan ini menunggu sejak %(since)s. Ia tersimpan, tetapi segel log tertinggal: proses "
        "yang menyegel sedang berhenti. Catatan pertama yang menunggu masuk pada %(first)s."
    ) % {**since, "first": moment(first.since)}


@dataclass(frozen=True)
class Behind:
    """``count`` entries wait for their seal; the first since about ``since``."""

    count: int
    since: datetime


def behind(now: datetime) -> Behind | None:
    """What waits for its seal longer than it should; None while the log keeps up.

    Three rows are read, found by their keys, however large the log is.
    """
    done = signed()
    count = appended() - done
    first = LogEntry.objects.filter(index=done).first() if count > 0 else None
    if first is None:
        return None
    since = came_at(first)
    return Behind(count, since) if now - since > SOME_SECONDS else None


def came_at(entry: LogEntry) -> datetime:
    """When it was recorded: as the key of its row says within its hour, else at the latest when
    that hour ended. The page shows minutes; seals show seconds of the same.
    """
    opening = LogOpening.objects.filter(entry=entry.index).first()
    made = made_at(opening.reference) if opening else None
    ended = entry.hour_ends_at
    return min(max(made, ended - timedelta(hours=1)), ended) if made else ended


def not_ready(request: HttpRequest, waits: Waiting) -> HttpResponse:
    """503 instead of a proof file: a page for who follows a link, plain words for scripts."""
    if "text/html" in request.headers.get("Accept", ""):
        response = render(request, "base/log/not_ready.html", {"waiting": waits}, status=503)
    else:
        response = HttpResponse(
            f"{waits.why} {waits.advice}\n", status=503, content_type="text/plain; charset=utf-8"
        )
    response["Retry-After"] = str(waits.retry_after)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response
