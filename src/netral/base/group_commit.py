"""Lets everybody who waits for the same kind of write share one transaction.

A commit that is durable costs a disk its flush, whatever it holds. One thread takes all that has
come in while the last group was being written and writes it as one; the more people wait, the
larger the groups, and nobody waits longer than for the group before theirs. Those who wait are
coroutines, so a process can hold hundreds of them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import Generic, TypeVar

import structlog
from django.db import close_old_connections

LARGEST_GROUP = 512
"""Bounds how long the first of a group waits for the last."""

log = structlog.get_logger("netral.group_commit")
Wanted = TypeVar("Wanted")
Done = TypeVar("Done")
_Waiting = tuple[Wanted, "asyncio.Future[Done]"]


class GroupCommit(Generic[Wanted, Done]):
    """``write`` gets all that wait, in the order they came, and answers each, in that order.

    It runs in one thread with a database connection of its own. When it raises, everybody in the
    group gets the exception, and nothing was written as far as they know.
    """

    def __init__(self, write: Callable[[Sequence[Wanted]], Sequence[Done]], *, name: str) -> None:
        self._write = write
        self._waiting: SimpleQueue[_Waiting[Wanted, Done] | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    async def add(self, wanted: Wanted) -> Done:
        """Waits until ``wanted`` is written; the answer of ``write`` to it."""
        future: asyncio.Future[Done] = self._loop.create_future()
        self._waiting.put((wanted, future))
        return await future

    def close(self) -> None:
        """Writes what waits, then ends the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while group := self._next_group():
            outcome: Sequence[Done] | BaseException
            try:
                close_old_connections()
                outcome = self._write([wanted for wanted, _ in group])
            except Exception as error:
                log.exception("group_commit_failed", size=len(group))
                outcome = error
            self._loop.call_soon_threadsafe(_answer, [future for _, future in group], outcome)

    def _next_group(self) -> list[_Waiting[Wanted, Done]]:
        """Waits for the first; takes with it all that are there. Empty when it is over."""
        first = self._waiting.get()
        if first is None:
            return []
        group = [first]
        while len(group) < LARGEST_GROUP and not self._waiting.empty():
            another = self._waiting.get()
            if another is None:
                self._waiting.put(None)  # this group still, then the end
                break
            group.append(another)
        return group


def _answer(futures: list[asyncio.Future[Done]], outcome: Sequence[Done] | BaseException) -> None:
    """In the thread of the loop. Whoever hung up meanwhile is not waiting any more."""
    if isinstance(outcome, BaseException):
        for future in futures:
            if not future.done():
                future.set_exception(outcome)
        return
    for future, done in zip(futures, outcome, strict=True):
        if not future.done():
            future.set_result(done)
