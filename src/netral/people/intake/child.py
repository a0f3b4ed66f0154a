"""The child process: reads one hostile file under limits and writes messages to its output.

``python -m netral.people.intake.child`` takes a job as JSON on its input. It knows no database,
no settings and no secret; whatever a prepared file does to the parser happens here.
"""

from __future__ import annotations

import gc
import json
import marshal
import resource
import struct
import sys
from typing import BinaryIO

from netral.people.intake.copying import copy
from netral.people.intake.files import Limits
from netral.people.intake.problems import Unreadable
from netral.people.intake.reading import Job, Message, read

LENGTH = struct.Struct("<I")


def main() -> int:
    told = json.load(sys.stdin)
    job = Job(**{**told, "limits": Limits(**told["limits"])})
    out = sys.stdout.buffer
    _limit(job.limits)
    gc.disable()  # rows hold no cycles, and looking for them costs a fifth of the reading
    try:
        for message in copy(job) if job.purpose == "copy" else read(job):
            _write(out, message)
    except Unreadable as finding:
        _write(out, ("unreadable", finding.code, finding.details))
    except BaseException as error:  # noqa: BLE001 (a panic in Rust is no Exception)
        _write(out, ("unreadable", _meaning_of(error), {}))
    return 0


def _meaning_of(error: BaseException) -> str:
    """Memory that was refused shows in Rust as a null pointer; the rest is a broken file."""
    if isinstance(error, MemoryError) or "null" in str(error):
        return "too_much_memory"
    return "damaged" if type(error).__name__ == "PanicException" else "stopped"


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold personal data


def _write(out: BinaryIO, message: Message) -> None:
    frame = marshal.dumps(message)
    out.write(LENGTH.pack(len(frame)))
    out.write(frame)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
