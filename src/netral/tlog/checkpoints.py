"""The signed state of a log, and the witnesses who saw that it only ever grew.

C2SP tlog-checkpoint and tlog-cosignature (Ed25519, cosignature/v1).
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from netral.tlog.hashing import HASH_SIZE
from netral.tlog.notes import COSIGNATURE, Note, NoteError, SignatureLine, SignerKey, VerifierKey


@dataclass(frozen=True)
class Checkpoint:
    """How many entries a log has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Reads the body of a note. Extension lines are passed over. Raises NoteError."""
        lines = text.removesuffix("\n").split("\n")
        if len(lines) < 3 or not all(lines):
            raise NoteError("a checkpoint has at least three lines, none of them empty")
        origin, size, root = lines[:3]
        if not size.isascii() or not size.isdigit() or (size != "0" and size.startswith("0")):
            raise NoteError(f"the size of a checkpoint is not a number: {size!r}")
        try:
            raw = b64decode(root, validate=True)
        except binascii.Error as problem:
            raise NoteError("the root hash of a checkpoint is malformed") from problem
        if len(raw) != HASH_SIZE:
            raise NoteError("the root hash of a checkpoint has the wrong length")
        return cls(origin, int(size), raw)

    def signed_by(self, key: SignerKey) -> Note:
        return Note(self.text).signed_by(key)


@dataclass(frozen=True)
class Witnessing:
    """A witness saw this checkpoint, consistent with all it had seen before, at this time."""

    key: VerifierKey
    at: int
    """Seconds since 1970."""


def open_checkpoint(note: str, log_key: VerifierKey) -> Checkpoint:
    """The checkpoint inside, once the log's own signature holds. Raises NoteError."""
    opened = Note.parse(note)
    opened.check([log_key])
    checkpoint = Checkpoint.parse(opened.text)
    if checkpoint.origin != log_key.name:
        raise NoteError(f"this is a checkpoint of {checkpoint.origin}, not of {log_key.name}")
    return checkpoint


def cosign(note: str, key: SignerKey, at: int) -> SignatureLine:
    """A witness's line under a checkpoint. The caller has checked consistency before."""
    text = Note.parse(note).text
    signature = key.sign(_cosigned_message(text, at))
    return SignatureLine(key.name, key.verifier.id, at.to_bytes(8, "big") + signature)


def witnesses_of(note: str, keys: Iterable[VerifierKey]) -> list[Witnessing]:
    """The witnesses among ``keys`` whose cosignature holds. Raises NoteError on a false one."""
    opened = Note.parse(note)
    found: list[Witnessing] = []
    for key in keys:
        for line in opened.signatures:
            if key.kind == COSIGNATURE and line.is_by(key):
                at = int.from_bytes(line.signature[:8], "big")
                key.check(_cosigned_message(opened.text, at), line.signature[8:])
                found.append(Witnessing(key, at))
    return found


def _cosigned_message(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
