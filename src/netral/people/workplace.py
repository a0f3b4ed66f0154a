"""In which government an officer works now, when their duties reach into several.

The choice is kept in the session and put on the account for the length of one request, so that
``queries``, which take the actor, can follow it. It never widens anything: a government in which
no duty is in force any more is as if it had not been chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from netral.base.ui import slots
from netral.people.access import duties_held, second_factor_done
from netral.people.models import Account, Government

SESSION_KEY = "workplace"


class ChosenWorkplace:
    """Middleware: reads the choice of this session. Whoever never chose costs nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.session.get(SESSION_KEY)
        if chosen and isinstance(request.user, Account):
            request.user.chosen_government = UUID(chosen)
        return self.get_response(request)


def choose(request: HttpRequest, government: UUID) -> None:
    request.session[SESSION_KEY] = str(government)


def offered_to(request: HttpRequest) -> list[Government]:
    """The governments to choose from, by name; empty unless there are several."""
    reached = {duty.government for duty in duties_held(request)}
    if len(reached) < 2 or not second_factor_done(request):
        return []
    return list(Government.objects.filter(pk__in=reached).order_by("name"))


def offer_the_switch() -> None:
    slots.fill("workplaces", _switch)


def _switch(request: HttpRequest) -> dict[str, Any] | None:
    offered = offered_to(request)
    if not offered:
        return None
    return {"template": "people/accounts/workplace.html", "offered": offered}
