"""One supervised process: started in a group of its own, restarted with growing patience."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
CALM_AFTER = 60.0
"""Seconds of life after which a process counts as healthy and its pauses start anew."""


@dataclass
class Child:
    """A process that shall run. ``log`` names a file for its output; None: the parent's own."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    not_before: float = 0.0
    _file: IO[bytes] | None = field(default=None, repr=False)

    def start(self) -> int:
        if self.log and self._file is None:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.log.open("ab")
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=self._file,
            stderr=self._file,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self.started_at = time.monotonic()
        return self.process.pid

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> float:
        """After a death: clears what is left of the group; returns the pause in seconds."""
        self.kill()
        calm = time.monotonic() - self.started_at > CALM_AFTER
        self.deaths = 1 if calm else self.deaths + 1
        pause = min(FIRST_PAUSE * 2.0 ** (self.deaths - 1), LONGEST_PAUSE)
        self.not_before = time.monotonic() + pause
        self.process = None
        return pause

    def ask_to_stop(self) -> None:
        """TERM to the process itself, which tells its own workers in its own order."""
        if self.is_running():
            assert self.process is not None
            self.process.terminate()

    def kill(self) -> None:
        """KILL to the whole group: no grandchild may keep the port or a job."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _die_with_parent() -> None:
    """Asks the kernel to end this process when its parent ends, however that happens (Linux)."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def describe_end(process: subprocess.Popen[bytes]) -> str:
    """``ended with code 1`` or ``was killed (SIGKILL)``."""
    code = process.returncode
    if code is not None and code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return f"ended with code {code}"
