"""Lets everybody who waits for the same kind of write share one transaction.

A commit that is durable costs a disk its flush, whatever it holds. One thread takes all that has
come in while the last group was being written and writes it as one; the more people wait, the
larger the groups, and nobody waits longer than for the group before theirs. Who waits holds no
thread, so a process can have thousands of them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Generic, TypeVar

import structlog
from django.db import close_old_connections

from netral.base.turn import own_turn

LARGEST_GROUP = 512
"""Bounds how long the first of a group waits for the last."""

log = structlog.get_logger("netral.group_commit")
Wanted = TypeVar("Wanted")
Done = TypeVar("Done")
Answer = Callable[[Done | BaseException], None]
Write = Callable[[Sequence[Wanted]], Sequence[Done]]
_Waiting = tuple[Wanted, Answer[Done]]


class GroupCommit(Generic[Wanted, Done]):
    """``write`` gets all that wait, in the order they came, and answers each, in that order.

    It runs in one thread with a database connection of its own. When it raises, everybody in the
    group gets the exception, and nothing was written as far as they know.
    """

    def __init__(self, write: Write[Wanted, Done], *, name: str) -> None:
        self._write = write
        self._waiting: SimpleQueue[_Waiting[Wanted, Done] | None] = SimpleQueue()
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def put(self, wanted: Wanted, answer: Answer[Done]) -> None:
        """``answer`` is called in the thread of the loop when ``wanted`` is written, or has failed.

        A coroutine and a future per request would cost as much as reading it.
        """
        self._waiting.put((wanted, answer))

    def close(self) -> None:
        """Writes what waits, then ends the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while first := self._waiting.get():
            with own_turn():  # whoever comes while we wait for it still joins the group
                group = [first, *self._others()]
                outcome = outcome_of(self._write, [wanted for wanted, _ in group])
            self._loop.call_soon_threadsafe(_answer, [answer for _, answer in group], outcome)

    def _others(self) -> Iterator[_Waiting[Wanted, Done]]:
        for _place in range(min(self._waiting.qsize(), LARGEST_GROUP - 1)):
            another = self._waiting.get()
            if another is None:
                self._waiting.put(None)  # this group still, then the end
                return
            yield another


def outcome_of(
    write: Write[Wanted, Done], group: Sequence[Wanted]
) -> Sequence[Done] | BaseException:
    """What was written, or why nothing was, which is in the log of the process then."""
    try:
        close_old_connections()
        return write(group)
    except Exception as error:
        log.exception("group_commit_failed", size=len(group))
        return error


def _answer(answers: list[Answer[Done]], outcome: Sequence[Done] | BaseException) -> None:
    """In the thread of the loop."""
    if isinstance(outcome, BaseException):
        for answer in answers:
            answer(outcome)
        return
    for answer, done in zip(answers, outcome, strict=True):
        answer(done)
