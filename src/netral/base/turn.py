"""One after another, in the order they came: the queue of those who write to SQLite often.

SQLite takes one writer at a time. Whoever finds it busy asks again after sleeps that grow to a
tenth of a second, and whoever asks at the right moment is first: with two processes that write
all the time, some wait for a second. Here the kernel wakes the next one at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path

from django.conf import settings
from django.db import connection

_mine = threading.local()


@contextmanager
def own_turn() -> Iterator[None]:
    """Waits until this thread is the one that may write, among all processes that ask here.

    Two locks make it fair, as a door to a room for one: whoever leaves the room has to go through
    the door again, and the next one is standing in it. The kernel drops the locks of a process
    that is killed. Whoever has the turn, or the database itself, does not wait again; on
    PostgreSQL, where many write side by side, nobody does.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or _has_turn():
        yield
        return
    with _opened("turn.door") as door, _opened("turn.room") as room:
        flock(door, LOCK_EX)
        flock(room, LOCK_EX)
        flock(door, LOCK_UN)
        _mine.turn = True
        try:
            yield
        finally:
            _mine.turn = False


def _has_turn() -> bool:
    return getattr(_mine, "turn", False)


@contextmanager
def _opened(name: str) -> Iterator[int]:
    """A lock belongs to the opened file, so that threads queue as processes do."""
    path = os.path.join(settings.VAR_DIR, name)
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
