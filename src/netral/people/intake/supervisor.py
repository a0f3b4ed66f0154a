"""The parent's end of the pipe: starts the child, hands on its messages, explains its death."""

from __future__ import annotations

import json
import marshal
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO

from netral.people.intake.child import LENGTH
from netral.people.intake.problems import Unreadable
from netral.people.intake.reading import Job, Message

_MEANING = {
    -signal.SIGXCPU: "too_slow",
    -signal.SIGABRT: "too_much_memory",  # how Rust answers a refused allocation
}


_ROOT = str(Path(__file__).resolve().parents[3])
"""Where this package lies, however it was installed."""


def read_in_child(job: Job, descriptor: int | None = None) -> Iterator[Message]:
    """The messages of :func:`reading.read`, produced in a process with limits of its own.

    Raises :class:`Unreadable`, also when the child was stopped by its limits. Closing the
    iterator early ends the child. ``descriptor``: an open file that the child inherits.
    """
    child = subprocess.Popen(
        # -S: what site would look up is in the path already, and is handed over below.
        [sys.executable, "-S", "-m", "netral.people.intake.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=() if descriptor is None else (descriptor,),
        stderr=subprocess.DEVNULL,  # a traceback could quote a cell
        env={"PYTHONPATH": ":".join(filter(None, [*sys.path, _ROOT])), "LC_ALL": "C.UTF-8"},
    )
    assert child.stdin
    assert child.stdout
    try:
        child.stdin.write(json.dumps(asdict(job)).encode())
        child.stdin.close()
        finished = False
        for message in _messages(child.stdout):
            if message[0] == "unreadable":
                raise Unreadable(message[1], **message[2])
            finished = message[0] == "end"
            yield message
        if not finished:
            raise Unreadable(_MEANING.get(child.wait(), "stopped"))
    finally:
        child.stdout.close()
        with suppress(ProcessLookupError):
            child.kill()
        child.wait()


def _messages(stream: IO[bytes]) -> Iterator[Message]:
    while len(head := stream.read(LENGTH.size)) == LENGTH.size:
        (length,) = LENGTH.unpack(head)
        frame = stream.read(length)
        if len(frame) < length:
            return
        yield marshal.loads(frame)
