"""The server for short requests, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest

from netral.base import short_requests
from netral.base.short_requests import Answer, Request, serve
from tests.apart import run_apart
from tests.ports import free_port

POST = b"POST /t/RFNT?x=1 HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nContent-Length: 5\r\n\r\nhallo"
SEEN = b"HTTP/1.1 200 OK\r\nx: y\r\ncontent-length: 5\r\n\r\nhallo"
Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter
Send = Callable[[Answer], None]


class Counter:
    """Says back what it was sent, at once or when it is told to."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.at_once = at_once
        self.came: list[Request] = []
        self.waiting: list[Send] = []
        self.port = 0
        self.stop = asyncio.Event()

    def take(self, request: Request, send: Send) -> None:
        self.came.append(request)
        if self.at_once:
            send(Answer(200, ((b"x", b"y"),), request.body))
        else:
            self.waiting.append(send)

    async def open(self) -> tuple[Reader, Writer]:
        for _try in range(100):
            try:
                return await asyncio.open_connection("127.0.0.1", self.port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.01)
        raise AssertionError("nobody listens")

    async def has_come(self, count: int) -> None:
        for _try in range(500):
            if len(self.came) >= count:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{len(self.came)} of {count} came")


def talk(counter_of: Callable[[], Counter], talking: Callable[[Counter], Awaitable[None]]) -> None:
    async def all_of_it() -> None:
        counter = counter_of()
        counter.port = free_port()
        serving = asyncio.create_task(
            serve(counter.take, host="127.0.0.1", port=counter.port, until=counter.stop)
        )
        await talking(counter)
        counter.stop.set()
        await asyncio.wait_for(serving, 5)

    run_apart(asyncio.wait_for(all_of_it(), 30))


async def all_that_comes(reader: Reader) -> bytes:
    return await asyncio.wait_for(reader.read(-1), 5)


def test_one_line_carries_one_request_after_the_other() -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        times = short_requests.LARGEST_REQUEST // len(POST) + 2  # that bound is for each alone
        for _time in range(times):
            writer.write(POST)
            assert await reader.readexactly(len(SEEN)) == SEEN
        assert counter.came == [Request(b"POST", "/t/RFNT", b"*/*", b"hallo")] * times
        writer.close()

    talk(Counter, talking)


def test_a_request_may_come_octet_by_octet() -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        for octet in POST:
            writer.write(bytes([octet]))
            await writer.drain()
            await asyncio.sleep(0)
        assert await reader.readexactly(len(SEEN)) == SEEN
        assert counter.came == [Request(b"POST", "/t/RFNT", b"*/*", b"hallo")]
        writer.close()

    talk(Counter, talking)


@pytest.mark.parametrize("together", [True, False])
def test_who_does_not_wait_for_the_answer_gets_it_and_is_hung_up_on(together: bool) -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        if together:
            writer.write(POST + POST)
            await counter.has_come(1)
        else:
            writer.write(POST)
            await counter.has_come(1)
            writer.write(POST)
            await writer.drain()
            await asyncio.sleep(0.1)
        counter.waiting[0](Answer(200, (), b"a"))
        answer = await all_that_comes(reader)
        assert answer == b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\nconnection: close\r\n\r\na"
        assert len(counter.came) == 1
        writer.close()

    talk(lambda: Counter(at_once=False), talking)


@pytest.mark.parametrize(
    "last",
    [POST.replace(b"Accept: */*", b"Connection: close"), POST.replace(b"HTTP/1.1", b"HTTP/1.0")],
)
def test_who_wants_one_answer_only_is_told_that_it_is_the_last(last: bytes) -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        writer.write(last)
        answer = await all_that_comes(reader)
        assert b"\r\nconnection: close\r\n" in answer
        assert answer.endswith(b"\r\n\r\nhallo")
        writer.close()

    talk(Counter, talking)


@pytest.mark.parametrize(
    "sent",
    [
        b"hallo\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        POST.replace(b": 5", b": five"),
        b"POST / HTTP/1.1\r\nX: " + b"x" * 30_000,
        b"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n" + b"x" * 30_000,
        b"GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
    ids=["no HTTP", "TLS", "no number", "long headers", "long body", "another protocol"],
)
def test_what_is_no_short_request_ends_the_line(sent: bytes) -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        writer.write(sent)
        try:
            answer = await all_that_comes(reader)
        except ConnectionResetError:
            answer = b""
        assert b"hallo" not in answer
        assert all(len(request.body) <= short_requests.LARGEST_BODY for request in counter.came)
        writer.close()
        reader, writer = await counter.open()  # the next one is served
        writer.write(POST)
        assert await reader.readexactly(len(SEEN)) == SEEN
        writer.close()

    talk(Counter, talking)


def test_of_a_body_that_is_too_long_nothing_is_handed_on() -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        writer.write(b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n\r\n" + b"x" * 9000)
        await reader.readuntil(b"\r\n\r\n")
        assert [request.body for request in counter.came] == [b""]
        writer.close()

    talk(Counter, talking)


def test_who_hangs_up_before_the_answer_disturbs_nobody() -> None:
    async def talking(counter: Counter) -> None:
        _reader, gone = await counter.open()
        gone.write(POST)
        await counter.has_come(1)
        gone.close()
        await gone.wait_closed()
        reader, writer = await counter.open()
        writer.write(POST)
        await counter.has_come(2)
        for send in counter.waiting:
            send(Answer(200, (), b"b"))
        assert (await reader.readuntil(b"b")).startswith(b"HTTP/1.1 200")
        writer.close()

    talk(lambda: Counter(at_once=False), talking)


def test_who_waits_when_it_is_told_to_stop_still_gets_the_answer() -> None:
    async def talking(counter: Counter) -> None:
        reader, writer = await counter.open()
        writer.write(POST)
        await counter.has_come(1)
        counter.stop.set()
        await asyncio.sleep(0.1)
        counter.waiting[0](Answer(200, (), b"c"))
        assert (await all_that_comes(reader)).endswith(b"connection: close\r\n\r\nc")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", counter.port)
        writer.close()

    talk(lambda: Counter(at_once=False), talking)


@pytest.mark.parametrize("ended", ["half a request", "no request"])
def test_a_line_on_which_nothing_comes_is_ended(
    monkeypatch: pytest.MonkeyPatch, ended: str
) -> None:
    monkeypatch.setattr(short_requests, "SECONDS_FOR_A_REQUEST", 0.2)
    between = 0.4 if ended == "no request" else 60
    monkeypatch.setattr(short_requests, "SECONDS_BETWEEN_REQUESTS", between)

    async def talking(counter: Counter) -> None:
        quiet, waits = [await counter.open() for _line in range(2)]
        waits[1].write(POST)
        await counter.has_come(1)
        if ended == "half a request":
            quiet[1].write(POST[:-1])
        with suppress(ConnectionResetError):
            assert await all_that_comes(quiet[0]) == b""
        await asyncio.sleep(0.5)
        counter.waiting[0](Answer(200, (), b"d"))  # who waits for us is left in peace
        assert (await waits[0].readuntil(b"d")).startswith(b"HTTP/1.1 200")
        for _reader, writer in (quiet, waits):
            writer.close()

    talk(lambda: Counter(at_once=False), talking)


def test_no_more_lines_are_held_than_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_requests, "MOST_CONNECTIONS", 2)

    async def talking(counter: Counter) -> None:
        lines = [await counter.open() for _line in range(2)]
        await asyncio.sleep(0.1)
        extra, writer = await counter.open()
        with suppress(ConnectionResetError):
            assert await all_that_comes(extra) == b""
        lines[0][1].write(POST)
        assert await lines[0][0].readexactly(len(SEEN)) == SEEN
        for _reader, one in [*lines, (extra, writer)]:
            one.close()

    talk(Counter, talking)
