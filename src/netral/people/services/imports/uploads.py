"""Uploads on disk: sealed with the installation's secret from their first byte to their last.

An upload holds all that the import drops (NIK, religion, address), and it may wait for its columns
to be mapped. So it is sealed while it is received, and opened only into memory without a name,
which the reading child inherits: a killed worker leaves no readable copy, and neither does a
stolen disk or backup without the secret. A file outside the folder of uploads is the office's own;
it is read where it lies, and never deleted.

Format: magic, 16 bytes salt, then parts of 1 MiB, each ChaCha20-Poly1305 under HKDF-SHA-256 of
the secret. The nonce counts the parts and marks the last one, so parts cannot be dropped,
repeated or moved (STREAM, Hoang et al. 2015).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from netral.base.ids import new_id
from netral.people.intake.problems import Unreadable
from netral.people.models import Import

MAGIC = b"netral-upload-1\n"
SUFFIX = ".sealed"
PART = 1 << 20
_TAG, _SALT = 16, 16


class SealingWriter:
    """Writes a new sealed file; ``path`` says where. Not there again after :meth:`throw_away`."""

    def __init__(self) -> None:
        folder = Path(settings.UPLOAD_DIR)
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / f"{new_id().hex}{SUFFIX}"
        self._stream = self.path.open("xb")
        salt = secrets.token_bytes(_SALT)
        self._box = _box(settings.SECRET_KEY, salt)
        self._stream.write(MAGIC + salt)
        self._waiting = bytearray()
        self._parts = 0

    @property
    def is_closed(self) -> bool:
        return self._stream.closed

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > PART:  # the last part, however long, waits for the end
            self._seal(bytes(self._waiting[:PART]), is_last=False)
            del self._waiting[:PART]

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)
        self._stream.close()

    def throw_away(self) -> None:
        self._stream.close()
        self.path.unlink(missing_ok=True)

    def _seal(self, part: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._parts, is_last=is_last)
        self._stream.write(self._box.encrypt(nonce, part, MAGIC))
        self._parts += 1


@dataclass(frozen=True)
class Opened:
    """A file as the reading child may open it."""

    path: str
    descriptor: int | None
    """To be inherited; ``None`` for an office's own file, which has a name."""
    digest: str
    """SHA-256 of what was sent, in hexadecimal."""


@contextmanager
def opened(path: str) -> Iterator[Opened]:
    """The content of a file that waits. Raises :class:`Unreadable` when it is gone."""
    if not is_sealed(path):
        try:
            with Path(path).open("rb") as own:
                digest = hashlib.file_digest(own, "sha256").hexdigest()
        except OSError as error:
            raise Unreadable("gone") from error
        yield Opened(path, None, digest)
        return
    with _memory() as plain:
        digest = _unseal(Path(path), plain)
        yield Opened(f"/proc/self/fd/{plain.fileno()}", plain.fileno(), digest)


def content(path: Path) -> bytes:
    """All of a sealed file. Raises :class:`Unreadable`."""
    with _memory() as plain:
        _unseal(path, plain)
        plain.seek(0)
        return plain.read()


def taken_in(path: str | Path) -> str:
    """Where the file waits: what came into the folder of uploads unsealed is sealed now."""
    own = Path(path)
    if not _is_upload(own) or own.suffix == SUFFIX:
        return str(own)
    place = own.with_name(f"{own.name}{SUFFIX}")
    with own.open("rb") as stream:
        seal(stream, place)
    own.unlink()
    return str(place)


def seal(plain: IO[bytes], place: Path) -> None:
    """Keeps what ``plain`` still gives, sealed, at ``place``: all of it or nothing."""
    sealed = SealingWriter()
    while data := plain.read(PART):
        sealed.write(data)
    sealed.close()
    sealed.path.replace(place)


def delete(path: str | Path) -> None:
    """Deletes an upload, but only inside the folder of uploads; the office's own file stays."""
    if path and _is_upload(Path(path)):
        Path(path).unlink(missing_ok=True)


def marked_path(source: Import) -> Path:
    """Where the marked rows of an applied import are kept, sealed like the upload was."""
    return Path(settings.UPLOAD_DIR) / f"{source.pk.hex}.marked{SUFFIX}"


def delete_strays(known: set[str], *, before: datetime) -> None:
    """Deletes older files to which no import belongs: their process was killed."""
    for path in Path(settings.UPLOAD_DIR).glob("*"):
        is_kept = str(path) in known or path.name.endswith(f".marked{SUFFIX}")
        if not is_kept and path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def is_sealed(path: str) -> bool:
    return path.endswith(SUFFIX)


def _is_upload(path: Path) -> bool:
    return path.resolve().is_relative_to(Path(settings.UPLOAD_DIR).resolve())


def _memory() -> BinaryIO:
    """A file without a name that is nowhere once it is closed or its process dies."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("netral-upload"), "w+b")
    return cast("BinaryIO", tempfile.TemporaryFile())


def _unseal(path: Path, plain: BinaryIO) -> str:
    """Writes the content to ``plain``; its digest."""
    digest = hashlib.sha256()
    try:
        for part in _parts(path):
            digest.update(part)
            plain.write(part)
        plain.flush()
    except (OSError, InvalidTag, ValueError) as error:
        raise Unreadable("gone") from error
    return digest.hexdigest()


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        if stream.read(len(MAGIC)) != MAGIC:
            raise ValueError("not a sealed upload")
        salt = stream.read(_SALT)
        sealed = stream.read(PART + _TAG)
        box = _fitting_box(salt, sealed, is_last=len(sealed) < PART + _TAG or not _more(stream))
        number = 0
        while sealed:
            following = stream.read(PART + _TAG)
            yield box.decrypt(_nonce(number, is_last=not following), sealed, MAGIC)
            sealed, number = following, number + 1


def _more(stream: BinaryIO) -> bool:
    at = stream.tell()
    found = bool(stream.read(1))
    stream.seek(at)
    return found


def _fitting_box(salt: bytes, first: bytes, *, is_last: bool) -> ChaCha20Poly1305:
    """The secret may have been changed since; the former ones are tried then."""
    for secret in settings.SECRET_KEY_FALLBACKS:
        box = _box(secret, salt)
        try:
            box.decrypt(_nonce(0, is_last=is_last), first, MAGIC)
        except InvalidTag:
            continue
        return box
    return _box(settings.SECRET_KEY, salt)


def _box(secret: str | bytes, salt: bytes) -> ChaCha20Poly1305:
    info = b"netral uploads 1"
    raw = secret.encode() if isinstance(secret, str) else secret
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(raw)
    return ChaCha20Poly1305(key)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
