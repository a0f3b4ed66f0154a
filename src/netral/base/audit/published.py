"""What the world gets to see: the latest checkpoint with the cosignatures it has."""

from __future__ import annotations

from dataclasses import dataclass

from netral.base.audit import files
from netral.base.audit.models import LogCheckpoint
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.notes import Note, NoteError


class Damaged(ValueError):
    """The published checkpoint cannot be read; the message says why."""


@dataclass(frozen=True)
class Forgotten:
    """A checkpoint that the world was given and the database does not know: an older copy of it
    was put back, or entries were taken away. ``note`` is what was published, verbatim."""

    size: int
    note: str


def forgotten() -> Forgotten | None:
    """What was published and is not known; None when file and database agree. Raises Damaged.

    The file is read first: a checkpoint's row is always there before its file.
    """
    found = files.read(files.CHECKPOINT)
    if found is None:
        return None
    try:
        note = found.decode()
        stated = Checkpoint.parse(Note.parse(note).text)
    except (NoteError, UnicodeDecodeError) as problem:
        raise Damaged(f"the published checkpoint is damaged: {problem}") from problem
    known = LogCheckpoint.objects.filter(size=stated.size).first()
    if known is not None and bytes(known.root) == stated.root:
        return None
    return Forgotten(stated.size, note)


def with_cosignatures(checkpoint: LogCheckpoint) -> str:
    """The signed note with the lines of its witnesses behind it."""
    lines = checkpoint.cosignatures.order_by("id").values_list("line", flat=True)
    return checkpoint.note + "".join(f"{line}\n" for line in lines)


def write_checkpoint_file() -> None:
    """Publishes the newest checkpoint; does nothing when it is published as it is.

    In turn, so that what is published never goes back to a smaller one.
    """
    with files.in_turn():
        newest = LogCheckpoint.objects.order_by("-size").first()
        if newest:
            files.write(files.CHECKPOINT, with_cosignatures(newest).encode())
