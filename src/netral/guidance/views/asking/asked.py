"""``/tanya/ditanyakan/``: what is asked most, for those who prepare the next seminar."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from netral.base.access import allow
from netral.base.tables import export_response
from netral.elections import today
from netral.guidance.forms import PeriodForm
from netral.guidance.queries.asked import SEES_ASKED, most_asked
from netral.guidance.rules.small_numbers import SMALLEST_SHOWN, Told, last_whole_weeks
from netral.guidance.templatetags.law import phase_word, say
from netral.law import Phase, library
from netral.law.acts import GROUPS, Act
from netral.people.access import duty
from netral.people.models import Account


@allow(duty(*SEES_ASKED))
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """``?minggu=4``"""
    weeks, told = _told(request)
    rows = _rows(told)
    context: dict[str, Any] = {
        "form": PeriodForm(initial={"minggu": weeks}),
        "rows": rows,
        "told": told,
        "span": last_whole_weeks(_today(), weeks),
        "smallest": SMALLEST_SHOWN,
    }
    return render(request, "guidance/ask/asked.html", context)


@allow(duty(*SEES_ASKED))
@require_safe
def asked_export(request: HttpRequest) -> HttpResponseBase:
    """The same as XLSX or CSV."""
    _weeks, told = _told(request)
    header = [_("Perbuatan"), _("Kelompok"), _("Tahap"), _("Kali ditanyakan, paling sedikit")]
    rows = (
        [say(act.name), say(GROUPS[act.group]), phase, times] for act, phase, times in _rows(told)
    )
    return export_response(request, name=_("paling-ditanyakan"), header=header, rows=rows)


def _told(request: HttpRequest) -> tuple[int, Told[tuple[str, str]]]:
    form = PeriodForm(request.GET)
    weeks = int(form.cleaned_data["minggu"] or 4) if form.is_valid() else 4
    assert isinstance(request.user, Account)  # the gate saw to it
    return weeks, most_asked(request.user, weeks=weeks, today=_today())


def _today() -> date:
    return timezone.localdate(today.now())


def _rows(told: Told[tuple[str, str]]) -> list[tuple[Act, str, int]]:
    """With words; an act that has left the catalogue since is left out."""
    return [
        (library().acts[act], phase_word(Phase(phase)) if phase else "", times)
        for (act, phase), times in told.groups
        if act in library().acts
    ]
