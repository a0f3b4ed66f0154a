"""What elections put into the frame of every page: phase line, chip, navigation, the demo's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from netral.base.ui import slots
from netral.elections import rules, today
from netral.elections.calendars import calendar_of
from netral.elections.line import PhaseLine
from netral.elections.queries import phase_line
from netral.people.access import officer
from netral.people.models import Account, Government
from netral.people.queries.workplace import workplace_id_of


@dataclass(frozen=True)
class DemoStrip:
    """The small form in the demonstration strip of officers' pages."""

    day: date
    is_moved: bool
    template: str = "elections/parts/demo_day.html"


def fill_frame() -> None:
    """Registers the slots; called once, in ``AppConfig.ready``."""
    slots.fill("phase_line", line_for)
    slots.fill("demo_strip", demo_strip_for)
    slots.add_navigation(
        slots.NavigationItem(
            label=pgettext_lazy("menu", "Pemilihan"),
            url_name="elections:election_list",
            shown_to=officer,
            order=110,
        )
    )


def line_for(request: HttpRequest) -> PhaseLine | None:
    """The phase line of the government whose page this is, or None when that is not known.

    A view that shows a page of a certain government to the public puts its key on the request as
    ``government_id``; else it is that of whoever is signed in, else the only one there is.
    """
    government_id = getattr(request, "government_id", None) or _own(request) or _only_one()
    return phase_line(government_id, today.now()) if government_id else None


def demo_strip_for(request: HttpRequest) -> DemoStrip | None:
    """Officers of a demonstration see which day it is there, and can change it."""
    if not settings.DEMO or not officer(request):
        return None
    government_id = _own(request)
    if government_id is None:
        return None
    zone = calendar_of(government_id).zone
    return DemoStrip(day=rules.local_day(today.now(), zone), is_moved=today.days_ahead() != 0)


def _own(request: HttpRequest) -> UUID | None:
    return workplace_id_of(request.user) if isinstance(request.user, Account) else None


def _only_one() -> UUID | None:
    found = list(Government.objects.values_list("id", flat=True)[:2])
    return found[0] if len(found) == 1 else None
