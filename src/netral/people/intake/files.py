"""What a file is, told by its first bytes and, for a workbook, by its zip directory.

Nothing is unpacked here. The sizes that the directory claims are checked before any parser sees
the file; a directory that lies is caught by the memory limit of the child process.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from netral.people.intake.problems import Unreadable

OLE_SIGNATURE = bytes.fromhex("d0cf11e0a1b11ae1")
"""Compound file: the old .xls, or an .xlsx that a password encrypts (MS-OFFCRYPTO)."""
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_KNOWN_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


@dataclass(frozen=True)
class Limits:
    """How much a file may unfold to, and what its reading may cost."""

    unpacked_bytes: int
    ratio: int
    """Unpacked to packed of one part. Sheets of real registers stay below 40."""
    memory_bytes: int
    cpu_seconds: int


WEB = Limits(1_500_000_000, 200, 2_000_000_000, 120)
"""An upload of at most 50 MB. 18,000 rows need some 150 MB and a second."""
COMMAND_LINE = Limits(16_000_000_000, 200, 12_000_000_000, 3_600)
"""Somebody with a shell on the server: any size, but still not without end."""

Kind = Literal["workbook", "text"]


def kind_of(path: Path, limits: Limits) -> Kind:
    """``workbook`` or ``text``; raises :class:`Unreadable` for anything that is neither."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        start = stream.read(65536)
    if size == 0 or not start.strip(b"\xef\xbb\xbf\r\n\t \x00"):
        raise Unreadable("empty")
    if start.startswith(OLE_SIGNATURE):
        raise Unreadable("encrypted" if _mentions_encryption(path) else "old_excel")
    if start.startswith(b"PK"):
        _check_workbook(path, limits)
        return "workbook"
    if start.startswith(_KNOWN_OTHERS) or _looks_binary(start):
        raise Unreadable("not_a_spreadsheet")
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<?xml")):
        raise Unreadable("web_page")
    return "text"


def _looks_binary(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 with its mark is text
        return False
    return b"\x00" in start


def _mentions_encryption(path: Path) -> bool:
    """The directory of a compound file names its streams in UTF-16; it may stand anywhere."""
    overlap = len(_ENCRYPTED_STREAM)
    with path.open("rb") as stream:
        tail = b""
        while block := stream.read(1 << 20):
            if _ENCRYPTED_STREAM in tail + block:
                return True
            tail = block[-overlap:]
    return False


def _check_workbook(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("damaged") from error
    names = {part.filename for part in parts}
    if not any(name.startswith("xl/") for name in names):
        is_open_document = "content.xml" in names
        raise Unreadable("open_document" if is_open_document else "not_a_spreadsheet")
    total = sum(part.file_size for part in parts)
    worst = max(part.file_size // max(part.compress_size, 1) for part in parts if part.file_size)
    large = [part for part in parts if part.file_size > 10_000_000]
    too_dense = any(part.file_size > limits.ratio * max(part.compress_size, 1) for part in large)
    if total > limits.unpacked_bytes or too_dense or len(parts) > 10_000:
        raise Unreadable("bomb", megabytes=total // 1_000_000, ratio=worst)
