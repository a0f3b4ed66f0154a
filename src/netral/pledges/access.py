"""Access rules of pledges' own pages."""

from __future__ import annotations

from django.http import HttpRequest

from netral.people.access import duty
from netral.people.models import Account, Duty, Person
from netral.people.queries.slips import opened_again, slips_used
from netral.people.signin import is_doubted
from netral.pledges.models import Decline
from netral.pledges.queries import coverage
from netral.pledges.queries.ceremonies import ORGANISERS, READERS
from netral.pledges.queries.declines import READS_DECLINES, declines_of

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


_WRITTEN = "statements written"
"""In a session: keys of the statements that it wrote itself."""


def note_written(request: HttpRequest, given: Decline) -> None:
    """This session goes on reading what it wrote, whoever uses a slip meanwhile."""
    request.session[_WRITTEN] = [*request.session.get(_WRITTEN, []), str(given.pk)]


def shown_statements(request: HttpRequest, person: Person) -> list[Decline]:
    """The statements of not signing that this session may hear of, newest first.

    A slip is paper: who holds it neither reads, changes nor deletes what its owner wrote, nor
    learns that there is anything. The owner goes on reading it with the password or passkey of
    before.
    """
    written, used = request.session.get(_WRITTEN, []), slips_used(person)
    return [
        given
        for given in declines_of(person)
        if str(given.pk) in written
        or not is_doubted(request, [moment for moment in used if moment > given.first_at])
    ]


def may_miss_some(request: HttpRequest) -> bool:
    """Whether what was written before a slip opened the account, if anything, stays hidden here. It
    says nothing about whether there is any."""
    person = actor_of(request).person
    again = opened_again(person) if person else []
    return bool(again) and is_doubted(request, again)


def actor_of(request: HttpRequest) -> Account:
    """Who is signed in; only behind a rule that lets nobody else through."""
    assert isinstance(request.user, Account)
    return request.user
