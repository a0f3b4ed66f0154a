"""Claim codes: twelve letters and digits on a slip, 60 random bits, known to nobody but the slip.

The alphabet is Crockford's base 32 (no I, L, O, U), so that what is misread is read right anyway:
an O typed for a 0, an I or L for a 1.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_AS_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """Twelve characters of 32: 60 bits, from the system's random source."""
    return "".join(secrets.choice(ALPHABET) for _position in range(LENGTH))


def code_out_of(digest: bytes) -> str:
    """The code that belongs to a digest of twelve bytes or more; always the same for the same."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:LENGTH])


def written(code: str) -> str:
    """``7K3M9Q2XHB4T`` as it stands on the slip: ``7K3M-9Q2X-HB4T``."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def as_typed(text: str) -> str:
    """What somebody typed, as a code; empty when it cannot be one."""
    letters = "".join(character for character in text.upper() if character.isalnum())
    code = letters.translate(_AS_MEANT)
    is_code = len(code) == LENGTH and all(character in ALPHABET for character in code)
    return code if is_code else ""


def lookup_of(code: str) -> str:
    """What is kept instead of the code: HMAC-SHA-256 under ``CODE_KEY``, 64 hex digits."""
    message = b"netral claim code 1:" + code.encode()
    return hmac.new(settings.CODE_KEY.encode(), message, hashlib.sha256).hexdigest()
