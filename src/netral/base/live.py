"""Live updates: server-sent events beside Django, as a bare ASGI application.

``GET /langsung/<channel>/<key>`` answers an endless ``text/event-stream``. A feature registers a
channel with a function that reads the present state from the database; it is asked four times
a second while somebody listens, once for all listeners of a key, and what it returns is sent
whenever it differs from what was sent before. Only committed rows are read, so a figure never
runs ahead of what is durable, and any number of server processes agree without talking.

Channels are public: they may carry nothing about a person.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import DatabaseError, close_old_connections, connection

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Reader = Callable[[str], dict[str, Any] | None]
"""Given the key, the state as JSON-able values; ``None`` when there is nothing by that key."""

PREFIX = "/langsung/"
POLL_SECONDS = 0.25
BEAT_SECONDS = 5.0
"""A heartbeat event lets a page notice that the line is dead although nothing is said on it."""
MAX_LISTENERS = 4000
"""Per process. More get 503 and try again; pages work without."""

log = structlog.get_logger("netral.live")
_readers: dict[str, Reader] = {}


def add_channel(name: str, reader: Reader) -> None:
    """Called in ``AppConfig.ready``. The reader runs in a thread of its own."""
    _readers[name] = reader


@dataclass
class Topic:
    """What the listeners of one key share."""

    latest: bytes = b""
    listeners: int = 0
    is_fresh: bool = False
    """False while the database cannot be read: then no heartbeat pretends that all is well."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    poller: asyncio.Task[None] | None = None


class Live:
    """The ASGI application; one per process."""

    def __init__(self) -> None:
        self.topics: dict[tuple[str, str], Topic] = {}
        self.reading = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")
        self.listeners = 0
        self.closing = asyncio.Event()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        channel, _, key = scope["path"].removeprefix(PREFIX).partition("/")
        reader = _readers.get(channel)
        if scope["method"] not in {"GET", "HEAD"}:
            return await _answer(send, 405)
        if reader is None or not key or len(key) > 64 or "/" in key:
            return await _answer(send, 404)
        if self.listeners >= MAX_LISTENERS or self.closing.is_set():
            return await _answer(send, 503)
        first = await self._first_state(channel, key, reader)
        if first is None:
            return await _answer(send, 404)
        if scope["method"] == "HEAD":
            return await _answer(send, 200)
        return await self._listen((channel, key), reader, receive, send)

    def close(self) -> None:
        """Ends every stream, so that the server can stop; browsers come back by themselves."""
        self.closing.set()
        for topic in self.topics.values():
            topic.changed.set()

    async def _first_state(self, channel: str, key: str, reader: Reader) -> bytes | None:
        topic = self.topics.get((channel, key))
        if topic and topic.latest:
            return topic.latest
        try:
            return await self._read(reader, key)
        except DatabaseError:
            log.warning("live_read_failed", channel=channel)
            return b""

    async def _listen(
        self, name: tuple[str, str], reader: Reader, receive: Receive, send: Send
    ) -> None:
        topic = self.topics.setdefault(name, Topic())
        topic.listeners += 1
        self.listeners += 1
        if topic.poller is None:
            topic.poller = asyncio.create_task(self._poll(name, topic, reader))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": STREAM_HEADERS})
            await _write(send, b"retry: 2000\n\n")
            await self._pass_on(topic, gone, send)
            if not gone.done():
                await _write(send, b"", more=False)
        finally:
            gone.cancel()
            self.listeners -= 1
            topic.listeners -= 1
            if not topic.listeners and topic.poller:
                topic.poller.cancel()
                self.topics.pop(name, None)

    async def _pass_on(self, topic: Topic, gone: asyncio.Future[None], send: Send) -> None:
        """Sends the newest state whenever it changes; a slow listener skips the ones between."""
        sent = b""
        while not gone.done() and not self.closing.is_set():
            changed = topic.changed
            if topic.latest and topic.latest != sent:
                sent = topic.latest
                await _write(send, b"data: " + sent + b"\n\n")
                continue
            waiting = asyncio.ensure_future(changed.wait())
            watched: set[asyncio.Future[Any]] = {waiting, gone}
            done, _pending = await asyncio.wait(
                watched, timeout=BEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
            waiting.cancel()
            if not done and topic.is_fresh:
                await _write(send, b"event: beat\ndata: 1\n\n")

    async def _poll(self, name: tuple[str, str], topic: Topic, reader: Reader) -> None:
        while True:
            try:
                state = await self._read(reader, name[1])
                topic.is_fresh = True
            except DatabaseError:
                log.warning("live_read_failed", channel=name[0])
                topic.is_fresh = False
                state = None
            if state is not None and state != topic.latest:
                topic.latest = state
                changed, topic.changed = topic.changed, asyncio.Event()
                changed.set()
            await asyncio.sleep(POLL_SECONDS)

    async def _read(self, reader: Reader, key: str) -> bytes | None:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.reading, _read_now, reader, key)


def _read_now(reader: Reader, key: str) -> bytes | None:
    close_old_connections()
    try:
        state = reader(key)
    except DatabaseError:
        connection.close()
        raise
    if state is None:
        return None
    return json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, body: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": more})


async def _answer(send: Send, status: int) -> None:
    headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await _write(send, b"", more=False)


STREAM_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would hold the events back
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
]
