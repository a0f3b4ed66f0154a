"""Access rules of pledges' own pages."""

from __future__ import annotations

from django.http import HttpRequest

from netral.people.access import duty
from netral.people.models import Account, Duty
from netral.pledges.queries import coverage
from netral.pledges.queries.ceremonies import ORGANISERS, READERS
from netral.pledges.queries.declines import READS_DECLINES

organiser = duty(*ORGANISERS)
"""Plans and holds ceremonies. ``queries`` narrow to the ceremonies within reach."""

reads_ceremonies = duty(*READERS)
"""Looks at plans, texts and results; figures only, and nothing to press."""

sees_figures = duty(*coverage.SEES_FIGURES)
"""Sees who has not been reached, as figures; names need more."""

reads_declines = duty(READS_DECLINES)
"""Reads why somebody did not sign; one duty, told to everybody before they write."""

reminders_sender = duty(Duty.Kind.PERSONNEL, Duty.Kind.ORGANISER)
"""Writes to heads of units that are behind."""


def actor_of(request: HttpRequest) -> Account:
    """Who is signed in; only behind a rule that lets nobody else through."""
    assert isinstance(request.user, Account)
    return request.user
