"""The desk of the legal reviewers: the queue, the draft, the second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow
from netral.guidance.days import LawDay
from netral.guidance.models import Consultation
from netral.guidance.precedent_forms import DraftForm, MoveForm, OfficerQuestionForm
from netral.guidance.queries import consultations as queries
from netral.guidance.queries.setting import setting_of
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.rules.precedent_moves import MOVES
from netral.guidance.services import precedents, questions
from netral.guidance.services.drafting import first_draft
from netral.guidance.tasks import send_answer_notices
from netral.law import Outcome, library
from netral.people.access import duty
from netral.people.models import Account, Duty

reviewer = duty(Duty.Kind.REVIEWER)


@allow(reviewer)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """``/penelaahan/``"""
    actor = _actor(request)
    published = queries.reviewed_by(actor).filter(state=moves.PUBLISHED)
    context = {
        "waiting": queries.queue_of(actor),
        "published": published.order_by("-published_at")[:10],
        "may_enter": queries.offices_of(actor).exists(),
    }
    return render(request, "guidance/precedents/queue.html", context)


@allow(reviewer)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A question that came by letter, by telephone, or from an event."""
    actor = _actor(request)
    offices = queries.offices_of(actor)
    office = next((one for one in offices if one.pk == actor.government_id), None)
    if office is None:
        raise Http404
    form = OfficerQuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        event = form.cleaned_data["kegiatan"]
        received = questions.receive_question(
            government=office,
            text=form.cleaned_data["pertanyaan"],
            source=Consultation.Source.EVENT if event else Consultation.Source.OFFICER,
            event=event,
            entered_by=actor,
            now=timezone.now(),
        )
        return redirect("guidance:review", received.consultation.pk)
    status = 422 if form.errors else 200
    return render(request, "guidance/precedents/new.html", {"form": form}, status=status)


@allow(reviewer)
@require_safe
def one(request: HttpRequest, consultation: UUID) -> HttpResponse:
    found = _reviewed(request, consultation)
    return _page(request, found)


@allow(reviewer)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Writing the answer, begun with what the law data says."""
    found = _reviewed(request, consultation)
    if found.state != moves.DRAFT:
        raise Http404
    form = DraftForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh = _reviewed(request, consultation)
        try:
            precedents.save(
                consultation=fresh, draft=form.draft(), actor=_actor(request), now=timezone.now()
            )
        except precedents.NotNow:
            return _too_late(request, fresh)
        messages.success(request, _("Draf tersimpan."))
        return redirect("guidance:review", found.pk)
    context = {"form": form, "consultation": found, **_headed(found)}
    status = 422 if form.errors else 200
    return render(request, "guidance/precedents/draft.html", context, status=status)


@allow(reviewer)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, consultation: UUID, name: str) -> HttpResponse:
    """One move. Those that need a reason, or a precedent to refer to, ask for it first."""
    found = _reviewed(request, consultation)
    step = MOVES.get(name)
    if step is None or step in (moves.SAVE, moves.FLAG):
        raise Http404
    form = _form_of(step, found, request)
    if request.method != "POST" or (form and not form.is_valid()):
        return _ask_first(request, found, step, form)
    try:
        _make(step, found, form, _actor(request))
    except precedents.NotNow:
        return _too_late(request, found)
    except precedents.Unfinished:
        messages.error(
            request, _("Isi dulu pertanyaan, jawaban, dan paling sedikit satu ketentuan.")
        )
        return redirect("guidance:review_draft", found.pk)
    except precedents.Contradictory:
        messages.error(
            request,
            _(
                "Jawaban dan hasil data hukum bertentangan. Ganti perbuatannya, atau pilih “Tidak "
                "ada yang cocok” agar tidak ada hasil di atas jawaban."
            ),
        )
        return redirect("guidance:review_draft", found.pk)
    if found.closed_at and found.notify:
        send_answer_notices.enqueue()
    if step is moves.TAKE:
        return redirect("guidance:review_draft", found.pk)
    return redirect("guidance:review", found.pk)


class ReferForm(forms.Form):
    """Which published precedent answers the question already."""

    preseden = forms.ModelChoiceField(queryset=Consultation.objects.none(), label="")

    def __init__(self, *arguments: Any, found: Consultation, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["preseden"].label = _("Preseden yang menjawabnya")
        own = queries.public_precedents().filter(government=found.government_id)
        choice = self.fields["preseden"]
        choice.queryset = own.exclude(state=moves.WITHDRAWN)  # type: ignore[attr-defined]
        choice.label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.number}/{one.year}: {one.question[:80]}"
        )


def _form_of(step: moves.Move, found: Consultation, request: HttpRequest) -> forms.Form | None:
    told = request.POST if request.method == "POST" else None
    if step is moves.REFER:
        return ReferForm(told, found=found)
    return MoveForm(told) if step.needs_reason else None


def _make(step: moves.Move, found: Consultation, form: forms.Form | None, actor: Account) -> None:
    now = timezone.now()
    if step is moves.TAKE:
        began = first_draft(found.sent_text, setting_of(found.government, now))
        precedents.take(consultation=found, draft=began, actor=actor, now=now)
    elif step is moves.REFER and form:
        same_as = form.cleaned_data["preseden"]
        precedents.refer(consultation=found, same_as=same_as, actor=actor, now=now)
    elif form:
        deed = {
            moves.GIVE_BACK: precedents.give_back, moves.KEEP: precedents.keep,
            moves.WITHDRAW: precedents.withdraw, moves.DECLINE: precedents.decline,
        }[step]  # fmt: skip
        deed(consultation=found, reason=form.cleaned_data["alasan"], actor=actor, now=now)
    elif step is moves.SUBMIT:
        precedents.submit(consultation=found, actor=actor, now=now)
    else:
        precedents.publish(consultation=found, actor=actor, now=now)


def _ask_first(
    request: HttpRequest, found: Consultation, step: moves.Move, form: forms.Form | None
) -> HttpResponse:
    if step not in queries.moves_open_to(_actor(request), found):
        raise PermissionDenied
    is_grave = step in (moves.WITHDRAW, moves.DECLINE)
    context = {"consultation": found, "move": step, "form": form, "is_grave": is_grave}
    status = 422 if form and form.errors else 200
    return render(request, "guidance/precedents/move.html", context, status=status)


def _page(request: HttpRequest, found: Consultation, status: int = 200) -> HttpResponse:
    actor = _actor(request)
    context = {
        "consultation": found,
        "steps": found.steps.select_related("actor"),
        "moves": queries.moves_open_to(actor, found),
        "has_written": queries.has_written(actor, found),
        "day": LawDay.present(),
        "near": queries.search(found.sent_text)[:5] if found.state == moves.WAITING else (),
        **_headed(found),
    }
    return render(request, "guidance/precedents/review.html", context, status=status)


def _headed(found: Consultation) -> dict[str, Any]:
    """What will stand above the answer: the law data's verdict on the act, where there is one."""
    return {
        "act": library().acts.get(found.act),
        "outcome": Outcome(found.outcome) if found.outcome else None,
    }


def _too_late(request: HttpRequest, found: Consultation) -> HttpResponse:
    messages.error(request, _("Orang lain lebih dahulu mengerjakannya; inilah keadaan sekarang."))
    found.refresh_from_db()
    return _page(request, found, 409)


def _reviewed(request: HttpRequest, key: UUID) -> Consultation:
    rows = queries.reviewed_by(_actor(request)).select_related("government", "same_as")
    return get_object_or_404(rows, pk=key)


def _actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)
    return request.user
