"""What the addresses of the log promise: the same to everybody, and about nobody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from netral.base.audit import files
from netral.base.audit.models import LogClosed
from tests.contracts.expectations import Page, everybody
from tests.contracts.places import Place

OPEN = Page(may=everybody)


def _checkpoint(place: Place) -> Mapping[str, Any]:
    files.write("checkpoint", b"a signed note\n")
    return {}


def _tile(place: Place) -> Mapping[str, Any]:
    files.write("tile/0/000.p/1", bytes(32))
    return {"tile": "tile/0/000.p/1"}


def _closed(place: Place) -> Mapping[str, Any]:
    note = "a signed note\n"
    LogClosed.objects.get_or_create(
        number=1,
        defaults={
            "origin": "netral.contoh.example/log", "size": 0, "root": bytes(32), "note": note,
            "shared": 0, "lost": b"", "folder": "log-files-before", "at": timezone.now(),
        },
    )  # fmt: skip
    files.write("checkpoint", note.encode(), files.closed_root("log-files-before"))
    return {"number": 1, "path": "checkpoint"}


PAGES: dict[str, Page] = {
    "log:page": OPEN,
    "log:check": OPEN,
    "log:keys": OPEN,
    "log:checkpoint": Page(may=everybody, query=_checkpoint),
    "log:tile": Page(may=everybody, arguments=_tile, open=True, words=frozenset({"tile"})),
    "log:closed": Page(
        may=everybody, arguments=_closed, open=True, words=frozenset({"number", "path"})
    ),
    "log:proof": Page(  # nothing is signed here: nobody gets one
        may=frozenset(),
        arguments=lambda place: {"index": 0},
        open=True,
        words=frozenset({"index"}),
    ),
    "log:add_cosignature": Page(may=everybody, method="post"),
}
