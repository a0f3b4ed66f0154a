"""What the world gets to see: the latest checkpoint with the cosignatures it has."""

from __future__ import annotations

from netral.base.audit import files
from netral.base.audit.models import LogCheckpoint


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
