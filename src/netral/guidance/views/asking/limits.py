"""How often anybody may ask. Reading stays free; only answering costs the server something."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from netral.people import devices
from netral.people.models import Account
from netral.people.services import throttling

PAGES = throttling.Allowance("ask", uses=1_000, window=timedelta(minutes=5))
"""A seminar of some hundred people behind one address asks at the same moment."""
PROGRAMS = throttling.Allowance("ask.api", uses=300, window=timedelta(minutes=5))
SENDING = throttling.Allowance("consult", uses=60, window=timedelta(hours=1))
"""A person reads each of these; a hall behind one address sends some dozens, no more."""


def actor_of(request: HttpRequest) -> Account | None:
    """Somebody signed in, or None for a stranger."""
    return request.user if isinstance(request.user, Account) else None


def spend(request: HttpRequest, allowance: throttling.Allowance) -> int:
    """Counts one question; 0, or the seconds to wait when there were too many.

    The real clock, not the demonstration's: this guards the server.
    """
    try:
        throttling.spend(
            allowance=allowance,
            account=actor_of(request),
            origin=devices.origin_of(request),
            now=timezone.now(),
        )
    except throttling.MustWait as wait:
        return wait.seconds
    return 0


def too_many() -> str:
    return _("Terlalu banyak pertanyaan dari jaringan ini; coba lagi dalam beberapa menit.")
