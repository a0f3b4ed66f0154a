"""Runs ``netral import`` as an office does, at a terminal, and reads what its bar says."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
import threading
import time

from . import measure
from .measure import CHECKOUT, Measured

BAR = re.compile(r"(reading|writing) \[[#.]+\]\s+(\d+)%")


def run(arguments: list[str], environment: dict[str, str]) -> Measured:
    """Seconds and processor seconds of the whole process, its start included; peak memory; how
    many different percentages the bar showed while reading and while writing."""
    ours, theirs = pty.openpty()
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "netral.project.commandline", "import", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={
            **os.environ,
            **environment,
            "PYTHONPATH": str(CHECKOUT / "src"),
            "NETRAL_ENV_FILE": os.devnull,
        },
        cwd=CHECKOUT,
    )
    os.close(theirs)
    screen: list[bytes] = []
    reader = threading.Thread(target=_read, args=(ours, screen), daemon=True)
    reader.start()
    peak, used = _watch(child)
    elapsed = time.perf_counter() - started
    reader.join(5)
    assert child.stdout
    said = child.stdout.read().decode().splitlines()
    if child.returncode or said[-1:] != ["done"]:
        shown = b"".join(screen).decode(errors="replace")
        raise SystemExit(f"netral import stopped with {child.returncode}: {shown[-500:]}")
    return Measured(elapsed, used, peak / 1e6, _bar(b"".join(screen).decode()) | {"said": said})


def _watch(child: subprocess.Popen[bytes]) -> tuple[int, float]:
    """The most memory it held, and the processor seconds of it and of its children."""
    peak = 0
    while True:
        peak = max(peak, measure.resident(child.pid))
        number, status, usage = os.wait4(child.pid, os.WNOHANG)
        if number:
            child.returncode = os.waitstatus_to_exitcode(status)
            return peak, usage.ru_utime + usage.ru_stime
        time.sleep(0.02)


def _read(terminal: int, screen: list[bytes]) -> None:
    with contextlib.suppress(OSError):  # the other end is closed
        while block := os.read(terminal, 65_536):
            screen.append(block)


def _bar(screen: str) -> dict[str, object]:
    shown: dict[str, set[int]] = {"reading": set(), "writing": set()}
    for verb, percent in BAR.findall(screen):
        shown[verb].add(int(percent))
    return {f"{verb} steps": len(steps) for verb, steps in shown.items()}
