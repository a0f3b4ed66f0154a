"""One process writes for those that talk, so that neither waits for the other's interpreter.

Reading a request and writing what it wants take about as much processor time, and Python lets one
thread of a process run at a time. So the processes that read requests (fronts) hand what is wanted
to one that writes, as a group, all that came in while it wrote the last (why groups:
:mod:`netral.base.group_commit`). They speak over pairs of sockets made before the process forks:
nobody else can join in.

If one of them dies, all end, and whoever supervises them starts them anew. Those who waited then
were told nothing, or to come again.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import struct
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from select import select
from socket import socket, socketpair
from typing import Any, Generic, NoReturn, TypeVar, cast

import structlog

from netral.base.group_commit import LARGEST_GROUP, Answer, Write, outcome_of
from netral.base.turn import own_turn

Wanted = TypeVar("Wanted")
Done = TypeVar("Done")
log = structlog.get_logger("netral.writer_process")
_LENGTH = struct.Struct(">I")
_OCTETS_AT_ONCE = 1 << 18


class NotWritten(Exception):
    """Nothing was written, as far as the front knows."""


class Line(asyncio.Protocol, Generic[Wanted, Done]):
    """A front's end: to be used as a :class:`netral.base.group_commit.GroupCommit`."""

    def __init__(self, when_lost: Callable[[], None]) -> None:
        self._when_lost = when_lost
        self._loop = asyncio.get_running_loop()
        self._lost = self._loop.create_future()
        self._messages = _Messages()
        self._unsent: list[Wanted] = []
        self._answers: deque[Answer[Done]] = deque()
        self._transport: asyncio.Transport

    def put(self, wanted: Wanted, answer: Answer[Done]) -> None:
        """``answer`` is called in the loop, in the order of asking; NotWritten if it failed."""
        if self._lost.done():
            answer(NotWritten())
            return
        if not self._unsent:
            self._loop.call_soon(self._send)  # together with all that this turn of the loop reads
        self._unsent.append(wanted)
        self._answers.append(answer)

    def _send(self) -> None:
        self._transport.write(_packed(self._unsent))
        self._unsent = []

    async def close(self) -> None:
        """When all that was asked has been answered."""
        if not self._lost.done():
            self._transport.write_eof()
        await self._lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        for outcomes in self._messages.read(data):
            for outcome in outcomes:
                self._answers.popleft()(outcome)

    def eof_received(self) -> None:
        """The writer has ended: nothing is left to say."""

    def connection_lost(self, _reason: Exception | None) -> None:
        self._lost.set_result(None)
        while self._answers:
            self._answers.popleft()(NotWritten())
        self._when_lost()


class Writer(Generic[Wanted, Done]):
    """The other end of all lines, in the one thread of its process."""

    def __init__(self, write: Write[Wanted, Done], lines: Sequence[socket]) -> None:
        self._write = write
        self._lines = {line: _Messages() for line in lines}
        self._waiting: deque[tuple[socket, Wanted]] = deque()

    def work(self, when_closed: Callable[[], None]) -> None:
        """Until all fronts have closed their lines, and all they asked is written and answered.

        ``when_closed`` is called for each line that is closed.
        """
        while self._lines or self._waiting:
            if not self._waiting:
                self._read(None, when_closed)
            if self._waiting:
                with own_turn():  # whoever comes while we wait for it still joins the group
                    self._read(0, when_closed)
                    self._write_a_group()

    def _read(self, seconds: float | None, when_closed: Callable[[], None]) -> None:
        for line in select([*self._lines], [], [], seconds)[0]:
            if not (octets := _received(line)):
                del self._lines[line]
                when_closed()
                continue
            for wishes in self._lines[line].read(octets):
                self._waiting.extend((line, wanted) for wanted in wishes)

    def _write_a_group(self) -> None:
        size = min(len(self._waiting), LARGEST_GROUP)
        group = [self._waiting.popleft() for _ in range(size)]
        outcome = outcome_of(self._write, [wanted for _line, wanted in group])
        done: Sequence[Done | NotWritten] = (
            [NotWritten()] * size if isinstance(outcome, BaseException) else outcome
        )
        answers: dict[socket, list[Done | NotWritten]] = {line: [] for line, _wanted in group}
        for (line, _wanted), one in zip(group, done, strict=True):
            answers[line].append(one)
        for line, theirs in answers.items():
            with suppress(ConnectionError):  # that front has died; what it asked is written
                line.sendall(_packed(theirs))


def write_for_fronts(
    write: Write[Wanted, Done], front: Callable[[socket], None], *, fronts: int
) -> bool:
    """Starts ``fronts`` processes, each of which runs ``front`` with its end of a line, and writes
    for them. SIGTERM and SIGINT end them, and this when they have ended.

    True when it was told to end, False when one of them ended by itself.
    """
    processes: list[int] = []
    lines: list[socket] = []
    was_told = False

    def end_all() -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)

    def when_told(_number: int, _frame: object) -> None:
        nonlocal was_told
        was_told = True
        end_all()

    for _front in range(fronts):
        ours, theirs = socketpair()
        if (process := os.fork()) == 0:
            for line in [*lines, ours]:
                line.close()
            _run_front(front, theirs)
        theirs.close()
        processes.append(process)
        lines.append(ours)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, when_told)
    Writer(write, lines).work(end_all)
    for line in lines:
        line.close()  # the fronts wait for this
    return all(os.waitpid(process, 0)[1] == 0 for process in processes) and was_told


def _run_front(front: Callable[[socket], None], line: socket) -> NoReturn:
    """In the new process, which must not come back to where it was forked."""
    code = 1
    try:
        front(line)
        code = 0
    except Exception:
        log.exception("front_failed")
    finally:
        os._exit(code)


def _received(line: socket) -> bytes:
    """What the front sent; nothing when it has closed, and when it died over answers unread."""
    try:
        return line.recv(_OCTETS_AT_ONCE)
    except ConnectionResetError:  # how a pair of sockets tells of the latter
        return b""


class _Messages:
    """Cuts what a socket brings into what was sent."""

    def __init__(self) -> None:
        self._octets = bytearray()

    def read(self, octets: bytes) -> Iterator[Any]:
        self._octets += octets
        while len(self._octets) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._octets)[0]
            if len(self._octets) < end:
                return
            content = bytes(self._octets[_LENGTH.size : end])
            del self._octets[:end]
            yield pickle.loads(content)


def _packed(content: object) -> bytes:
    octets = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(octets)) + octets
