"""Jobs of the tests. They write to a file, because what they do must survive any rollback."""

from __future__ import annotations

import time
from pathlib import Path

from netral.base.jobs import GiveUp, TaskContext, hourly, task


def _note(path: str, text: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(text + "\n")


@task
def note(path: str, text: str) -> str:
    _note(path, text)
    return text


@task(queue_name="mail")
def note_by_mail(path: str) -> None:
    _note(path, "mail")


@task(attempts=3, takes_context=True)
def always_fails(context: TaskContext, path: str) -> None:
    _note(path, f"attempt {context.attempt}")
    raise ValueError("Siti Rahmawati 198503142010012003")


@task
def cannot_succeed(path: str) -> None:
    _note(path, "once")
    raise GiveUp


@task(takes_context=True)
def slow_the_first_time(context: TaskContext, path: str) -> None:
    """Sleeps in its first attempt until somebody kills the worker."""
    _note(path, f"begin {context.attempt}")
    if context.attempt == 1:
        time.sleep(120)
    _note(path, f"end {context.attempt}")


@hourly
@task
def every_hour() -> None:
    """Only enqueued, by the test of the schedule."""
