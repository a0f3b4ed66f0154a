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
    body = urlencode({"csrfmiddlewaretoken": CSRF, "naskah": digest}).encode()
    path = f"/i/{code}/tanda-tangan"
    cookies = (f"sessionid={session}; csrftoken={CSRF}" for session in sessions)
    return await _send_all(port, [request_of(port, path, body, one) for one in cookies], phones)


async def spend_all(
    port: int, code: str, tickets: list[str], phones: int, outcome: Outcome | None = None
) -> Outcome:
    """Signs at the desk once for each ticket. ``outcome`` can be watched as it fills."""
    bodies = (urlencode({"tiket": ticket}).encode() for ticket in tickets)
    requests = [request_of(port, f"/t/{code}", one) for one in bodies]
    return await _send_all(port, requests, phones, outcome)


async def _send_all(
    port: int, requests: list[bytes], phones: int, outcome: Outcome | None = None
) -> Outcome:
    waiting = iter(requests)
    outcome = Outcome() if outcome is None else outcome

    async def phone() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in waiting:
            sent = time.perf_counter()
            writer.write(request)
            status, location = await answer_of(reader)
            outcome.waits.append(time.perf_counter() - sent)
            if status in {302, 303} and location.startswith("/tanda/"):
                outcome.receipts.add(location)
            else:
                outcome.refused.append(f"{status} {location}")
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(phone() for _number in range(phones)))
    outcome.seconds = time.perf_counter() - started
    return outcome


def request_of(port: int, path: str, body: bytes, cookie: str = "") -> bytes:
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


async def answer_of(reader: asyncio.StreamReader) -> tuple[int, str]:
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
