"""``/tanya/kios/``: a screen in a foyer. Nobody's account, no way out, nothing left behind; in a
browser in which somebody is signed in it does not open.

What the law data cannot answer may be sent to the legal reviewers from here, by nobody in
particular: the screen shows a code once, with which the answer is read on one's own phone.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from netral.base.access import allow, anyone
from netral.guidance import sending
from netral.guidance.forms import QuestionForm
from netral.guidance.models import Consultation
from netral.guidance.queries.consultations import by_receipt
from netral.guidance.rules import precedent_moves as moves
from netral.guidance.services.questions import receive_question
from netral.guidance.views.asking import limits
from netral.guidance.views.asking.pages import conversation
from netral.people.models import Account, Government
from netral.people.queries.accounts import only_government

IDLE_SECONDS = 60
"""Without a touch for so long, the screen goes back to its beginning."""
LONGEST_NAME = 200


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def kiosk(request: HttpRequest) -> HttpResponse:
    """Not in a browser in which somebody is signed in: whoever stands before the screen could type
    another address and read that account's pages.

    ``?kegiatan=…`` names the event at which the screen stands; its questions carry that name.
    """
    event = request.GET.get("kegiatan", "").strip()[:LONGEST_NAME]
    actor = limits.actor_of(request)
    if actor is not None:
        return _signed_in(request, actor, event)
    government = only_government()
    facts: dict[str, Any] = {
        "is_linked": False,
        "idle_seconds": IDLE_SECONDS,
        "event": event,
        "start": _start(event),
        "may_send": government is not None,
        "keep_days": moves.KEEP_PERSONAL.days,
    }
    if request.method == "POST" and "teruskan" in request.POST and government is not None:
        return _send_on(request, government, event, facts)
    return conversation(request, None, "guidance/ask/kiosk.html", **facts)


def _start(event: str) -> str:
    return reverse("guidance:ask_kiosk", query={"kegiatan": event} if event else None)


def _signed_in(request: HttpRequest, actor: Account, event: str) -> HttpResponse:
    """How to open the screen instead; the language of the page stays, nothing else is shown."""
    facts = {"actor": actor, "start": _start(event), "address": settings.PUBLIC_URL + _start(event)}
    return render(request, "guidance/ask/kiosk_signed_in.html", facts)


@sensitive_variables()
def _send_on(
    request: HttpRequest, government: Government, event: str, facts: dict[str, Any]
) -> HttpResponse:
    """Into the same queue as from a phone or from the hall, with nobody as its sender."""
    form = QuestionForm({"pertanyaan": request.POST.get("pertanyaan", "")})
    if not form.is_valid():
        return render(request, "guidance/ask/kiosk.html", {**facts, "form": form}, status=422)
    text, now = form.cleaned_data["pertanyaan"], timezone.now()
    code = sending.code_of(request.POST, (government.pk, event, text))
    if not by_receipt(code) and limits.spend(request, limits.SENDING):
        form.add_error(None, limits.too_many())
        return render(request, "guidance/ask/kiosk.html", {**facts, "form": form}, status=429)
    received = receive_question(
        government=government,
        text=text,
        source=Consultation.Source.EVENT if event else Consultation.Source.ASK,
        event=event,
        now=now,
        code=code,
    )
    again = sending.may_show_again(received.consultation, now, timedelta(seconds=IDLE_SECONDS))
    told = {
        "form": QuestionForm(),
        "received": received,
        "code": received.code if again else "",
        "address": settings.PUBLIC_URL + reverse("guidance:consult_state"),
    }
    return render(request, "guidance/ask/kiosk.html", {**facts, **told})
