"""A server for one kind of request: short, asked by thousands at once, answered in few octets.

What a general server does for any application (a task and an environment per request) costs four
times what reading and answering such a request takes. httptools parses, uvloop sends; here is what
lies between them: who has to wait, and who is hung up on. It stands behind a proxy or beside the
pages, never alone on the internet.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NamedTuple, cast

from httptools import HttpParserError, HttpRequestParser

LARGEST_REQUEST = 24_576
"""Octets of a request with its headers; a proxy adds some, and cookies come along unasked."""
LARGEST_BODY = 8192
"""Of a longer body nothing is handed on. A ticket has a hundred octets, an assertion with an RSA
key two thousand."""
MOST_CONNECTIONS = 8192
SECONDS_FOR_A_REQUEST = 10.0
SECONDS_BETWEEN_REQUESTS = 75.0
"""Longer than proxies keep a connection that they might use again."""

REASONS = {200: b"OK", 303: b"See Other", 400: b"Bad Request", 404: b"Not Found"}
REASONS |= {405: b"Method Not Allowed", 409: b"Conflict", 503: b"Service Unavailable"}


class Request(NamedTuple):
    method: bytes
    path: str
    """As it was sent, without what follows a ``?``; percent signs are not resolved."""
    accept: bytes
    body: bytes


class Answer(NamedTuple):
    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes = b""


Take = Callable[[Request, Callable[[Answer], None]], None]
"""Gets a request and what to call, once, in the thread of the loop, when the answer is known."""


class Connection(asyncio.Protocol):
    """One line to a phone or a proxy: a request, its answer, the next request.

    Whoever sends another request before the answer is hung up on after it, as HTTP allows; they
    know which of theirs was answered.
    """

    def __init__(self, take: Take, others: set[Connection]) -> None:
        self._take, self._others = take, others
        self._parser = HttpRequestParser(self)
        self._transport: asyncio.Transport
        self._is_waiting = self._is_last = False
        self._octets = 0
        self.quiet_since = asyncio.get_running_loop().time()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._others.add(self)
        if len(self._others) > MOST_CONNECTIONS:
            self._transport.abort()

    def connection_lost(self, _reason: Exception | None) -> None:
        self._others.discard(self)

    def data_received(self, data: bytes) -> None:
        if self._is_waiting:
            self._is_last = True
            return None
        if not self._octets:
            self.quiet_since = asyncio.get_running_loop().time()
        self._octets += len(data)
        if self._octets > LARGEST_REQUEST:
            return self._transport.abort()
        try:
            self._parser.feed_data(data)
        except HttpParserError:  # an upgrade as well: there is nothing to upgrade to
            self._transport.abort()

    # What the parser calls.

    def on_message_begin(self) -> None:
        self._is_last = self._is_last or self._is_waiting
        self._url = self._accept = self._body = b""

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        if len(name) == len(b"accept") and name.lower() == b"accept":
            self._accept = value

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        if self._is_waiting:
            return
        self._is_waiting = True
        self._is_last = self._is_last or not self._parser.should_keep_alive()
        path = self._url.partition(b"?")[0].decode("latin1")
        body = self._body if len(self._body) <= LARGEST_BODY else b""
        self._take(Request(self._parser.get_method(), path, self._accept, body), self._answer)

    def _answer(self, answer: Answer) -> None:
        if self._transport.is_closing():
            return
        self._transport.write(as_octets(answer, is_last=self._is_last))
        self._is_waiting, self._octets = False, 0
        self.quiet_since = asyncio.get_running_loop().time()
        if self._is_last:
            self._transport.close()

    def close_if_idle(self, now: float) -> None:
        """Ends a line on which nobody waits for us and nothing came for too long."""
        longest = SECONDS_FOR_A_REQUEST if self._octets else SECONDS_BETWEEN_REQUESTS
        if not self._is_waiting and now - self.quiet_since > longest:
            self._transport.abort()

    def finish(self) -> None:
        """Ends it now, or once the answer has been given."""
        self._is_last = True
        if not self._is_waiting:
            self._transport.close()


def as_octets(answer: Answer, *, is_last: bool) -> bytes:
    lines = [b"HTTP/1.1 %d %b" % (answer.status, REASONS[answer.status])]
    lines += [b"%b: %b" % header for header in answer.headers]
    lines.append(b"content-length: %d" % len(answer.body))
    if is_last:
        lines.append(b"connection: close")
    return b"\r\n".join([*lines, b"", answer.body])


async def serve(take: Take, *, host: str, port: int, until: asyncio.Event) -> None:
    """Answers at ``host``:``port`` until the event is set, and whoever waits then as well.

    OSError when nobody may listen there.
    """
    connections: set[Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(take, connections),
        host, port, backlog=4096, reuse_port=True,  # several processes share it, new lines in turn
    )  # fmt: skip
    async with server:
        while not until.is_set():
            for connection in [*connections]:
                connection.close_if_idle(loop.time())
            await _wait(until, seconds=SECONDS_FOR_A_REQUEST / 2)
    for connection in [*connections]:
        connection.finish()
    while connections:
        await asyncio.sleep(0.05)


async def _wait(event: asyncio.Event, *, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
