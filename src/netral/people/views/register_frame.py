"""What the register's views share: who asks, in which government, and what day it is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from netral.people import zone
from netral.people.access import DutyRule, duties_held, duty
from netral.people.forms.pickers import PickingForm
from netral.people.models import Account, Duty, Government
from netral.people.queries.reach import Reach, government_of, reach_by
from netral.people.services import privacy

reads_register = duty(Duty.Kind.PERSONNEL, Duty.Kind.HEAD)
keeps_register = duty(Duty.Kind.PERSONNEL)


class WholeGovernmentRule(DutyRule):
    """The personnel duty for a whole government; imports reach beyond any subtree."""

    def held(self, request: HttpRequest) -> bool:
        held = duties_held(request)
        return any(duty.kind in self.kinds and duty.unit is None for duty in held)


keeps_whole_register = WholeGovernmentRule(Duty.Kind.PERSONNEL)


@dataclass(frozen=True)
class Desk:
    """The officer at work."""

    actor: Account
    government: Government
    reach: Reach
    """What the kinds of duty that the page asks for reach."""
    edits: Reach
    """What the personnel duty reaches; heads of unit only read."""
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.government.time_zone)).date()


def desk_of(request: HttpRequest, *kinds: str) -> Desk:
    """At most two queries. Without ``kinds`` everybody who may read the register."""
    actor = request.user
    assert isinstance(actor, Account)
    duties = duties_held(request)
    government = government_of(actor, duties, *kinds)
    if government is None:
        raise PermissionDenied
    zone.activate_for(government)
    return Desk(
        actor,
        government,
        reach=reach_by(duties, *kinds),
        edits=reach_by(duties, Duty.Kind.PERSONNEL),
        now=timezone.now(),
    )


def found(row: Any) -> Any:
    """The row, or a page that says there is none (also when it is somebody else's)."""
    if row is None:
        raise Http404
    return row


def done(request: HttpRequest, back: str, message: str) -> HttpResponse:
    messages.success(request, message)
    return HttpResponseRedirect(back)


def attempt(form: BaseForm, deed: Callable[[], Any]) -> bool:
    """Does ``deed``; what it refuses stands beside the field it names, or above the form."""
    try:
        deed()
    except ValidationError as problem:
        if hasattr(problem, "error_dict"):
            for name, errors in problem.error_dict.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            form.add_error(None, problem)
        return False
    return True


def note_search(desk: Desk, form: PickingForm) -> None:
    """Who was listed while the officer looked for somebody learns of it."""
    privacy.record_search(
        actor=desk.actor, government=desk.government, people=form.people_found(), now=desk.now
    )


def form_page(
    request: HttpRequest,
    form: BaseForm,
    *,
    heading: str,
    label: str,
    cancel: str,
    template: str = "people/register/form_page.html",
    **context: Any,
) -> HttpResponse:
    """A page of one form; 422 when it came back with problems."""
    page = {"form": form, "heading": heading, "label": label, "cancel": cancel, **context}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, page, status=status)
