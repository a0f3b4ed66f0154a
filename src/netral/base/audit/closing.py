"""A log that cannot go on is closed, kept whole, and named in the first entry of the next one.

Only after a loss that cannot be mended: an older database under newer files. What the world was
given then and the database no longer holds is kept beside it, so that the closed log can be made
anew, files and all, for as long as there is a database or a backup of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from netral.base.audit import files, keys
from netral.base.audit.appending import append
from netral.base.audit.integrating import Contradiction, entries_between
from netral.base.audit.kinds import Kind, register_kind
from netral.base.audit.models import LogCheckpoint, LogClosed, LogKey
from netral.base.audit.published import with_cosignatures
from netral.base.audit.standing import appended
from netral.tlog.checkpoints import Checkpoint
from netral.tlog.entries import Content, Entry
from netral.tlog.notes import Note, NoteError, VerifierKey
from netral.tlog.proofs import ProofError
from netral.tlog.succession import generation
from netral.tlog.tiles import TILE_WIDTH, pack_entries, unpack_entries

KIND = "closed-log"


def begin_anew(*, now: datetime) -> VerifierKey:
    """Closes the log and goes on under another name and key.

    Nobody can take the one for the other: witnesses and verifiers have to be told. Killed in the
    middle it is run again, and closes nothing twice.
    """
    for key in keys.signers():
        (keys.folder() / f"log-{key.verifier.id.hex()}.key").unlink()
    closed = _close(now)
    if files.root().exists():
        name = closed.folder if closed else _folder_name(now)
        files.root().rename(files.root().with_name(name))
    if closed:
        _publish_the_end(closed)
    name, number = generation(keys.origin())
    return keys.add_key(now=now, name=f"{name}/{number + 1}")


def _publish_the_end(closed: LogClosed) -> None:
    """Without it witnesses find no end of the log: ``fsck --repair`` makes its tiles alone."""
    folder = files.closed_root(closed.folder)
    if folder.is_dir() and files.read(files.CHECKPOINT, folder) is None:
        files.write(files.CHECKPOINT, closed.note.encode(), folder)


def _folder_name(now: datetime) -> str:
    return f"log-files-before-{now:%Y%m%d-%H%M%S-%f}"


@transaction.atomic
def _close(now: datetime) -> LogClosed | None:
    """Keeps what was published last, and logs it; None when nothing ever was."""
    LogKey.objects.filter(role=LogKey.Role.LOG, retired_at=None).update(retired_at=now)
    note = _last_note()
    if not note:
        return None
    known = LogClosed.objects.filter(note=note).first()
    if known:
        return known
    stated = Checkpoint.parse(Note.parse(note).text)
    shared, lost = _compared(stated.size)
    closed = LogClosed.objects.create(
        number=LogClosed.objects.count() + 1,
        origin=stated.origin,
        size=stated.size,
        root=stated.root,
        note=note,
        shared=shared,
        lost=pack_entries(lost),
        folder=_folder_name(now),
        at=now,
    )
    append(kind=KIND, reference=closed.pk, content=_content(closed), now=now)
    return closed


def _last_note() -> str:
    """The checkpoint as it was published; when that cannot be read, the newest one signed."""
    try:
        note = (files.read(files.CHECKPOINT) or b"").decode()
        Checkpoint.parse(Note.parse(note).text)
    except (NoteError, UnicodeDecodeError):
        newest = LogCheckpoint.objects.order_by("-size").first()
        return with_cosignatures(newest) if newest else ""
    return note


def _compared(size: int) -> tuple[int, list[bytes]]:
    """How many entries the published log and the database begin with alike, and what the
    published one held beyond them, as far as its files still say."""
    ours = _up_to_a_gap(entries_between(0, min(size, appended())))
    shared, lost = 0, list[bytes]()
    for octets, entry in _published(size):
        if not lost and next(ours, None) == entry:
            shared += 1
        else:
            lost.append(octets)
    return shared, lost


def _published(size: int) -> Iterator[tuple[bytes, Entry]]:
    """The entries as their bundles hold them, up to the first that cannot be read."""
    for number in range(-(-size // TILE_WIDTH)):
        width = min(TILE_WIDTH, size - number * TILE_WIDTH)
        found = files.read(files.bundle_path(number, width))
        bundle = found or files.read(files.bundle_path(number, TILE_WIDTH))
        if bundle is None:
            return
        try:
            entries = [(octets, Entry.parse(octets)) for octets in unpack_entries(bundle)[:width]]
        except (ValueError, ProofError):
            return
        yield from entries


def _up_to_a_gap(entries: Iterator[Entry]) -> Iterator[Entry]:
    try:
        yield from entries
    except Contradiction:
        return


def entries_of(closed: LogClosed) -> Iterator[Entry]:
    """All entries of a closed log, in order. Raises Contradiction at a gap in the database."""
    yield from entries_between(0, closed.shared)
    for octets in unpack_entries(bytes(closed.lost)):
        yield Entry.parse(octets)


def is_whole(closed: LogClosed) -> bool:
    """Whether its files could still be read to the end when it was closed."""
    try:
        return closed.shared + len(unpack_entries(bytes(closed.lost))) == closed.size
    except ValueError:
        return False  # bent since: its row is then not what was logged


def _content(closed: LogClosed) -> Content:
    return Content(
        {
            "at": int(closed.at.timestamp()),
            "id": str(closed.pk),
            "lost": sha256(bytes(closed.lost)).hexdigest(),
            "note": sha256(closed.note.encode()).hexdigest(),
            "origin": closed.origin,
            "root": bytes(closed.root).hex(),
            "shared": closed.shared,
            "size": closed.size,
        }
    )


def _contents(references: Collection[UUID]) -> Mapping[UUID, Content]:
    return {one.pk: _content(one) for one in LogClosed.objects.filter(pk__in=references)}


def register() -> None:
    label = _("Penutupan log yang lama")
    register_kind(Kind(KIND, _contents, LogClosed.objects.count, label))
