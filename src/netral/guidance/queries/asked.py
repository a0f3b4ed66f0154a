"""What is asked most, for those who prepare the next seminar."""

from __future__ import annotations

from datetime import date

from django.db.models import Sum

from netral.guidance.models import AskedCount
from netral.guidance.rules.small_numbers import Told, last_whole_weeks, without_small
from netral.people.models import Account, Duty
from netral.people.queries.authority import duties_of

SEES_ASKED = (Duty.Kind.ORGANISER, Duty.Kind.REVIEWER, Duty.Kind.PERSONNEL)


def most_asked(actor: Account, *, weeks: int, today: date) -> Told[tuple[str, str]]:
    """(act, phase) with how often, over the last whole ``weeks``, in steps, small groups hidden.

    The acts of the governments in which the actor holds one of ``SEES_ASKED``.
    """
    governments = duties_of(actor, *SEES_ASKED).values("government_id")
    rows = (
        AskedCount.objects.filter(
            government__in=governments, day__range=last_whole_weeks(today, weeks)
        )
        .values_list("act", "phase")
        .annotate(sum=Sum("times"))
        .order_by("act", "phase")
    )
    return without_small({(act, phase): times for act, phase, times in rows})
