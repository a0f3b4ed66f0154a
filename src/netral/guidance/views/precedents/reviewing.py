"""The desk of the legal reviewers: the queue, and one question with what can be done about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow
from netral.elections.rules import local_day
from netral.guidance import sending
from netral.guidance.days import LawDay
from netral.guidance.models import Consultation
from netral.guidance.precedent_forms import OfficerQuestionForm
from netral.guidance.queries import consultations as queries
from netral.guidance.queries.alike import alike
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.rules.wording import stands_above
from netral.guidance.services import precedents, questions
from netral.law import library
from netral.people.access import duty
from netral.people.models import Account, Duty

reviewer = duty(Duty.Kind.REVIEWER)
ON_A_PAGE = 50


@allow(reviewer)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """``/penelaahan/``"""
    actor = actor_of(request)
    published = queries.reviewed_by(actor).filter(state=moves.PUBLISHED)
    waiting = queries.queue_of(actor).select_related("drafted_by")
    page = Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": page,
        "to_check": queries.awaiting_check_by(actor),
        "published": published.order_by("-published_at")[:10],
        "may_enter": queries.offices_of(actor).exists(),
    }
    return render(request, "guidance/precedents/queue.html", context)


@allow(reviewer)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A question that came by letter, by telephone, or from an event."""
    actor = actor_of(request)
    offices = queries.offices_of(actor)
    office = next((one for one in offices if one.pk == actor.government_id), None)
    if office is None:
        raise Http404
    form = OfficerQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        event, text = form.cleaned_data["kegiatan"], form.cleaned_data["pertanyaan"]
        received = questions.receive_question(
            government=office,
            text=text,
            code=sending.code_of(request.POST, (office.pk, actor.pk, event, text)),
            source=Consultation.Source.EVENT if event else Consultation.Source.OFFICER,
            event=event,
            entered_by=actor,
            now=timezone.now(),
        )
        messages.success(request, _("Pertanyaan masuk antrean."))
        return redirect("guidance:review", received.consultation.pk)
    status = 422 if form.errors else 200
    return render(request, "guidance/precedents/new.html", {"form": form}, status=status)


@allow(reviewer)
@require_safe
def one(request: HttpRequest, consultation: UUID) -> HttpResponse:
    found = reviewed(request, consultation)
    return page_of(request, found)


def page_of(request: HttpRequest, found: Consultation, status: int = 200) -> HttpResponse:
    """One question as it stands, with the moves open to whoever looks."""
    actor = actor_of(request)
    is_open = found.state in (moves.WAITING, moves.DRAFT)
    is_flagged = found.state == moves.FLAGGED
    today = local_day(timezone.now(), found.government.time_zone)
    steps = list(found.steps.select_related("actor"))
    context = {
        "consultation": found,
        "steps": steps,
        "given_back": _last_reason(found, steps),
        "moves": [move for move in queries.moves_open_to(actor, found) if move is not moves.SAVE],
        "has_written": (has_written := queries.has_written(actor, found)),
        "is_written": has_written and precedents.is_whole(found),
        "others": queries.second_people(found).count() if found.state in CHECKED else None,
        "day": LawDay.present(),
        "near": alike(found.sent_text, besides=found) if is_open else (),
        "outcome_now": stands_above(precedents.outcome_on(found, today)) if is_flagged else None,
        **headed(found),
    }
    return render(request, "guidance/precedents/review.html", context, status=status)


CHECKED = (moves.DRAFT, moves.REVIEW, moves.FLAGGED)
"""States that wait, now or soon, for somebody who did not write."""


def _last_reason(found: Consultation, steps: list[Any]) -> str:
    """Why the draft came back, as long as nobody has handed it over again."""
    if found.state != moves.DRAFT:
        return ""
    told = [step for step in steps if step.move in (moves.GIVE_BACK.name, moves.SUBMIT.name)]
    return told[-1].reason if told and told[-1].move == moves.GIVE_BACK.name else ""


def headed(found: Consultation) -> dict[str, Any]:
    """What will stand above the answer: the law data's verdict on the act, where there is one."""
    return {"act": library().acts.get(found.act), "outcome": stands_above(found.outcome)}


def too_late(request: HttpRequest, found: Consultation) -> HttpResponse:
    messages.error(request, _("Orang lain lebih dahulu mengerjakannya; inilah keadaan sekarang."))
    found.refresh_from_db()
    return page_of(request, found, 409)


def reviewed(request: HttpRequest, key: UUID) -> Consultation:
    rows = queries.reviewed_by(actor_of(request)).select_related("government", "same_as")
    return get_object_or_404(rows, pk=key)


def actor_of(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # the gate saw to it
    return request.user
