"""Times on a page are those of the government it is about, wherever the server stands."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from netral.people.models import Government


def activate_for(government: Government) -> None:
    """Until the end of this request times are shown as WIB, WITA or WIT of ``government``."""
    timezone.activate(government.time_zone)


class ForgetZone:
    """Middleware: the next request in this thread may be about another government."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()
