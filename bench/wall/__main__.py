"""python -m bench.wall [--listeners 2000] [--updates 25]

Starts the real server, opens that many lines of live updates on one ceremony, then lets people
sign at the desk one by one. Reported: the time from the confirmation of a signature (its commit)
to the event at each listener that counts it, and the server's memory per listener. Asserted: no
event ever counts a signature that was not confirmed or in flight.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.ceremony import phones
from bench.serving import serving, set_up

AT_ONCE = 100
"""Listeners that connect at the same moment."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--listeners", type=int, default=2000)
    options.add_argument("--updates", type=int, default=25)
    chosen = options.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (20_000, 20_000))
    with tempfile.TemporaryDirectory(prefix="netral-bench-") as name:
        folder = Path(name)
        set_up(folder, f"sqlite:///{folder}/netral.sqlite3")
        from bench.ceremony import hall

        scene = hall.build(18_000, sessions=0)
        tickets = scene.tickets()
        with serving(folder) as (port, _desk, pids):
            crowd = Crowd(port, scene.ceremony.code)
            before = _memory(pids[0])
            asyncio.run(_watch(crowd, chosen.listeners, tickets[: chosen.updates], pids[0]))
        each = (crowd.memory - before) / chosen.listeners / 1024
    delays = sorted(crowd.delays())
    print(
        f"{chosen.listeners} listeners, {chosen.updates} signatures among 18,000 people: from the"
        f" confirmation to the event p50 {1000 * delays[len(delays) // 2]:.0f} ms, p99"
        f" {1000 * delays[int(len(delays) * 0.99)]:.0f} ms (goal 500 or less), longest"
        f" {1000 * delays[-1]:.0f} ms; {each:.0f} KiB of the server per listener;"
        f" {len(delays)} of {chosen.listeners * chosen.updates} counted"
    )


@dataclass
class Crowd:
    """Who listens, what was signed when, and when each saw how many."""

    port: int
    code: str
    sent: list[float] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    seen: list[dict[int, float]] = field(default_factory=list)
    memory: float = 0.0

    async def listen(self, opened: asyncio.Event) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        path = f"/langsung/ikrar/{self.code}"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        counts: dict[int, float] = {}
        self.seen.append(counts)
        try:
            while line := await reader.readline():
                if line.startswith(b'data: {"'):
                    opened.set()
                    now, count = time.perf_counter(), json.loads(line[6:])["signed"]
                    assert count <= len(self.sent), "the wall ran ahead"
                    counts.setdefault(count, now)
        finally:
            writer.close()

    async def sign(self, ticket: str) -> None:
        self.sent.append(time.perf_counter())
        outcome = await phones.spend_all(self.port, self.code, [ticket], 1)
        assert not outcome.refused, outcome.refused
        self.confirmed.append(time.perf_counter())

    def delays(self) -> list[float]:
        """Seconds from each confirmation to the first event that counts it, for each listener."""
        found = []
        for counts in self.seen:
            for number, confirmed in enumerate(self.confirmed, start=1):
                times = [at for count, at in counts.items() if count >= number]
                if times:
                    found.append(max(min(times) - confirmed, 0.0))
        return found


async def _watch(crowd: Crowd, listeners: int, tickets: list[str], pid: int) -> None:
    tasks = []
    for start in range(0, listeners, AT_ONCE):
        doors = [asyncio.Event() for _ in range(min(AT_ONCE, listeners - start))]
        tasks += [asyncio.create_task(crowd.listen(door)) for door in doors]
        await asyncio.gather(*(door.wait() for door in doors))
    crowd.memory = _memory(pid)
    for ticket in tickets:
        await crowd.sign(ticket)
        await asyncio.sleep(random.uniform(0.6, 1.4))
    await asyncio.sleep(2)
    for task in tasks:
        task.cancel()
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, AssertionError):
            raise ended


def _memory(pid: int) -> float:
    """Proportional set size of a process and its children, in bytes."""
    total, wanted = 0.0, [pid]
    while wanted:
        one = wanted.pop()
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += 1024 * int(line.split()[1])
        for task in os.listdir(f"/proc/{one}/task"):
            children = Path(f"/proc/{one}/task/{task}/children").read_text()
            wanted += [int(child) for child in children.split()]
    return total


if __name__ == "__main__":
    main()
