"""Whether the log goes on: what ``netral check`` looks at."""

from __future__ import annotations

import time

from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError

from netral.base.audit.models import LogCheckpoint, LogHead
from netral.base.audit.published import Damaged, forgotten
from netral.base.checks import state_check

PATIENCE = 5.0
"""Seconds; the integrator promises one."""
LOOK_AGAIN_SECONDS = 0.2


@state_check
def log_goes_on() -> list[CheckMessage]:
    """Entries bear no time finer than the hour, so it looks whether those that wait are taken."""
    try:
        if reason := contradiction():
            return [_contradicts_itself(reason)]
        due, done = appended(), signed()
        end = time.monotonic() + PATIENCE
        while due > done and signed() == done:
            if time.monotonic() > end:
                return [_stands_still(due - done)]
            time.sleep(LOOK_AGAIN_SECONDS)
    except DatabaseError:
        pass  # no tables yet: netral.E006 says so
    return []


def _stands_still(waiting: int) -> CheckMessage:
    message = (
        f"The log stands still: {waiting} entries wait, and none of them was taken into "
        f"the tree within {PATIENCE:g} seconds. Nobody can prove them yet."
    )
    hint = "See that netral run is running; what it says under log.stands_still is the reason."
    return Warning(message, hint=hint, id="netral.W005")


def contradiction() -> str:
    """Why nothing can be signed any more, as far as two rows and a file show it; else empty."""
    try:
        unknown = forgotten()
    except Damaged as damage:
        return str(damage)
    if unknown:
        return f"a checkpoint of {unknown.size} entries was published and the database lacks it"
    there, done = appended(), signed()
    if there < done:
        return f"{done} entries were signed for and the database holds {there}"
    return ""


def _contradicts_itself(reason: str) -> CheckMessage:
    message = f"The log signs nothing more, it contradicts itself: {reason}."
    hint = "Change nothing; netral log fsck says more. Manual: the log, after a loss."
    return Error(message, hint=hint, id="netral.E012")


def appended() -> int:
    """How many entries there are."""
    head = LogHead.objects.first()
    return head.size if head else 0


def signed() -> int:
    """How many entries the last checkpoint covers."""
    last = LogCheckpoint.objects.order_by("-size").first()
    return last.size if last else 0
