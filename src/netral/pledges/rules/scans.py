"""What an uploaded scan really is, told by its first bytes."""

from __future__ import annotations

MAX_BYTES = 20 * 1024 * 1024
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
HEAD_BYTES = 16
_MAGIC = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))


def kind_of(head: bytes) -> str:
    """``pdf``, ``jpg``, ``png``, or empty for anything else. ``head``: the first 16 bytes."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return ""
