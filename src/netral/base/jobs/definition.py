"""What a job is: a function of a module, with a queue, a priority and a number of tries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, overload

from django_tasks import TaskContext  # Django 6: from django.tasks import TaskContext
from django_tasks import task as engine_task  # Django 6: from django.tasks import task
from django_tasks.base import Task

DEFAULT_ATTEMPTS = 5
_attempts: dict[str, int] = {}

__all__ = ["DEFAULT_ATTEMPTS", "GiveUp", "TaskContext", "WorkerDied", "attempts_of", "task"]


class GiveUp(Exception):
    """Raised by a job that cannot succeed however often it is tried again."""


class WorkerDied(Exception):
    """The process that ran the job ended without finishing it."""


@overload
def task(function: Callable[..., Any], /) -> Task[..., Any]: ...
@overload
def task(
    *,
    queue_name: str = "default",
    priority: int = 0,
    attempts: int = DEFAULT_ATTEMPTS,
    takes_context: bool = False,
) -> Callable[[Callable[..., Any]], Task[..., Any]]: ...
def task(
    function: Callable[..., Any] | None = None,
    /,
    *,
    queue_name: str = "default",
    priority: int = 0,
    attempts: int = DEFAULT_ATTEMPTS,
    takes_context: bool = False,
) -> Any:
    """Makes a function of a module a job: ``@task`` or ``@task(queue_name="mail", attempts=8)``."""

    def make(body: Callable[..., Any]) -> Task[..., Any]:
        wrap: Any = engine_task(
            queue_name=queue_name,
            priority=priority,
            takes_context=takes_context,  # type: ignore[call-overload,unused-ignore]
        )
        made: Task[..., Any] = wrap(body)
        _attempts[made.module_path] = attempts
        return made

    return make(function) if function else make


def attempts_of(task_path: str) -> int:
    """How often the job at ``task_path`` may be tried, killed workers included."""
    return _attempts.get(task_path, DEFAULT_ATTEMPTS)
