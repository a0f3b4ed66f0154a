"""``/tanya/``: the field, and the answer on the same address.

The question travels in the body of a POST and the answer is rendered at once, without a redirect.
An address with the question in it would stand in access logs, in the history of a phone that is
lent around, and in the Referer of every link on the page; a redirect would need it kept somewhere
on the way. So: POST, no-store (as ``base.middleware.SecurityHeaders`` says of every answer that
says nothing else), and nothing of the text in the address or the title.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from netral.base.access import allow, anyone
from netral.elections import today
from netral.guidance.days import LawDay
from netral.guidance.forms import QuestionForm
from netral.guidance.queries.alike import Before, answered_before
from netral.guidance.queries.answering import Response, respond
from netral.guidance.queries.examples import examples
from netral.guidance.queries.setting import Setting, setting_for
from netral.guidance.rules.exchange import Exchange, read_exchange
from netral.guidance.rules.wording import FORBIDS, PERMITS, leaning
from netral.guidance.services.counting import count_asked
from netral.guidance.views.asking import limits
from netral.law import library
from netral.people.models import Account


@allow(anyone)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def ask(request: HttpRequest) -> HttpResponse:
    """``/tanya/``"""
    return conversation(request, limits.actor_of(request), "guidance/ask/page.html")


def conversation(
    request: HttpRequest, actor: Account | None, template: str, **facts: Any
) -> HttpResponse:
    """The field, or the answer to what was sent. ``actor`` None: nothing of an account is used."""
    facts = {"examples": examples(get_language() or "id"), "is_linked": True, **facts}
    if request.method != "POST":
        return render(request, template, {**facts, "form": QuestionForm()})
    exchange = read_exchange(dict(request.POST.lists()))
    form = QuestionForm({"pertanyaan": exchange.text})
    if not form.is_valid():
        return render(request, template, {**facts, "form": form}, status=422)
    wait = limits.spend(request, limits.PAGES)
    if wait:
        form.add_error(None, limits.too_many())
        response = render(request, template, {**facts, "form": form}, status=429)
        response["Retry-After"] = str(wait)
        return response
    setting = setting_for(actor, today.now())
    answered = respond(exchange, setting)
    counted = _count(answered, setting, exchange)
    before = answered_before(
        exchange.text, setting.today, government=setting.government, told=exchange.told
    )
    facts |= answer_facts(answered, setting) | {
        "counted": counted,
        "form": QuestionForm(),
        "before": before,
        "beside": beside(before, answered),
    }
    return render(request, template, facts)


def answer_facts(answered: Response, setting: Setting) -> dict[str, Any]:
    """What the templates of an answer need. ``day`` carries the day into links to the law."""
    on = answered.on or setting.today
    asked_day = "" if on == setting.today else on.isoformat()
    return {
        "response": answered,
        "setting": setting,
        "day": LawDay(on, asked_day, on > setting.today),
        "first_day": library().first_day,
    }


def beside(before: Before, answered: Response) -> str:
    """How the automatic answer stands to the precedents shown above it: ``differs`` when one of
    them says the opposite, ``alike``, ``unknown`` when nothing can be said, empty without any."""
    if not (before.close and before.holds):
        return ""
    tones = {part.sign.tone for part in answered.parts} if answered.status == "answered" else set()
    automatic = {"safe": PERMITS, "forbidden": FORBIDS}.get(*tones) if len(tones) == 1 else None
    said = {leaning(one.outcome, one.answer) for one in before.close}
    if automatic is None or "" in said:
        return "unknown"
    return "alike" if said == {automatic} else "differs"


def _count(answered: Response, setting: Setting, exchange: Exchange) -> tuple[str, ...]:
    """Counts the acts not counted before in this exchange; returns all that are counted now."""
    acts = [act.id for act in answered.acts if act.id not in exchange.counted]
    if acts and setting.government:
        count_asked(
            government=setting.government, day=setting.today, acts=acts, phase=answered.phase
        )
    return (*exchange.counted, *acts)
