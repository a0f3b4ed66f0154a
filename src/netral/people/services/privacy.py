"""What UU 27/2022 asks for: who opened lists of names, requests answered within 3×24 hours.

Access and a copy (articles 7 and 32) need no request: ``/saya/data/`` shows everything at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from netral.base import bulk
from netral.people.models import (
    Account,
    DataRequest,
    Duty,
    Government,
    NameListView,
    Person,
    Unit,
)
from netral.people.queries import authority

ANSWER_WITHIN = timedelta(hours=72)
"""3×24 hours, counted through weekends: UU 27/2022 articles 30 (correction), 41 (restriction)."""
KEEP_LIST_VIEWS = timedelta(days=3 * 365)
KEEP_REQUESTS = timedelta(days=3 * 365)
"""After the answer, as docs/data-inventory.md says."""
SAME_VISIT = timedelta(minutes=15)
ASKED_AT_ONCE = 5000
"""Ids in one question; SQLite takes no more than 32,766, and an export may show everybody."""


class Problem(Enum):
    NO_TEXT = "no_text"
    NOT_YOURS = "not_yours"
    ANSWERED = "answered"
    SELF = "self"


_MESSAGES: dict[Problem, Promise] = {
    Problem.NO_TEXT: _("Tuliskan penjelasannya dalam satu atau dua kalimat."),
    Problem.NOT_YOURS: _("Permintaan ini dijawab oleh pengelola kepegawaian pemohon."),
    Problem.ANSWERED: _("Permintaan ini sudah dijawab atau ditarik; muat ulang halamannya."),
    Problem.SELF: _("Permintaan Anda sendiri dijawab oleh petugas lain."),
}


class Refused(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem

    @property
    def message(self) -> str:
        return str(_MESSAGES[self.problem])


def record_list_view(
    *,
    actor: Account,
    government: Government,
    what: str,
    count: int,
    now: datetime,
    unit: Unit | None = None,
    people: Iterable[UUID] | None = None,
) -> None:
    """Call it in every view that shows or exports names of several people.

    ``what`` is a short stable word (``pledges.missing``); ``unit`` the top of the subtree whose
    names were shown, empty for the whole government; ``count`` how many names. ``people`` are the
    ids of those who were shown, for a page, a search or a filtered export: only they learn of it.
    Without it everybody under ``unit`` was shown, and repeats within a quarter of an hour are one
    visit; with it only showing the very same people again is.

    Everything is read before the transaction: on SQLite signatures wait for it, and most answers
    of a search have nothing to write. Two at once may leave the same visit twice.
    """
    if count == 0:
        return
    shown = None if people is None else set(people)
    view = NameListView(
        actor=actor,
        government=government,
        unit=unit,
        what=what,
        people=count,
        is_listed=shown is not None,
        at=now,
    )
    if _is_repeated(_recent_visits_like(view), count, shown):
        return
    view.duty = _duty_in(actor, government, unit)
    known = _known(shown or ())
    with transaction.atomic():
        view.save()
        _add_shown(view, known)


def _known(shown: Collection[UUID]) -> list[UUID]:
    """Those of ``shown`` that are in the register."""
    known: list[UUID] = []
    for some in _portions(shown):
        known += Person.objects.filter(pk__in=some).values_list("pk", flat=True)
    return known


def _add_shown(view: NameListView, people: Collection[UUID]) -> None:
    """Past the ORM: an export may show a whole province, and signatures wait meanwhile."""
    rows = [(view.pk, person.hex) for person in people]
    table = NameListView.shown.through._meta.db_table
    bulk.insert(table, ("namelistview_id", "person_id"), rows)


def _portions(ids: Collection[UUID]) -> Iterator[list[UUID]]:
    every = list(ids)
    for start in range(0, len(every), ASKED_AT_ONCE):
        yield every[start : start + ASKED_AT_ONCE]


def _recent_visits_like(view: NameListView) -> QuerySet[NameListView]:
    return NameListView.objects.filter(
        actor=view.actor,
        government=view.government,
        unit=view.unit,
        what=view.what,
        is_listed=view.is_listed,
        at__gt=view.at - SAME_VISIT,
        at__lte=view.at,
    )


def record_search(
    *, actor: Account, government: Government, people: Collection[UUID], now: datetime
) -> None:
    """The names that were listed while somebody was looked for in a form.

    Each answer while one types is a list of its own, mostly a part of the one before. It is
    recorded as soon as it shows anybody whom this officer's searches of the last quarter of an
    hour did not: everybody shown learns of it, and typing on writes nothing.
    """
    if not people:
        return
    view = NameListView(
        actor=actor, government=government, what="people.search", is_listed=True, at=now
    )
    known = _recent_visits_like(view).filter(shown__in=people)
    if known.values("shown").distinct().count() == len(people):
        return
    record_list_view(
        actor=actor,
        government=government,
        what="people.search",
        count=len(people),
        people=people,
        now=now,
    )


def _is_repeated(visits: QuerySet[NameListView], count: int, shown: set[UUID] | None) -> bool:
    """Whether one of the recent ``visits`` says it already; it then keeps the larger count."""
    if shown is not None:
        return len(shown) == count and _showed(visits.filter(people=count), shown)
    visit = visits.first()
    if visit is None:
        return False
    if count > visit.people:
        NameListView.objects.filter(pk=visit.pk).update(people=count)
    return True


def _showed(visits: QuerySet[NameListView], shown: set[UUID]) -> bool:
    """Whether one of ``visits`` showed all of ``shown``. One question for a page."""
    for some in _portions(shown):
        again = Count("shown", filter=Q(shown__in=some))
        found = list(visits.annotate(again=again).filter(again=len(some)).values_list("pk"))
        if not found:
            return False
        visits = visits.filter(pk__in=[key for (key,) in found])
    return True


def _duty_in(actor: Account, government: Government, unit: Unit | None) -> str:
    """The kind of duty under which the actor sees names there, the widest first."""
    held = authority.duties_of(actor).filter(government=government)
    if unit is not None:
        above = unit.above.values("ancestor_id")
        held = held.filter(unit=None) | held.filter(unit__in=above)
    first = held.order_by("unit_id", "granted_at").first()
    return first.kind if first else ""


@transaction.atomic
def ask(*, actor: Account, kind: str, text: str, now: datetime) -> DataRequest:
    """A person of the register asks about their own data. Raises :class:`Refused`."""
    if actor.person is None:
        raise Refused(Problem.NOT_YOURS)
    if not text.strip():
        raise Refused(Problem.NO_TEXT)
    return DataRequest.objects.create(
        government=actor.person.government,
        person=actor.person,
        kind=kind,
        text=text.strip(),
        asked_at=now,
        due_at=now + ANSWER_WITHIN,
    )


@transaction.atomic
def withdraw(*, actor: Account, request: DataRequest, now: datetime) -> None:
    """The person takes their request back. Raises :class:`Refused`."""
    own = DataRequest.objects.filter(
        pk=request.pk, person=actor.person_id, state=DataRequest.State.OPEN
    )
    if actor.person_id is None or not own.update(state=DataRequest.State.WITHDRAWN):
        raise Refused(Problem.ANSWERED)


@transaction.atomic
def answer(
    *, actor: Account, request: DataRequest, granted: bool, reasons: str, now: datetime
) -> DataRequest:
    """A personnel officer grants or refuses, with reasons; never one's own request.

    Raises :class:`Refused`.
    """
    reached = authority.people_of(actor, Duty.Kind.PERSONNEL)
    if not reached.filter(pk=request.person_id).exists():
        raise Refused(Problem.NOT_YOURS)
    if actor.person_id == request.person_id:
        raise Refused(Problem.SELF)
    if not reasons.strip():
        raise Refused(Problem.NO_TEXT)
    state = DataRequest.State.GRANTED if granted else DataRequest.State.REFUSED
    waiting = DataRequest.objects.filter(pk=request.pk, state=DataRequest.State.OPEN)
    answered = waiting.update(
        state=state, answer=reasons.strip(), answered_by=actor, answered_at=now
    )
    if not answered:
        raise Refused(Problem.ANSWERED)
    request.refresh_from_db()
    return request


def forget_old_requests(*, now: datetime) -> int:
    """Deletes requests answered, or withdrawn, longer ago than they are kept; how many. Daily.

    A request that still waits is never old. One that was withdrawn counts from when it was due,
    because withdrawing leaves no time of its own.
    """
    before = now - KEEP_REQUESTS
    withdrawn = Q(state=DataRequest.State.WITHDRAWN, due_at__lt=before)
    old = DataRequest.objects.filter(Q(answered_at__lt=before) | withdrawn)
    return old.exclude(state=DataRequest.State.OPEN).delete()[0]


def forget_old_list_views(*, now: datetime) -> int:
    """Deletes what is older than the retention; returns how many rows. Runs daily."""
    return NameListView.objects.filter(at__lt=now - KEEP_LIST_VIEWS).delete()[0]
