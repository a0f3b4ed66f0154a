"""What changed between two days."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from netral.base.access import allow, anyone
from netral.guidance.days import LawDay, read_day
from netral.guidance.queries import changes
from netral.guidance.views.frame import on_a_day, page
from netral.law import PHASES, library
from netral.law.matrix import STATUSES


@allow(anyone)
@require_safe
@on_a_day
def changes_page(request: HttpRequest, day: LawDay) -> HttpResponse:
    """``GET /hukum/perubahan/?dari=2023-10-30&sampai=2023-10-31``; else the last change."""
    earlier, later = _days(request, day)
    context = {
        "comparison": changes.compare(earlier, later),
        "turning_days": changes.turning_days(),
        "statuses": STATUSES,
        "phases": PHASES,
    }
    return page(request, "guidance/changes.html", day, context)


def _days(request: HttpRequest, day: LawDay) -> tuple[date, date]:
    """The days of the address; what is left out is the last change up to the day that is read."""
    turns = [turn for turn in library().turning_days if library().first_day < turn <= day.on]
    later = read_day(request, "sampai").on if request.GET.get("sampai") else None
    if request.GET.get("dari"):
        return read_day(request, "dari").on, later or day.on
    if later is None:
        later = turns[-1] if turns else day.on
    return max(later - timedelta(days=1), library().first_day), later
