"""Typed events: how one package tells others that something happened, without knowing them.

An event is a frozen dataclass in the ``events.py`` of the package that publishes it. Handlers run
at once, in the transaction of the publisher: if one fails, the deed fails with it, and nothing is
half done. A handler that would take long enqueues a task.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")
_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def subscribe(event_type: type[Event], handler: Callable[[Event], None]) -> None:
    """Called in ``AppConfig.ready``; subscribing the same handler again changes nothing."""
    if handler not in _handlers[event_type]:
        _handlers[event_type].append(handler)


def publish(event: object) -> None:
    for handler in _handlers[type(event)]:
        handler(event)
