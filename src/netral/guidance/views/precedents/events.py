"""Questions of a hall, typed while it runs or pasted as a list, into the reviewers' queue."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from netral.base.access import allow
from netral.guidance.precedent_forms import EventQuestionsForm, KioskForm
from netral.guidance.queries.consultations import events_of
from netral.guidance.services import questions
from netral.people.access import duty
from netral.people.models import Account, Duty


@allow(duty(Duty.Kind.REVIEWER, Duty.Kind.ORGANISER))
@require_http_methods(["GET", "HEAD", "POST"])
def collect(request: HttpRequest) -> HttpResponse:
    """``/penelaahan/kegiatan/``: stays open for the next questions, the event's name kept."""
    actor = request.user
    assert isinstance(actor, Account)  # the gate saw to it
    government = next((one for one in events_of(actor) if one.pk == actor.government_id), None)
    if government is None:
        raise Http404
    form = EventQuestionsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        collected = questions.collect_from_event(
            actor=actor, government=government, event=told["kegiatan"],
            texts=told["pertanyaan"], now=timezone.now(),
        )  # fmt: skip
        messages.success(request, _said(collected))
        form = EventQuestionsForm(initial={"kegiatan": told["kegiatan"]})
    status = 422 if form.errors else 200
    event = form["kegiatan"].value() or ""
    kiosk = KioskForm(initial={"kegiatan": event}, auto_id="layar_%s")
    context = {"form": form, "kiosk": kiosk}
    return render(request, "guidance/precedents/collect.html", context, status=status)


def _said(collected: questions.Collected) -> str:
    taken = ngettext(
        "%(count)s pertanyaan masuk antrean penelaah hukum.",
        "%(count)s pertanyaan masuk antrean penelaah hukum.",
        collected.taken,
    ) % {"count": collected.taken}
    if not collected.already:
        return taken
    return taken + " " + _("%(count)s sudah ada sebelumnya.") % {"count": collected.already}
