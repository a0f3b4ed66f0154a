"""Counts what is asked: act, phase, day and government, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from netral.guidance.models import AskedCount
from netral.people.models import Government


@transaction.atomic
def count_asked(*, government: Government, day: date, acts: Iterable[str], phase: str) -> None:
    """Adds one to each act once, however often the question names it.

    ``day``: the local day of asking. ``phase``: the one the answer holds for, "" when unknown.
    There is no actor, because who asked must not come near this table.
    """
    for act in sorted(set(acts)):
        key = {"government": government, "day": day, "act": act, "phase": phase}
        rows = AskedCount.objects.filter(**key)
        if not rows.update(times=F("times") + 1) and not _is_first(key):
            rows.update(times=F("times") + 1)


def _is_first(key: dict[str, object]) -> bool:
    """Writes the first row of the day; False when another request was quicker."""
    try:
        with transaction.atomic():
            AskedCount.objects.create(**key, times=1)
    except IntegrityError:
        return False
    return True
