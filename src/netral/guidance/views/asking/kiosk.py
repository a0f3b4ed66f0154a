"""``/tanya/kios/``: a screen in a foyer. Nobody's account, no way out, nothing left behind."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from netral.base.access import allow, anyone
from netral.guidance.views.asking.pages import conversation

IDLE_SECONDS = 60
"""Without a touch for so long, the screen goes back to its beginning."""


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def kiosk(request: HttpRequest) -> HttpResponse:
    """Whoever signed in on this browser before is no concern of the next person in the queue."""
    return conversation(
        request, None, "guidance/ask/kiosk.html", is_linked=False, idle_seconds=IDLE_SECONDS
    )
