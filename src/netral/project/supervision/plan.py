"""Which processes ``netral run`` starts, and with which environment."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from netral.project.supervision.children import Child

MOST_PAGE_PROCESSES = 4


@dataclass(frozen=True)
class Plan:
    """``host`` to listen on, ``public_url`` to be reached at, ``logs`` folder or None;
    ``desk_port`` for signatures that a proxy brings to the desk itself, or 0: the pages take them;
    ``desks`` share it, each a process that writes and its ``fronts``, which read requests.
    """

    host: str
    port: int
    public_url: str
    page_processes: int
    desk_port: int = 0
    desks: int = 1
    fronts: int = 1
    extra_host: str = ""
    logs: Path | None = None


def usual_page_processes() -> int:
    return max(1, min(len(os.sched_getaffinity(0)), MOST_PAGE_PROCESSES))


def usual_desks(vendor: str) -> tuple[int, int]:
    """How many desks, and fronts of each.

    SQLite takes one writer at a time, a second would only make the groups smaller and throw away
    what the first has read: one core writes, the others read requests. PostgreSQL works while its
    writers wait for it.
    """
    processes = usual_page_processes()
    return (1, max(1, processes - 1)) if vendor == "sqlite" else (processes, 1)


def children(plan: Plan) -> list[Child]:
    """Pages with live updates, two workers (long imports never hold up letters), the log, and
    where a proxy knows of it the desk of the ceremonies."""
    environment = _environment(plan)
    netral = [sys.executable, "-m", "netral.project.commandline"]
    worker = [*netral, "worker", "--queues"]
    commands = {
        "pages": _pages(plan),
        "jobs": [*worker, "default,mail"],
        "imports": [*worker, "imports"],
        "log": [*netral, "log", "run"],
    }
    if plan.desk_port:
        desk = [*netral, "desk", "--host", plan.host, "--port", str(plan.desk_port)]
        desk += ["--fronts", str(plan.fronts)]
        commands |= {f"desk {number}": desk for number in range(1, plan.desks + 1)}
    return [
        Child(name, command, environment, plan.logs and plan.logs / f"{name}.log")
        for name, command in commands.items()
    ]


def _pages(plan: Plan) -> list[str]:
    asgi = find_spec("netral.project.asgi") is not None
    return [
        sys.executable, "-m", "granian",
        "--interface", "asgi" if asgi else "wsgi",
        "--host", plan.host,
        "--port", str(plan.port),
        "--workers", str(plan.page_processes),
        "--respawn-failed-workers",
        "--workers-kill-timeout", "5",
        "--backlog", "4096",
        "--no-ws",
        "--log-level", "warning",
        "--log-config", str(Path(__file__).with_name("server_log.json")),
        "netral.project.asgi:application" if asgi else "netral.project.wsgi:application",
    ]  # fmt: skip


def _environment(plan: Plan) -> dict[str, str]:
    environment = {**os.environ, "NETRAL_PUBLIC_URL": plan.public_url}
    if plan.extra_host:
        known = environment.get("NETRAL_EXTRA_HOSTS", "")
        environment["NETRAL_EXTRA_HOSTS"] = ",".join(filter(None, [known, plan.extra_host]))
    return environment
