"""Codes that people read off a wall, a slip of paper or a receipt."""

from __future__ import annotations

import secrets

WALL_ALPHABET = "34679ACDEFGHJKMNPRTWXY"
"""Without the pairs that look alike from the last row: 0/O/Q, 1/I/L, 2/Z, 5/S, 8/B, U/V."""
RECEIPT_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters, 5 bits each: digits and letters without 0, 1, I and O."""
RECEIPT_LENGTH = 10
TEXT_CODE_LENGTH = 8
_DIGEST_LENGTH = 64
_SHARED = 2
_OWN = RECEIPT_LENGTH - _SHARED
_DRAWN = RECEIPT_ALPHABET.encode() * 8
_HEX = frozenset("0123456789ABCDEF")
_TAKEN_FOR_DIGITS = str.maketrans("OILSZ", "01152")


def new_wall_code(length: int = 4) -> str:
    """Four characters are 234,256 codes; it is public, so it need not be hard to guess."""
    return "".join(secrets.choice(WALL_ALPHABET) for _ in range(length))


def new_receipt_code() -> str:
    """50 random bits, written ``XXXXX-XXXXX``."""
    return new_receipt_codes(1)[0]


def new_receipt_codes(count: int) -> list[str]:
    """Codes for those whose signatures are written together: they begin with the same two
    characters, drawn anew each time, and 40 random bits of their own follow.

    An index of codes that have nothing in common has a page of its own for each; these share one
    to three. Whoever knows one has a chance of 1 in 2^31 a try to guess another of five hundred
    that were written with it.
    """
    # 256 is 8 times 32: each octet draws one character, all equally likely.
    drawn = secrets.token_bytes(_SHARED + count * _OWN).translate(_DRAWN).decode()
    shared, rest = drawn[:_SHARED], drawn[_SHARED:]
    return [write_receipt_code(shared + rest[at : at + _OWN]) for at in range(0, len(rest), _OWN)]


def write_receipt_code(characters: str) -> str:
    return f"{characters[:5]}-{characters[5:]}"


def read_wall_code(typed: str) -> str:
    """What was typed, as codes are stored: capitals, no spaces, hyphens or dots."""
    return _bare(typed)[:6]


def read_receipt_code(typed: str) -> str:
    """``7k3m9 q2xyz`` as ``7K3M9-Q2XYZ``; empty when it cannot be a receipt code.

    The address on a receipt, pasted whole, is read as the code at its end.
    """
    if "/" in typed:
        typed = typed.split("?")[0].split("#")[0].strip().removesuffix("/pdf").rstrip("/")
        typed = typed.rsplit("/", 1)[-1]
    bare = _bare(typed)
    if len(bare) != RECEIPT_LENGTH or any(letter not in RECEIPT_ALPHABET for letter in bare):
        return ""
    return write_receipt_code(bare)


def write_text_code(digest: str) -> str:
    """``4F2A-91C3``: the beginning of a wording's digest, short enough to be read off a sheet.

    It tells apart the few texts that one office prints; the digest beside it is the proof.
    """
    digits = digest[:TEXT_CODE_LENGTH].upper()
    return f"{digits[:4]}-{digits[4:]}"


def read_text_code(typed: str) -> str:
    """``4f2a 91c3`` as ``4F2A-91C3``, as the whole digest is too; empty when it is neither.

    Hexadecimal has no O, I, L, S or Z: who types one has read a digit.
    """
    bare = _bare(typed).translate(_TAKEN_FOR_DIGITS)
    is_whole = len(bare) in (TEXT_CODE_LENGTH, _DIGEST_LENGTH) and _HEX.issuperset(bare)
    return write_text_code(bare) if is_whole else ""


def _bare(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
