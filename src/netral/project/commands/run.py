"""Serve Netral: pages, live updates and background work under one command.

A checkout that nobody configured serves the demonstration on this machine; the first start
builds it. A real installation (netral init) is checked first and refuses to start with an unsafe
setting; netral check --production says what is missing. Ctrl-C or SIGTERM stops everything.
Started again it is there within seconds, with everything that was in it.

examples:
  netral run
  netral run --lan              phones in the same network; prints a QR code (demonstration only)
  netral run --port 8080 --workers 4
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import urlsplit

from netral.project.refusal import Refusal
from netral.project.supervision import addresses
from netral.project.supervision.plan import Plan, children, usual_desks, usual_page_processes
from netral.project.supervision.supervisor import Supervisor
from netral.speaking.sentences import say, told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lan", action="store_true", help="let phones of the same network in (demonstration only)"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="listen on this address (default: 127.0.0.1)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=0,
        help="port to listen on (default: 8000, or the port of an http:// NETRAL_PUBLIC_URL)",
    )
    parser.add_argument(
        "--desk-port",
        type=int,
        default=0,
        metavar="PORT",
        help="with TLS in front: where the proxy brings signatures (default: the next port)",
    )
    parser.add_argument(
        "--workers", type=int, default=0, help="page processes (default: one per core)"
    )
    parser.add_argument(
        "--size",
        type=int,
        default=18_000,
        help="people of a demonstration that is built now (default: 18000; 0: build none yet)",
    )
    parser.add_argument(
        "--grace",
        type=float,
        default=10.0,
        metavar="SECONDS",
        help="on stopping, let work in hand finish for so long (default: 10)",
    )


def run(options: argparse.Namespace) -> int:
    from netral.project import installation

    host = "0.0.0.0" if options.lan else options.host
    options.port = options.port or _usual_port()
    addresses.must_be_free(host, options.port)
    plan = _plan(options, host)
    if plan.desk_port:
        addresses.must_be_free(plan.host, plan.desk_port, option="--desk-port")
    _must_stay_here(host)
    with installation.only_user():
        _prepare(options.size)
        supervisor = Supervisor(
            children(plan),
            is_healthy=lambda: addresses.answers(plan.port),
            on_healthy=lambda: _announce(plan, lan=options.lan),
            grace=options.grace,
        )
        supervisor.run()
    return 0


def _usual_port() -> int:
    from django.conf import settings

    address = urlsplit(settings.PUBLIC_URL)
    if address.scheme == "http" and addresses.is_this_machine(address.hostname):
        return address.port or 8000
    return 8000


def _must_stay_here(host: str) -> None:
    """Without TLS nothing real is served to other machines."""
    from django.conf import settings

    if settings.DEMO or settings.IS_TLS or addresses.is_this_machine(host):
        return
    raise Refusal(
        f"without TLS Netral listens on this machine alone, not on {host}; leave out --host, or "
        "put a proxy with TLS in front and set NETRAL_PUBLIC_URL (manual: install)"
    )


def _plan(options: argparse.Namespace, host: str) -> Plan:
    from django.conf import settings
    from django.db import connection

    public_url, extra = settings.PUBLIC_URL, ""
    if options.lan:
        if not settings.DEMO:
            raise Refusal(
                "--lan sends passwords readably through the network and is for demonstrations; "
                "put a proxy with TLS in front and set NETRAL_PUBLIC_URL (manual: install)"
            )
        extra = addresses.local_network_address()
        public_url = f"http://{extra}:{options.port}"
    elif "NETRAL_PUBLIC_URL" not in os.environ:
        public_url = f"http://127.0.0.1:{options.port}"
    desks, fronts = usual_desks(connection.vendor)
    return Plan(
        host=host,
        port=options.port,
        public_url=public_url,
        page_processes=options.workers or usual_page_processes(),
        desk_port=(options.desk_port or options.port + 1) if settings.IS_TLS else 0,
        desks=desks,
        fronts=fronts,
        extra_host=extra,
        logs=Path(settings.VAR_DIR) / "log" if settings.DEMO else None,
    )


def _prepare(size: int) -> None:
    """Database, files and, for a demonstration, its people; or a refusal that says what to do."""
    from django.conf import settings

    from netral.project import demonstrating, installation, upgrading

    if settings.DEMO or not installation.has_tables():
        upgrading.apply_migrations(say)
    upgrading.collect_static_files(say)
    if not settings.DEMO:
        _must_be_safe()
        return
    installation.must_fit_settings()
    if installation.holds_people():
        demonstrating.keep_current()
    elif size and demonstrating.is_there():
        demonstrating.build(size=size, report=say)


def _must_be_safe() -> None:
    from netral.base.checks import LOG_DIFFERS
    from netral.project.checking import describe, errors, findings, log_comes_first

    found = findings(production=True)
    for line in describe(found):
        say(line, error=True)
    if any(message.id not in LOG_DIFFERS for message in errors(found)):
        if log_comes_first(found):
            raise Refusal(
                "not started: first see what differs in the log and change nothing before it is "
                "explained; then put right what else is said above"
            )
        raise Refusal("not started: put right what is said above; netral check --production")


def _announce(plan: Plan, *, lan: bool) -> None:
    from django.conf import settings

    from netral.project import demonstrating

    lines = ["", f"Netral is at {plan.public_url}"]
    if urlsplit(plan.public_url).scheme == "https":
        lines.append(
            f"  behind your proxy; here it listens on {plan.host}:{plan.port}, "
            f"for signatures on {plan.host}:{plan.desk_port}"
        )
    if lan:
        lines += ["", addresses.as_qr(plan.public_url)]
    if settings.DEMO:
        lines += ["This is a DEMONSTRATION: everything in it is invented.", ""]
        lines += list(demonstrating.sign_in_lines())
    if plan.logs:
        lines.append(f"Logs: {plan.logs}")
    lines.append("Ctrl-C stops it.")
    lines += ["", "In another terminal: .venv/bin/netral --help"] if settings.DEMO else []
    print("\n".join(map(told, lines)), flush=True)
