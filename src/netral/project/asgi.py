"""What the server runs: one origin, one port, three worlds.

``/langsung/…`` (live updates) is answered by a bare ASGI application that holds thousands of open
lines in one thread, and ``/t/…`` (signing with a ticket) by one whose writes share their commits
(``netral.pledges.desk``). Everything else is Django's WSGI application in a pool of threads: its
stock asynchronous handler starts a thread per request and is several times slower
(docs/decisions/0004-ceremony.md).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

from netral.project.wsgi import application as pages  # first: it sets Django up

# isort: split
from netral.base.group_commit import GroupCommit
from netral.base.live import PREFIX, Live
from netral.pledges.desk import Desk, is_for_the_desk, sign_now

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

THREADS = int(os.environ.get("NETRAL_THREADS", "16"))
"""Pages answered at once by one process; each thread keeps one database connection."""


def as_coroutine(receive: Receive) -> Receive:
    """The server gives awaitables of its own; a2wsgi wants coroutines when it reads a body."""

    async def receive_next() -> MutableMapping[str, Any]:
        return await receive()

    return receive_next


class Dispatcher:
    """Chooses the world by the beginning of the path.

    The two beside Django are made at their first need: they belong to the running loop.
    """

    def __init__(self, pages: Application) -> None:
        self.pages = pages
        self.live: Live | None = None
        self.group: GroupCommit[Any, Any] | None = None
        self.desk: Desk | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1000})
        elif scope["path"].startswith(PREFIX):
            self.live = self.live or Live()
            await self.live(scope, receive, send)
        elif is_for_the_desk(scope["method"].encode(), scope["path"]):
            self.group = self.group or GroupCommit(sign_now, name="desk")
            self.desk = self.desk or Desk(self.group)
            await self.desk(scope, receive, send)
        else:
            await self.pages(scope, as_coroutine(receive), send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                if self.live:
                    self.live.close()
                if self.group:
                    self.group.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})


application = Dispatcher(WSGIMiddleware(pages, workers=THREADS))  # type: ignore[arg-type]
gc.freeze()  # all of Django is here to stay: the collector need not walk it while a hall signs
gc.set_threshold(50_000, 20, 20)  # a hundred signatures at once are no garbage yet
