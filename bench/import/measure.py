"""Runs a contender in a process of its own: seconds, and the peak memory of it and its children."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Measured:
    seconds: float
    """As the contender itself counts them: without the start of Python and Django."""
    cpu: float
    """Processor seconds: what holds still on a machine that others use too."""
    megabytes: float
    facts: dict[str, object]


def run(contender: str, arguments: list[str], environment: dict[str, str]) -> Measured:
    """Runs ``bench.import.contenders.<contender>`` and reads the JSON line it prints."""
    child = subprocess.Popen(
        [sys.executable, "-m", f"bench.import.contenders.{contender}", *arguments],
        stdout=subprocess.PIPE,
        env={
            **os.environ,
            **environment,
            "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
            "NETRAL_ENV_FILE": os.devnull,
        },
        cwd=CHECKOUT,
    )
    peak = 0
    while child.poll() is None:
        peak = max(peak, resident(child.pid))
        time.sleep(0.02)
    assert child.stdout
    said = child.stdout.read().decode().strip().splitlines()
    if child.returncode:
        raise SystemExit(f"{contender} stopped with {child.returncode}")
    facts = json.loads(said[-1])
    return Measured(facts.pop("seconds"), facts.pop("cpu", 0.0), peak / 1e6, facts)


def resident(pid: int) -> int:
    """Bytes resident in a process and everything it started."""
    total = 0
    waiting = [pid]
    while waiting:
        at = waiting.pop()
        try:
            total += int(Path(f"/proc/{at}/statm").read_text().split()[1]) * _PAGE
            tasks = Path(f"/proc/{at}/task")
            for task in tasks.iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except (OSError, ValueError, IndexError):
            continue
    return total
