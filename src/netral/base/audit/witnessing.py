"""Takes the cosignatures that witnesses bring, and nothing else from anybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from netral.base.audit import keys
from netral.base.audit.models import LogCheckpoint, LogCosignature, LogKey
from netral.base.audit.published import write_checkpoint_file
from netral.tlog.checkpoints import Checkpoint, Witnessing, witnesses_of
from netral.tlog.notes import Note, NoteError

AHEAD = timedelta(minutes=5)
"""How far the clock of a witness may be before ours."""


class Refused(Exception):
    """The cosignature is not taken; the message says why, to the witness."""


class SignedAndForgotten(Refused):
    """The checkpoint is signed by this log, and the database does not know it any more."""


def take_cosignature(*, note: str, now: datetime) -> list[Witnessing]:
    """Keeps and publishes the cosignatures under ``note`` by witnesses of this log.

    The note must be a checkpoint this log has signed, word for word. Bringing the same
    cosignature again changes nothing. Raises Refused, SignedAndForgotten.
    """
    try:
        opened = Note.parse(note)
        stated = Checkpoint.parse(opened.text)
    except NoteError as problem:
        raise Refused(f"this is not a cosigned checkpoint: {problem}") from problem
    checkpoint = LogCheckpoint.objects.filter(size=stated.size).first()
    if checkpoint is None or Note.parse(checkpoint.note).text != opened.text:
        raise _unknown(opened)
    rows = {row.verifier: row for row in _witnesses()}
    known = [key for key in keys.witness_keys() if str(key) in rows]
    try:
        found = witnesses_of(note, known)
    except NoteError as problem:
        raise Refused(str(problem)) from problem
    if not found:
        raise Refused("no witness of this log has signed it; its office has to add your key first")
    for witnessing in found:
        _keep(checkpoint, rows[str(witnessing.key)], witnessing, opened, now)
    write_checkpoint_file()
    return found


def _unknown(opened: Note) -> Refused:
    try:
        opened.check(keys.log_keys())
    except NoteError:
        return Refused("this log has never signed that checkpoint")
    return SignedAndForgotten(
        "this log has signed that checkpoint and its database does not know it: an older copy was "
        "put back, or entries were taken away"
    )


def _witnesses() -> list[LogKey]:
    return list(LogKey.objects.filter(role=LogKey.Role.WITNESS, retired_at=None))


def _keep(
    checkpoint: LogCheckpoint, row: LogKey, witnessing: Witnessing, note: Note, now: datetime
) -> None:
    at = datetime.fromtimestamp(min(witnessing.at, 1 << 33), UTC)
    if at > now + AHEAD:
        raise Refused("the clock of this witness is ahead; set it right and try again")
    line = next(str(one) for one in note.signatures if one.is_by(witnessing.key))
    LogCosignature.objects.get_or_create(
        checkpoint=checkpoint, key=row, defaults={"line": line.removesuffix("\n"), "at": at}
    )
