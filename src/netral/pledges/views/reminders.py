"""Reminders to heads of units: choose whom, read the letter, then send."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from netral.base.access import allow
from netral.elections import today
from netral.elections.models import Election
from netral.pledges.access import actor_of, reminders_sender
from netral.pledges.queries import coverage
from netral.pledges.rules.keys import keys_in
from netral.pledges.services import reminding
from netral.pledges.tasks import send_reminders
from netral.pledges.views.coverage import Asked, asked_for


@allow(reminders_sender)
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """``/cakupan/pengingat/``: whom to write to, the letter as they will read it, then off."""
    asked = asked_for(request)
    if asked.election is None:
        raise Http404
    behind = coverage.remindable(actor_of(request), asked.government, asked.election)
    recent = reminding.recently_reminded(asked.government, asked.election, today.now())
    reachable = [each for each in behind if each.address and each.unit.id not in recent]
    wanted = set(keys_in(request.POST.getlist("unit")))
    chosen = [each for each in reachable if each.unit.id in wanted]
    if request.POST.get("deed") == "kirim":
        return _queue(request, asked, asked.election, chosen)
    if request.POST.get("deed") == "surat" and chosen:
        return _show_letter(request, asked, asked.election, chosen)
    if request.method == "POST" and not chosen:
        messages.warning(request, _("Pilih sekurangnya satu unit."))
    facts = {
        "asked": asked,
        "election": asked.election,
        "reachable": reachable,
        "chosen": wanted if request.method == "POST" else {each.unit.id for each in reachable},
        "already": sum(1 for each in behind if each.unit.id in recent),
        "unreachable": [each for each in behind if not each.address],
        "sent": reminding.history(actor=actor_of(request), government=asked.government)[:100],
    }
    return render(request, "pledges/coverage/reminders.html", facts)


def _show_letter(
    request: HttpRequest, asked: Asked, election: Election, chosen: list[coverage.Reminding]
) -> HttpResponse:
    """The letter to the first of them; the others differ in name, unit and figure only."""
    first = reminding.reminder_to(chosen[0], asked.government, election)
    facts = {
        "asked": asked,
        "election": election,
        "chosen": chosen,
        "first": first,
        "letter": reminding.letter_of(first),
    }
    return render(request, "pledges/coverage/reminder_letter.html", facts)


def _queue(
    request: HttpRequest, asked: Asked, election: Election, chosen: list[coverage.Reminding]
) -> HttpResponse:
    with transaction.atomic():
        queued = reminding.queue_reminders(
            actor=actor_of(request),
            government=asked.government,
            election=election,
            units={each.unit.id for each in chosen},
            now=today.now(),
        )
        if queued:
            send_reminders.enqueue(str(asked.government.id))
    if queued:
        text = ngettext(
            "%(count)d pengingat sedang dikirim.",
            "%(count)d pengingat sedang dikirim.",
            len(queued),
        ) % {"count": len(queued)}
        messages.success(request, text)
    else:
        messages.info(
            request,
            _("Tidak ada yang dikirim: kepala unit itu sudah diingatkan dalam 20 jam terakhir."),
        )
    return redirect(f"{reverse('pledges:reminders')}?pemilu={election.id}")
