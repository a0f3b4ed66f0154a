"""Access rules of pledges' own pages."""

from __future__ import annotations

from django.http import HttpRequest

from netral.people.access import duty
from netral.people.models import Account, Duty, Person
from netral.people.signin import opened_by_slip
from netral.pledges.models import Decline
from netral.pledges.queries import coverage
from netral.pledges.queries.ceremonies import ORGANISERS, READERS
from netral.pledges.queries.declines import READS_DECLINES, slip_used_after

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


WRITTEN = "declines written"
"""In a session: codes of the ceremonies of which it wrote a statement itself."""


def keeps_back(request: HttpRequest, given: Decline, person: Person) -> bool:
    """A slip is paper: who holds it neither reads, changes nor deletes what its owner wrote."""
    return slip_used_after(person, given.at) or hides(request, given)


def hides(request: HttpRequest, given: Decline) -> bool:
    """Whether a slip opened this session, and the statement was not written in it: the owner's page
    then does not even say that there is one."""
    return opened_by_slip(request) and given.ceremony.code not in request.session.get(WRITTEN, [])


def actor_of(request: HttpRequest) -> Account:
    """Who is signed in; only behind a rule that lets nobody else through."""
    assert isinstance(request.user, Account)
    return request.user
