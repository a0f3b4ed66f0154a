"""The sign page without a network: the page that stands in for it, and the service worker.

What the phone keeps, and until when: ``static/pledges/keep.js``.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.base.offline import StandIn

WISHES = StandIn(
    name="ikrar",
    route="pledges:kept",
    template="pledges/kept.html",
    facts=dict,
    files=("pledges/keep.js",),
    ours="/i/",
)


@require_safe
@allow(anyone)
def kept(request: HttpRequest) -> HttpResponse:
    """``/i/tersimpan``: the same for everybody, so that every phone can keep it."""
    return WISHES.page(request)


@require_safe
@allow(anyone)
def worker(request: HttpRequest) -> HttpResponse:
    """``/i/sw.js``, for the addresses below ``/i/``."""
    return WISHES.worker()
