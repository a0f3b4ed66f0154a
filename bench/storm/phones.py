"""Phones that do not give up: each sends its ticket until it has got an answer."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter, deque
from dataclasses import dataclass, field

from bench.ceremony.phones import answer_of, request_of

ANSWERED_WITHIN = 20.0
"""Seconds after which a phone hangs up and tries again."""
PAUSE = 0.2
"""Seconds between two tries, and at most between two signatures of one phone."""
AGAIN = 0.2
"""How many send a ticket that was confirmed before: they must get the same receipt."""


@dataclass
class Crowd:
    """``phones`` that sign for one person after the other until :meth:`stop`."""

    ports: list[int]
    """Each try goes to one of them."""
    path: str
    tickets: list[str]
    phones: int = 64
    confirmed: dict[str, str] = field(default_factory=dict)
    """Ticket → receipt."""
    answered: int = 0
    """How often a receipt came, also the same one again."""
    tries: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    over: bool = False
    _lately: deque[str] = field(default_factory=lambda: deque(maxlen=500))

    def start(self) -> None:
        self._thread = threading.Thread(target=lambda: asyncio.run(self._all()))
        self._thread.start()

    def stop(self) -> None:
        self.over = True
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._phone() for _number in range(self.phones)))

    async def _phone(self) -> None:
        while not self.over:
            ticket = self._next()
            code = await self._until_answered(ticket)
            if not code:
                return
            self.answered += 1
            self._lately.append(ticket)
            if self.confirmed.setdefault(ticket, code) != code:
                self.wrong.append(f"two receipts for one ticket: {self.confirmed[ticket]} {code}")
            await asyncio.sleep(random.uniform(0, PAUSE))

    def _next(self) -> str:
        if self._lately and (not self.tickets or random.random() < AGAIN):
            return random.choice(self._lately)
        return self.tickets.pop()

    async def _until_answered(self, ticket: str) -> str:
        while not self.over:
            try:
                async with asyncio.timeout(ANSWERED_WITHIN):
                    status, place = await self._send(ticket)
            except (OSError, EOFError, TimeoutError) as trouble:
                self.tries[type(trouble).__name__] += 1
            else:
                self.tries[str(status)] += 1
                if status == 303 and place.startswith("/tanda/"):
                    return place.split("/")[2]
                if status < 500:
                    self.wrong.append(f"{status} {place}")
            await asyncio.sleep(PAUSE)
        return ""

    async def _send(self, ticket: str) -> tuple[int, str]:
        port = random.choice(self.ports)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request_of(port, self.path, f"tiket={ticket}".encode()))
            return await answer_of(reader)
        finally:
            writer.close()
