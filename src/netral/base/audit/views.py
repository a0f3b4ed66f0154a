"""The log for the world: its files as any web server would hand them out, and two pages.

Nothing here says whether a proof holds: the visitor's own browser finds out.
"""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from netral.base.access import allow, anyone
from netral.base.audit import exporting, files, public
from netral.base.audit.models import LogClosed, LogEntry
from netral.base.audit.proving import NotYet, prove_entry
from netral.base.audit.recounting import is_late, last_recount
from netral.base.audit.waiting import behind, came_at, not_ready, waiting
from netral.base.audit.witnessing import Refused, SignedAndForgotten, take_cosignature

FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
LONGEST_NOTE = 16 * 1024
PLAIN_TEXT = "text/plain; charset=utf-8"
OCTETS = "application/octet-stream"


@require_safe
@allow(anyone)
def page(request: HttpRequest) -> HttpResponse:
    """``GET /log/``: the latest checkpoint with its witnesses, the keys, and how to check."""
    now, recount = timezone.now(), last_recount()
    facts = {
        "log": public.state(),
        "contents": public.contents(),
        "behind": behind(now),
        "recount": recount,
        "recount_is_late": is_late(recount, now),
    }
    return render(request, "base/log/page.html", facts)


@require_safe
@allow(anyone)
def check(request: HttpRequest) -> HttpResponse:
    """``GET /log/periksa/``: checks a proof file in the browser; ``?bukti=`` says from where."""
    return render(request, "base/log/check.html", {"log": public.state()})


@require_safe
@allow(anyone)
def proof(request: HttpRequest, index: int) -> HttpResponse:
    """``GET /log/bukti/17``: that entry 17 is in the log, without what it is about.

    503 while the log has not signed for it.
    """
    if index >= 1 << 62:
        raise Http404
    try:
        receipt = prove_entry(index)
    except NotYet as not_yet:
        since = came_at(LogEntry.objects.get(index=index))
        return not_ready(request, waiting(not_yet, logged_at=since, now=timezone.now()))
    if receipt is None:
        raise Http404
    return public.as_proof_file(str(receipt), f"entri-{index}")


@require_safe
@allow(anyone)
def checkpoint(request: HttpRequest) -> HttpResponse:
    return _file(files.CHECKPOINT, PLAIN_TEXT, ASK_EACH_TIME)


@require_safe
@allow(anyone)
def tile(request: HttpRequest, tile: str) -> HttpResponse:
    """A tile or a bundle of entries. The address admits nothing that leaves the folder."""
    return _file(tile, OCTETS, FOR_EVER)


@require_safe
@allow(anyone)
def closed_file(request: HttpRequest, number: int, path: str) -> HttpResponse:
    """``GET /log/lama/1/checkpoint``, ``…/tile/0/000``: of a log that was closed, as it was."""
    closed = LogClosed.objects.filter(number=number).defer("lost").first()
    if closed is None:
        raise Http404
    content_type = PLAIN_TEXT if path == files.CHECKPOINT else OCTETS
    return _file(path, content_type, FOR_EVER, files.closed_root(closed.folder))


@require_safe
@allow(anyone)
def keys_file(request: HttpRequest) -> HttpResponse:
    """``GET /log/keys.txt``: every public key, one per line, for ``netral log verify --key``."""
    return _open_to_all(exporting.keys_text().encode(), PLAIN_TEXT, ASK_EACH_TIME)


@csrf_exempt
@require_POST
@allow(anyone)
def add_cosignature(request: HttpRequest) -> HttpResponse:
    """``POST /log/add-cosignature``: a witness brings the checkpoint with its line under it.

    Carries no session and changes nothing but by a signature that holds, so it needs no token.
    409 tells the witness that this log has forgotten what it signed itself.
    """
    try:
        body = request.read(LONGEST_NOTE + 1)
        if len(body) > LONGEST_NOTE:
            raise Refused("a cosigned checkpoint is shorter than that")
        take_cosignature(note=body.decode(), now=timezone.now())
    except (Refused, UnicodeDecodeError, RequestDataTooBig) as problem:
        status = 409 if isinstance(problem, SignedAndForgotten) else 422
        return HttpResponse(f"{problem}\n", status=status, content_type=PLAIN_TEXT)
    return HttpResponse("ok\n", content_type=PLAIN_TEXT)


def _file(path: str, content_type: str, keep: str, folder: Path | None = None) -> HttpResponse:
    found = files.read(path, folder)
    if found is None:
        raise Http404
    return _open_to_all(found, content_type, keep)


def _open_to_all(content: bytes, content_type: str, keep: str) -> HttpResponse:
    """Pages of other offices may read the log too: it is public, and the same for everybody."""
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = keep
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
