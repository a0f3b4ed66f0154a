"""The load: many phones at once, each signing for a person of its own, over plain sockets.

A library for HTTP would take more of the two cores than the server it measures.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

CSRF = "a" * 32


@dataclass
class Outcome:
    seconds: float = 0.0
    receipts: set[str] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    """Seconds from sending to the whole answer, one per signature."""
    refused: list[str] = field(default_factory=list)


async def sign_all(port: int, code: str, digest: str, sessions: list[str], phones: int) -> Outcome:
    """Signs once for each session, over ``phones`` connections kept open."""
    waiting = iter(sessions)
    outcome = Outcome()
    body = urlencode({"csrfmiddlewaretoken": CSRF, "naskah": digest}).encode()

    async def phone() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for session in waiting:
            sent = time.perf_counter()
            writer.write(_request(port, code, session, body))
            status, location = await _answer(reader)
            outcome.waits.append(time.perf_counter() - sent)
            if status == 302 and location.startswith("/tanda/"):
                outcome.receipts.add(location)
            else:
                outcome.refused.append(f"{status} {location}")
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(phone() for _number in range(phones)))
    outcome.seconds = time.perf_counter() - started
    return outcome


def _request(port: int, code: str, session: str, body: bytes) -> bytes:
    head = (
        f"POST /i/{code}/tanda-tangan HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Cookie: sessionid={session}; csrftoken={CSRF}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1")
    lines = head.split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    fields = {name.lower(): value for name, value in fields.items()}
    if fields.get("transfer-encoding") == "chunked":
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.readexactly(int(fields.get("content-length", 0)))
    return int(lines[0].split()[1]), fields.get("location", "")
