"""A log that began anew (``HOST/log/2`` after ``HOST/log``): what it keeps of those before it.

The closed logs stay served below the new one, under ``lama/1/``, ``lama/2/``. Who saw one of them
while it was open can tell whether it ended later than that, with all of it inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from netral.tlog.checkpoints import Checkpoint
from netral.tlog.notes import Note, NoteError
from netral.tlog.proofs import ProofError, check_consistency, consistency_proof
from netral.tlog.sources import NotThere, Source, tiles_of

_NUMBERED = re.compile(r"(.+)/([1-9][0-9]{0,3})")


@dataclass(frozen=True)
class Statement:
    """A checkpoint with the signed note that states it."""

    note: str
    checkpoint: Checkpoint

    @classmethod
    def parse(cls, note: str) -> Statement:
        """Does not look at signatures. Raises NoteError."""
        return cls(note, Checkpoint.parse(Note.parse(note).text))


@dataclass(frozen=True)
class ClosedLog:
    """The files of a closed log, below those of the log of today."""

    source: Source
    number: int

    def read(self, path: str) -> bytes | None:
        return self.source.read(f"lama/{self.number}/{path}")


def generation(origin: str) -> tuple[str, int]:
    """``HOST/log/3`` is the third log of ``HOST/log``, which was itself the first."""
    found = _NUMBERED.fullmatch(origin)
    return (found[1], int(found[2])) if found else (origin, 1)


def predecessors(origin: str, seen: Iterable[Statement]) -> list[Statement]:
    """Those of ``seen`` that are of logs before ``origin``, the newest log first."""
    name, number = generation(origin)
    named = [(generation(one.checkpoint.origin), one) for one in seen]
    earlier = [(at, one) for (base, at), one in named if base == name and at < number]
    return [one for _at, one in sorted(earlier, key=lambda pair: pair[0], reverse=True)]


def last_word(source: Source, origin: str) -> tuple[Statement, ClosedLog]:
    """The last checkpoint of the closed log ``origin``, as it is served now. Raises NotThere.

    The third log may stand under ``lama/2/``: one that never signed anything leaves no files.
    """
    for number in range(generation(origin)[1], 0, -1):
        closed = ClosedLog(source, number)
        try:
            said = Statement.parse((closed.read("checkpoint") or b"").decode())
        except (NoteError, UnicodeDecodeError):
            continue
        if said.checkpoint.origin == origin:
            return said, closed
    raise NotThere(f"the last checkpoint of {origin} is not served any more")


def check_growth(source: Source, before: Checkpoint, now: Checkpoint) -> None:
    """Raises ProofError or ValueError unless the log at ``now`` begins with all of ``before``;
    SourceTrouble when its tiles cannot be read."""
    proof: list[bytes] = []
    if before.size < now.size:
        proof = consistency_proof(tiles_of(source, now.size), before.size, now.size)
    check_consistency(before.size, before.root, now.size, now.root, proof)


def trouble_with(source: Source, before: Statement) -> tuple[str, str]:
    """Why the log ``before`` is of did not end as its witness must expect, and what is served as
    its end; both empty when it did. Raises SourceTrouble when nothing answers."""
    served = ""
    try:
        last, closed = last_word(source, before.checkpoint.origin)
        served = last.note
        check_growth(closed, before.checkpoint, last.checkpoint)
    except (NotThere, ProofError, ValueError) as problem:
        return str(problem), served
    return "", served
