"""Runs the checks and says what they found, for ``netral check`` and before serving."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from django.core import checks
from django.core.checks import CheckMessage

from netral.base.checks import LOG_DIFFERS, run_state_checks
from netral.speaking.sentences import Verbatim, told

for name in ("netral.project.checks", "netral.project.figures"):
    import_module(name)  # registers its checks
OURS = "netral."


def findings(*, production: bool, with_state: bool = True) -> list[CheckMessage]:
    """What is wrong: a log that differs, then errors. ``with_state``: look at folders and data too.

    Of the framework's own advice only errors are taken: for production, ours is more exact.
    """
    found = checks.run_checks(include_deployment_checks=production)
    if with_state:
        found += run_state_checks()
    kept = [m for m in found if str(m.id).startswith(OURS) or m.level >= checks.ERROR]
    return sorted(kept, key=_urgency)


def _urgency(message: CheckMessage) -> tuple[bool, int, str]:
    return (message.id not in LOG_DIFFERS, -message.level, str(message.id))


def errors(messages: list[CheckMessage]) -> list[CheckMessage]:
    return [message for message in messages if message.level >= checks.ERROR]


def log_comes_first(messages: list[CheckMessage]) -> bool:
    """Whether nothing is to be put right before it is known what happened to the log."""
    return any(message.id in LOG_DIFFERS for message in errors(messages))


def describe(messages: list[CheckMessage]) -> Iterator[str]:
    for message in messages:
        word = told("error" if message.level >= checks.ERROR else "warning")
        yield Verbatim(f"{word:<10} {message.id}  {told(message.msg)}")
        if message.hint:
            yield Verbatim(f"{'':<11}{told(message.hint)}")
