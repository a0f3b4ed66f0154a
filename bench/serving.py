"""The processes of Netral that benchmarks talk to, as ``netral run`` starts them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ports import free_port

TICKS = os.sysconf("SC_CLK_TCK")


def set_up(folder: Path, address: str) -> None:
    """Sets Django up on the database at ``address``, with a ``var`` of its own in ``folder``."""
    os.environ |= {
        "NETRAL_VAR": f"{folder}/var",
        "NETRAL_DATABASE": address,
        "NETRAL_ENV_FILE": os.devnull,
        "NETRAL_DEBUG": "",
        "DJANGO_SETTINGS_MODULE": "netral.project.settings",
    }
    (folder / "var").mkdir()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int, list[int]]]:
    """The pages, two processes, the desk or desks, and the integrator of the log; yields the port of the
    pages, the port of the desk, and the processes."""
    from netral.project.supervision.plan import usual_desks

    port, desk = free_port(), free_port()
    desks, fronts = usual_desks(_vendor())
    commands = [
        ["granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port),
         "--workers", "2", "--backlog", "4096", "--no-ws", "--log-level", "warning",
         "netral.project.asgi:application"],
        *[["netral.project.commandline", "desk", "--port", str(desk), "--fronts", str(fronts)]]
        * desks,
        ["netral.project.commandline", "log", "run"],
    ]  # fmt: skip
    with (folder / "server.log").open("w") as output:
        processes = [
            subprocess.Popen([sys.executable, "-m", *command], stdout=output, stderr=output)
            for command in commands
        ]
        try:
            _wait_until_up(f"http://127.0.0.1:{port}/sehat")
            _wait_until_up(f"http://127.0.0.1:{desk}/")
            yield port, desk, [process.pid for process in processes]
        except BaseException:
            shutil.copy(folder / "server.log", "/tmp/netral-bench-server.log")
            raise
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(20)


def _vendor() -> str:
    from django.db import connection

    return connection.vendor


def _wait_until_up(address: str) -> None:
    for _try in range(300):
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def cpu_of(pid: int) -> float:
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
