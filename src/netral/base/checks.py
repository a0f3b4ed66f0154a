"""Checks of the plumbing, and the place where features register figures that can be recounted.

Each check has an id (``netral.E…`` stops production, ``netral.W…`` is worth knowing) that the
manual explains under an anchor of that name; a test holds the two together. Under a log that
differs (:data:`LOG_DIFFERS`) production starts all the same: signatures go on being stored.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

StateCheck = Callable[[], list[CheckMessage]]
CountDifferences = Callable[[], int]
Recount = Callable[[], None]
LOG_DIFFERS = frozenset({"netral.E012", "netral.E013"})
"""Said before everything else: what other checks find may follow from it."""
NOT_BEFORE_THE_LOG = "Change nothing, these figures included: first see what differs in the log."
_state_checks: list[StateCheck] = []
_looks_at_the_log: list[StateCheck] = []
_figures: dict[str, tuple[CountDifferences, Recount]] = {}


def state_check(check: StateCheck) -> StateCheck:
    """Registers a check that looks at folders and data.

    Such checks run for ``netral check`` alone. The framework's own would run before every
    command, ``migrate`` included, which is the remedy for some of them.
    """
    if check not in _state_checks:
        _state_checks.append(check)
    return check


def look_when_figures_differ(look: StateCheck) -> StateCheck:
    """Registers a look at the whole log: too long for each ``netral check``, and due when kept
    figures differ, because a row slipped in since last night would show there first."""
    if look not in _looks_at_the_log:
        _looks_at_the_log.append(look)
    return look


def run_state_checks() -> list[CheckMessage]:
    found = [message for check in _state_checks for message in check()]
    known = {message.id for message in found}
    if "netral.E010" in known and not known & LOG_DIFFERS:
        found += [message for look in _looks_at_the_log for message in look()]
    if any(message.id in LOG_DIFFERS for message in found):
        for message in found:
            if message.id == "netral.E010":
                # A recount would build rows that were slipped in into the figures.
                message.hint = NOT_BEFORE_THE_LOG
    return found


def register_figures(name: str, count_differences: CountDifferences, recount: Recount) -> None:
    """Has ``netral check`` compare the kept figures ``name`` with a full recount.

    ``count_differences`` returns how many differ; ``recount`` makes them all anew.
    """
    _figures[name] = (count_differences, recount)


def recount_everything() -> list[str]:
    """Makes all kept figures anew; returns their names."""
    for _count, recount in _figures.values():
        recount()
    return list(_figures)


@state_check
def kept_figures() -> list[CheckMessage]:
    return [message for name in _figures for message in _compare(name)]


def _compare(name: str) -> list[CheckMessage]:
    try:
        differing = _figures[name][0]()
    except DatabaseError:
        return []  # no tables yet: netral.E006 says so
    if not differing:
        return []
    message = f"{differing} kept figure(s) of {name} differ from a recount."
    hint = (
        "Keep the log of the day and report it; when netral log fsck finds no difference, "
        "netral check --recount makes them anew."
    )
    return [Error(message, hint=hint, id="netral.E010")]


@state_check
def failed_jobs() -> list[CheckMessage]:
    try:
        count = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    except DatabaseError:
        return []  # no tables yet: netral.E006 says so
    if not count:
        return []
    hint = "netral jobs shows them; netral jobs --retry all tries again."
    return [Warning(f"{count} job(s) failed for good.", hint=hint, id="netral.W003")]
