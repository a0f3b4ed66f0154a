"""A person's own page, everything held about them, and requests about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from netral.base.access import allow, signed_in
from netral.base.demo_mark import marked
from netral.people import mine as registry
from netral.people.access import duty, second_factor_done
from netral.people.forms.privacy import AnswerForm, AskForm
from netral.people.models import Account, DataRequest, Duty
from netral.people.queries import authority, data_requests
from netral.people.queries import privacy as privacy_queries
from netral.people.queries.recoveries import (
    recoveries_for,
    resets_told_to_owner,
    told_to_owner,
)
from netral.people.queries.slips import printed_for
from netral.people.services import privacy as privacy_services
from netral.people.signin import may_be_another

personnel = duty(Duty.Kind.PERSONNEL)


def _actor(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # the rule let nobody else in
    return request.user


@allow(signed_in)
def mine(request: HttpRequest) -> HttpResponse:
    """``/saya/``: what waits for this person, then their account and their data."""
    account = _actor(request)
    posting = None
    if account.person is not None:
        posting = account.person.postings.filter(valid_to=None).select_related("unit").first()
    return render(
        request,
        "people/privacy/mine.html",
        {
            "account": account,
            "posting": posting,
            "recoveries": told_to_owner(account, timezone.now()),
            "resets": resets_told_to_owner(account, timezone.now()),
            "slips": printed_for(account, timezone.now()),
            "sections": registry.sections_for(request),
            "needs_key": not account.has_usable_password(),
            "duties": _duties_of(account),
            "is_proven": second_factor_done(request),
        },
    )


def _duties_of(account: Account) -> list[Duty]:
    return list(authority.duties_of(account).select_related("government", "unit"))


def _held_about(request: HttpRequest) -> list[privacy_queries.Chapter]:
    hidden = registry.confidential_lists() if may_be_another(request) else frozenset()
    return privacy_queries.held_about(request, _actor(request), hidden_lists=hidden)


@allow(signed_in)
def data(request: HttpRequest) -> HttpResponse:
    account = _actor(request)
    now = timezone.now()
    requests = [
        {"request": one, "clock": data_requests.clock_of(one, now)}
        for one in data_requests.requests_by(account)
    ]
    return render(
        request,
        "people/privacy/data.html",
        {
            "chapters": _held_about(request),
            "requests": requests,
            "may_ask": account.person_id is not None,
        },
    )


@allow(signed_in)
def download(request: HttpRequest) -> HttpResponse:
    """The same as JSON, under stable keys: access and portability, articles 7 and 13."""
    chapters = _held_about(request)
    document = {
        chapter.key: [
            {str(name): _plain(value) for name, value in row.items()} for row in chapter.rows
        ]
        for chapter in chapters
    }
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{marked("data-saya")}.json"'
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


@allow(signed_in)
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            privacy_services.ask(
                actor=_actor(request),
                kind=form.cleaned_data["kind"],
                text=form.cleaned_data["text"],
                now=timezone.now(),
            )
        except privacy_services.Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Permintaan Anda diterima dan dijawab dalam 3×24 jam."))
            return HttpResponseRedirect(reverse("people:data"))
    return render(request, "people/privacy/ask.html", {"form": form})


@allow(signed_in)
@require_POST
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    account = _actor(request)
    own = data_requests.requests_by(account).filter(pk=key).first()
    if own is None:
        raise Http404
    try:
        privacy_services.withdraw(actor=account, request=own, now=timezone.now())
    except privacy_services.Refused as refused:
        messages.error(request, refused.message)
    return HttpResponseRedirect(reverse("people:data"))


@allow(personnel)
def requests(request: HttpRequest) -> HttpResponse:
    """Requests to answer, the most urgent first, with their clock."""
    now = timezone.now()
    seen = data_requests.requests_for(_actor(request))
    waiting = [
        {"request": one, "clock": data_requests.clock_of(one, now)}
        for one in seen.filter(state=DataRequest.State.OPEN).order_by("due_at")
    ]
    answered = seen.exclude(state=DataRequest.State.OPEN).order_by("-asked_at")
    page = Paginator(answered, 50).get_page(request.GET.get("page"))
    values = {
        "waiting": waiting,
        "page": page,
        "erasures": data_requests.erasures_for(_actor(request)),
        "recoveries": recoveries_for(_actor(request)),
    }
    return render(request, "people/privacy/requests.html", values)


@allow(personnel)
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    actor = _actor(request)
    asked = data_requests.requests_for(actor).filter(pk=key).first()
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            privacy_services.answer(
                actor=actor,
                request=asked,
                granted=form.cleaned_data["decision"] == "grant",
                reasons=form.cleaned_data["reasons"],
                now=timezone.now(),
            )
        except privacy_services.Refused as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Jawaban terkirim ke halaman pemohon."))
            return HttpResponseRedirect(reverse("people:data_requests"))
    clock = data_requests.clock_of(asked, timezone.now())
    matters = registry.matters_of(actor, asked.person, asked.text)
    values = {"form": form, "asked": asked, "clock": clock, "matters": matters}
    return render(request, "people/privacy/answer.html", values)
