"""The proof file: one text that shows, offline and alone, that an entry is in the log.

C2SP tlog-proof. The ``extra`` of Netral's receipts is the entry itself, so that the file says
what was logged and not only that something was.
"""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from netral.tlog.checkpoints import Checkpoint, Witnessing, open_checkpoint, witnesses_of
from netral.tlog.hashing import HASH_SIZE, leaf_hash
from netral.tlog.notes import VerifierKey
from netral.tlog.proofs import ProofError, check_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"
LONGEST = 64 * 1024
_ATTACHED = re.compile(
    rb"/EmbeddedFile[^\n]*/FlateDecode[^\n]*>>\nstream\n(.*?)\nendstream", re.DOTALL
)


@dataclass(frozen=True)
class Receipt:
    """An entry's number, the way to the root, and the signed checkpoint it leads to."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint: str
    """The signed note, verbatim, with whatever cosignatures it carries."""
    extra: bytes | None = None
    """Not authenticated by itself: only :func:`verify` ties it to the log."""

    def __str__(self) -> str:
        lines = [FIRST_LINE]
        if self.extra is not None:
            lines.append(f"extra {b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines += [b64encode(each).decode() for each in self.proof]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """Raises ProofError when the file is not a proof of this version."""
        head, separator, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not separator or lines.pop(0) != FIRST_LINE:
            raise ProofError(
                "this is not a proof file: give the PDF of the receipt or its proof file "
                "(.tlog-proof), as it was downloaded"
            )
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = _decode(lines.pop(0).removeprefix("extra "))
        index = lines.pop(0).removeprefix("index ") if lines else ""
        if not (index.isascii() and index.isdigit()) or (index != "0" and index.startswith("0")):
            raise ProofError("the proof file does not say which entry it is about")
        proof = tuple(_decode(line) for line in lines)
        if any(len(each) != HASH_SIZE for each in proof):
            raise ProofError("a hash in the proof file has the wrong length")
        return cls(int(index), proof, checkpoint, extra)


def proof_in_pdf(content: bytes) -> str:
    """The text of the proof file attached to a receipt. Raises ProofError when there is none."""
    for packed in _ATTACHED.findall(content):
        try:
            text = zlib.decompressobj().decompress(packed, LONGEST).decode()
        except (zlib.error, UnicodeDecodeError):
            continue
        if text.startswith(FIRST_LINE):
            return text
    raise ProofError("this PDF carries no proof: download the receipt again, or its proof file")


def _decode(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ProofError("a line of the proof file is malformed") from problem


@dataclass(frozen=True)
class Verified:
    """What a proof file has shown."""

    index: int
    checkpoint: Checkpoint
    witnesses: tuple[Witnessing, ...]


def verify(
    receipt: Receipt,
    entry: bytes,
    log_key: VerifierKey,
    witness_keys: Iterable[VerifierKey] = (),
) -> Verified:
    """Shows that ``entry`` is in the log, or raises ProofError or NoteError saying what fails."""
    checkpoint = open_checkpoint(receipt.checkpoint, log_key)
    check_inclusion(
        leaf_hash(entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root
    )
    return Verified(
        receipt.index, checkpoint, tuple(witnesses_of(receipt.checkpoint, witness_keys))
    )
