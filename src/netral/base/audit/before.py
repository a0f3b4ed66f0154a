"""What features want done before each round of the integrator: deeds logged in batches."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Chore = Callable[[datetime], None]
_chores: list[Chore] = []


def add_chore(chore: Chore) -> None:
    """Called in ``AppConfig.ready``. The chore runs five times a second: it looks, and as a rule
    finds nothing to do. It may be killed, and two may run at once."""
    if chore not in _chores:
        _chores.append(chore)


def before_each_round(now: datetime) -> None:
    for chore in _chores:
        chore(now)
