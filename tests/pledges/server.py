"""The real server, as ``netral run`` starts it, on the database of the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def below(self) -> list[int]:
        """The processes that it started itself."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]

    def kill(self) -> None:
        """Every process of it at once, without a chance to say anything."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


@contextmanager
def running(environment: dict[str, str], *, workers: int = 2) -> Iterator[Server]:
    """The pages, with the desk beside them."""
    port = free_port()
    command = [
        "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--no-ws", "--log-level", "warning",
        "--workers-kill-timeout", "5", "netral.project.asgi:application",
    ]  # fmt: skip
    with _started(command, environment, port, awaited="/sehat") as server:
        yield server


@contextmanager
def desk_alone(environment: dict[str, str], *, fronts: int = 2) -> Iterator[Server]:
    """The desk in processes of its own."""
    port = free_port()
    command = ["netral.project.commandline", "desk", "--port", str(port), "--fronts", str(fronts)]
    with _started(command, environment, port, awaited="/") as server:
        yield server


@contextmanager
def _started(
    command: list[str], environment: dict[str, str], port: int, *, awaited: str
) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={
            **environment,
            "NETRAL_DEBUG": "true",
            "NETRAL_PUBLIC_URL": f"http://127.0.0.1:{port}",
        },
        start_new_session=True,
        stderr=subprocess.DEVNULL,
    )
    server = Server(port, process)
    try:
        _wait(server, awaited)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                raise


def _wait(server: Server, path: str) -> None:
    for _try in range(300):
        try:
            urllib.request.urlopen(server.address + path, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return  # it answers, if only that there is no such page
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
