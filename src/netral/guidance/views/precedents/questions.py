"""A question goes to the legal reviewers, and its sender sees what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from netral.base.access import allow, anyone, signed_in
from netral.base.pdf import pdf_response
from netral.guidance import sending
from netral.guidance.models import Consultation
from netral.guidance.precedent_forms import CodeForm, ConsultForm
from netral.guidance.queries import consultations as queries
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.services import opinions, questions
from netral.guidance.views.asking import limits
from netral.people.models import Government
from netral.people.queries.accounts import only_government
from netral.people.services import throttling

LOOKING = throttling.Allowance("consult.state", uses=200, window=timedelta(minutes=5))


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables()
def new(request: HttpRequest) -> HttpResponse:
    """``/tanya/penelaah/``. A POST without ``kirim`` only fills the field: it comes from an answer
    page, whose question must not travel in an address."""
    actor = limits.actor_of(request)
    government = (actor.government if actor else None) or only_government()
    is_signed_in = actor is not None
    if request.method != "POST" or "kirim" not in request.POST:
        initial = {"pertanyaan": request.POST.get("pertanyaan", "")[:2_000]}
        form = ConsultForm(initial=initial, is_signed_in=is_signed_in)
        return _form_page(request, form, government)
    form = ConsultForm(request.POST, is_signed_in=is_signed_in)
    if government is None or not form.is_valid():
        return _form_page(request, form, government, 422)
    told = (government.pk, actor.pk if actor else "", *form.cleaned_data.values())
    code = sending.code_of(request.POST, told)
    if not queries.by_receipt(code) and limits.spend(request, limits.SENDING):
        form.add_error(None, limits.too_many())
        return _form_page(request, form, government, 429)
    now = timezone.now()
    received = questions.receive_question(
        government=government,
        code=code,
        text=form.cleaned_data["pertanyaan"],
        circumstances=form.cleaned_data["keadaan"],
        wants_opinion=form.cleaned_data.get("pendapat", False),
        notify=form.cleaned_data["email"],
        source=Consultation.Source.ASK,
        asker=actor,
        now=now,
    )
    facts = {
        "received": received,
        "code": received.code if sending.may_show_again(received.consultation, now) else "",
        "actor": actor,
    }
    return render(request, "guidance/precedents/sent.html", facts)


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def state(request: HttpRequest) -> HttpResponse:
    """``/tanya/status/``: the code travels in the body, never in an address."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "guidance/precedents/state.html", {"form": form}, status=status)
    if limits.spend(request, LOOKING):
        form.add_error(None, limits.too_many())
        return render(request, "guidance/precedents/state.html", {"form": form}, status=429)
    found = queries.by_receipt(form.cleaned_data["kode"])
    if found is None:
        form.add_error("kode", _("Kode ini tidak dikenal; periksa lagi huruf dan angkanya."))
        return render(request, "guidance/precedents/state.html", {"form": form}, status=404)
    return render(request, "guidance/precedents/state.html", _standing(found))


@allow(signed_in)
@require_safe
def mine(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """One's own question, as long as the account is kept with it."""
    found = _own(request, consultation)
    return render(request, "guidance/precedents/state.html", _standing(found) | {"mine": True})


@allow(signed_in)
@require_safe
def opinion(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """The personal opinion as a PDF, while the circumstances are kept."""
    found = _own(request, consultation)
    if not opinions.is_ready(found):
        raise Http404
    pdf = opinions.opinion_pdf(found, now=timezone.now())
    return pdf_response(pdf, f"pendapat-{found.number}-{found.year}.pdf", to_keep=True)


def _own(request: HttpRequest, key: UUID) -> Consultation:
    actor = limits.actor_of(request)
    if actor is None:
        raise Http404
    return get_object_or_404(queries.sent_by(actor), pk=key)


def _standing(found: Consultation) -> dict[str, Any]:
    shown = found.same_as if found.state == moves.REFERRED else found
    return {
        "consultation": found,
        "precedent": shown if shown and shown.state in moves.PUBLIC else None,
        "opinion_ready": opinions.is_ready(found),
        "keep_days": moves.KEEP_PERSONAL.days,
        "check": opinions.CHECK,
    }


def _form_page(
    request: HttpRequest, form: ConsultForm, government: Government | None, status: int = 200
) -> HttpResponse:
    facts = {
        "form": form,
        "government": government,
        "can_answer": government is not None and queries.can_answer(government),
        "is_empty": government is None and not Government.objects.exists(),
        "keep_days": moves.KEEP_PERSONAL.days,
    }
    return render(request, "guidance/precedents/ask.html", facts, status=status)
