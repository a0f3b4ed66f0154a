"""The whole log looked over each night, what came of it, and who is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError
from django.utils import timezone

from netral.base.audit.checking import Rest, differences, no_rest
from netral.base.audit.models import LogCheckpoint, LogRecount
from netral.base.audit.standing import appended
from netral.base.audit.tracing import Follows, Judged
from netral.base.audit.tree_files import MadeAnew, MissingFile, NotRepaired
from netral.base.checks import look_when_figures_differ, state_check
from netral.speaking.times import moment, with_local_hours

log = structlog.get_logger("netral.log")
MOST_KEPT = 40
"""Sentences of one recount."""
KEEP = timedelta(days=400)
LATE_AFTER = timedelta(days=3)
SEE_THEM_ALL = (
    "Change nothing; make a backup and report it. netral log fsck --details names them all. "
    "Manual: looking over the whole log."
)
Clock = Callable[[], datetime]
Tell = Callable[[str], None]


def tell_nobody(_difference: str) -> None:
    """For who reads the result afterwards."""


def gently() -> Rest:
    """Rests as long as it worked: half a core is left to whoever else comes at night."""
    began = time.monotonic()

    def rest() -> None:
        nonlocal began
        time.sleep(time.monotonic() - began)
        began = time.monotonic()

    return rest


def recount(
    *,
    clock: Clock,
    rest: Rest = no_rest,
    repair: bool = False,
    tell: Tell = tell_nobody,
    is_watched: bool = False,
) -> LogRecount:
    """Looks over everything and keeps the result; drops results older than 400 days.

    ``tell`` gets each difference at once. What was made anew is mended and not kept, and what
    only follows from another difference is neither kept nor counted. ``is_watched``: a person reads
    what is told, at a terminal; everybody else gets a line in the journal.
    """
    began, size = clock(), appended()
    number, found = 0, list[str]()
    for difference in differences(repair=repair, rest=rest):
        tell(difference)
        if isinstance(difference, MadeAnew | NotRepaired | Follows | Judged):
            continue
        number += 1
        if number <= MOST_KEPT:
            found.append(difference)
    ended = clock()
    LogRecount.objects.filter(at__lt=ended - KEEP).delete()
    done = LogRecount.objects.create(
        at=ended,
        seconds=(ended - began).total_seconds(),
        entries=size,
        differences=number,
        found="\n".join(found),
    )
    if number and not is_watched:
        log.error("log.differs", differences=number, first=found[0])
    return done


def last_recount() -> LogRecount | None:
    """The newest result; None before the first night."""
    return LogRecount.objects.order_by("-at").first()


def recounted_since(moment: datetime) -> LogRecount | None:
    """The newest result, if that look over the log began then or later."""
    last = last_recount()
    return last if last and last.began_at >= moment else None


def is_late(last: LogRecount | None, now: datetime) -> bool:
    """Whether none was made for three days after ``last``, or after the first checkpoint."""
    first = None if last else LogCheckpoint.objects.order_by("size").first()
    since = last or first
    return since is not None and now - since.at > LATE_AFTER


@state_check
def log_was_recounted() -> list[CheckMessage]:
    """An error when the last recount found something; warns when none was made for three days."""
    try:
        last = last_recount()
        if last and last.differences:
            return [_differs(last)]
        return [_late(last)] if is_late(last, timezone.now()) else []
    except DatabaseError:
        return []  # no tables yet: netral.E006 says so


@look_when_figures_differ
def log_differs_now() -> list[CheckMessage]:
    """The first difference of a log that was found well last night."""
    try:
        worse = (one for one in differences() if not isinstance(one, MissingFile | Follows))
        first = next(worse, "")
    except DatabaseError:
        return []  # no tables yet: netral.E006 says so
    if not first:
        return []
    message = f"The log was looked over just now and differs, the first: {with_local_hours(first)}"
    return [Error(message, hint=SEE_THEM_ALL, id="netral.E013")]


def _differs(last: LogRecount) -> CheckMessage:
    first = last.found.splitlines()[0]
    message = (
        f"The log was looked over on {moment(last.at)} and {last.differences} "
        f"difference(s) were found, the first: {with_local_hours(first)}"
    )
    return Error(message, hint=SEE_THEM_ALL, id="netral.E013")


def _late(last: LogRecount | None) -> CheckMessage:
    message = (
        f"The log was not looked over since {moment(last.at)}; it should be every night."
        if last
        else "The log was not looked over yet; it should be every night."
    )
    hint = "See that netral run runs at night (netral jobs); netral log fsck does it now."
    return Warning(message, hint=hint, id="netral.W008")
