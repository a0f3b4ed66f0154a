"""Checks of the plumbing, and the place where features register figures that can be recounted.

Each check has an id (``netral.E…`` stops production, ``netral.W…`` is worth knowing) that the
manual explains under an anchor of that name; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

StateCheck = Callable[[], list[CheckMessage]]
CountDifferences = Callable[[], int]
_state_checks: list[StateCheck] = []
_figures: dict[str, CountDifferences] = {}


def state_check(check: StateCheck) -> StateCheck:
    """Registers a check that looks at folders and data.

    Such checks run for ``netral check`` alone. The framework's own would run before every
    command, ``migrate`` included, which is the remedy for some of them.
    """
    if check not in _state_checks:
        _state_checks.append(check)
    return check


def run_state_checks() -> list[CheckMessage]:
    return [message for check in _state_checks for message in check()]


def register_figures(name: str, count_differences: CountDifferences) -> None:
    """Called in ``AppConfig.ready``: ``netral check`` will recount the kept figures ``name``.

    ``count_differences`` returns how many kept figures differ from a full recount.
    """
    _figures[name] = count_differences


@state_check
def kept_figures() -> list[CheckMessage]:
    return [
        Error(
            f"{differing} kept figure(s) of {name} differ from a recount.",
            hint="Report it with the log of the day, then run: netral upgrade --recount",
            id="netral.E010",
        )
        for name, count in _figures.items()
        if (differing := count())
    ]


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
