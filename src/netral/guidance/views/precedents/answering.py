"""Writing the answer, and each move of a question on its way to a precedent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from netral.base.access import allow
from netral.elections.rules import local_day
from netral.guidance.days import LawDay
from netral.guidance.draft_forms import DraftForm
from netral.guidance.models import Consultation
from netral.guidance.precedent_forms import MoveForm, ReferForm
from netral.guidance.queries import consultations as queries
from netral.guidance.queries.setting import setting_of
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.rules.precedent_moves import MOVES
from netral.guidance.services import precedents
from netral.guidance.services.drafting import first_draft, judged_anew
from netral.guidance.tasks import send_answer_notices
from netral.guidance.views.precedents.reviewing import (
    actor_of,
    headed,
    reviewed,
    reviewer,
    too_late,
)
from netral.law import library
from netral.people.models import Account

SAID = {
    moves.SUBMIT: gettext_lazy("Diserahkan. Penelaah lain sekarang dapat memeriksanya."),
    moves.GIVE_BACK: gettext_lazy("Dikembalikan kepada penulisnya, dengan alasan Anda."),
    moves.KEEP: gettext_lazy("Dinyatakan tetap berlaku menurut hukum hari ini."),
    moves.WITHDRAW: gettext_lazy("Dicabut. Halamannya tetap ada dan menyebut alasannya."),
    moves.REFER: gettext_lazy("Dirujuk: penanya sekarang membaca preseden itu."),
    moves.DECLINE: gettext_lazy("Ditutup: penanya sekarang membaca alasan Anda."),
}


@allow(reviewer)
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Writing the answer, begun with what the law data says. With ``nilai``, and whenever act or
    facts are others than before, the law data is asked anew and the page comes back."""
    found = reviewed(request, consultation)
    if found.state != moves.DRAFT:
        messages.info(request, _("Draf ini tidak sedang ditulis; inilah keadaannya sekarang."))
        return redirect("guidance:review", found.pk)
    now = timezone.now()
    day = local_day(now, found.government.time_zone)
    form = DraftForm(request.POST or None, instance=found, on=day)
    if request.method == "POST" and form.is_valid():
        written = form.draft()
        is_other = (written.act, dict(written.facts)) != (found.act, dict(found.facts))
        is_judged = is_other or "nilai" in request.POST
        if is_judged:
            written = judged_anew(found, written, day)
        try:
            precedents.save(consultation=found, draft=written, actor=actor_of(request), now=now)
        except precedents.NotNow:
            return too_late(request, found)
        if is_judged:
            messages.success(request, _said_of_judging(found))
            return redirect("guidance:review_draft", found.pk)
        messages.success(request, _("Draf tersimpan. Baca sekali lagi, lalu serahkan."))
        return redirect("guidance:review", found.pk)
    context = {
        "form": form,
        "consultation": found,
        "only_writer": not queries.second_people(found, and_not=actor_of(request)).exists(),
        "has_written": queries.has_written(actor_of(request), found),
        **headed(found),
    }
    status = 422 if form.errors else 200
    return render(request, "guidance/precedents/draft.html", context, status=status)


def _said_of_judging(found: Consultation) -> str:
    if found.act not in library().acts:
        return _("Draf tersimpan, tanpa perbuatan: tidak ada hasil data hukum di atas jawaban.")
    return _("Draf tersimpan dan dinilai menurut data hukum. Periksa hasil dan ketentuannya.")


@allow(reviewer)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, consultation: UUID, name: str) -> HttpResponse:
    """One move. Grave ones, and those that need a reason or a precedent, are asked about first."""
    found = reviewed(request, consultation)
    step = MOVES.get(name)
    if step is None or step in (moves.SAVE, moves.FLAG):
        raise Http404
    form = _form_of(step, found, request)
    if request.method != "POST" or (form and not form.is_valid()):
        return _ask_first(request, found, step, form)
    try:
        _make(step, found, form, actor_of(request))
    except precedents.NotNow:
        return too_late(request, found)
    except (precedents.Unfinished, precedents.Contradictory) as problem:
        messages.error(request, _refused(step, problem))
        back = "guidance:review_draft" if step is moves.SUBMIT else "guidance:review"
        return redirect(back, found.pk)
    if found.closed_at and found.notify:
        send_answer_notices.enqueue()
    if step is moves.TAKE:
        return redirect("guidance:review_draft", found.pk)
    messages.success(request, _said(step, found))
    return redirect("guidance:review", found.pk)


def _said(step: moves.Move, found: Consultation) -> str:
    if step is moves.PUBLISH:
        return _("Terbit sebagai Preseden %(number)s. Sekarang semua orang dapat membacanya.") % {
            "number": str(found)
        }
    return str(SAID[step])


def _refused(step: moves.Move, problem: Exception) -> str:
    is_unfinished = isinstance(problem, precedents.Unfinished)
    if step is moves.KEEP:
        if is_unfinished:
            return _("Tidak satu pun ketentuannya masih berlaku. Cabut, lalu jawab dari awal.")
        return _(
            "Hasil data hukum sekarang bertentangan dengan jawabannya. Cabut, lalu jawab lagi."
        )
    if is_unfinished:
        return _("Isi dulu pertanyaan, jawaban, dan paling sedikit satu ketentuan.")
    return _(
        "Jawaban dan hasil data hukum bertentangan. Ganti perbuatan atau keadaannya, atau pilih "
        "“Tidak ada yang cocok” agar tidak ada hasil di atas jawaban."
    )


def _form_of(step: moves.Move, found: Consultation, request: HttpRequest) -> forms.Form | None:
    told = request.POST if request.method == "POST" else None
    if step is moves.REFER:
        return ReferForm(told, found=found)
    return MoveForm(told, step=step) if step.needs_reason else None


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
    if found.state not in step.sources:
        return too_late(request, found)
    if step not in queries.moves_open_to(actor_of(request), found):
        raise PermissionDenied
    context: dict[str, Any] = {
        "consultation": found,
        "move": step,
        "form": form,
        "is_grave": step in (moves.WITHDRAW, moves.DECLINE),
        "day": LawDay.present(),
        "has_precedents": form is None or _has_choices(form),
        **headed(found),
    }
    status = 422 if form and form.errors else 200
    return render(request, "guidance/precedents/move.html", context, status=status)


def _has_choices(form: forms.Form) -> bool:
    choice = form.fields.get("preseden")
    return not isinstance(choice, forms.ModelChoiceField) or bool(
        choice.queryset is not None and choice.queryset.exists()
    )
