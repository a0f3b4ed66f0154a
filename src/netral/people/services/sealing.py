"""Files that lie on disk for a while and that only one browser can open.

The worker that makes the slips must not leave codes lying about, and the browser that asked for
them comes back later. So the browser gets the private half of an X25519 pair in a cookie, the
database only the public half, and what is written to disk is sealed to it: neither the disk nor
the database nor both together give the codes away.

Format: 1 byte version, 32 bytes ephemeral public key, ChaCha20-Poly1305 of the whole file under
HKDF-SHA-256 of the shared secret, both public keys bound in. The key is used once, so the nonce
is zero.
"""

from __future__ import annotations

import base64

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
_NONCE = bytes(12)


class CannotOpen(Exception):
    """The key is another browser's, or the file was changed."""


def new_pair() -> tuple[str, str]:
    """``(private, public)``, each 32 bytes in base 64 without padding."""
    private = X25519PrivateKey.generate()
    return _text(private.private_bytes_raw()), _text(private.public_key().public_bytes_raw())


def seal(content: bytes, public: str) -> bytes:
    receiver = X25519PublicKey.from_public_bytes(_bytes(public))
    once = X25519PrivateKey.generate()
    own = once.public_key().public_bytes_raw()
    key = _key(once.exchange(receiver), own, _bytes(public))
    return VERSION + own + ChaCha20Poly1305(key).encrypt(_NONCE, content, VERSION)


def unseal(sealed: bytes, private: str) -> bytes:
    """Raises :class:`CannotOpen`."""
    try:
        receiver = X25519PrivateKey.from_private_bytes(_bytes(private))
        if sealed[:1] != VERSION:
            raise CannotOpen
        own = sealed[1:33]
        shared = receiver.exchange(X25519PublicKey.from_public_bytes(own))
        key = _key(shared, own, receiver.public_key().public_bytes_raw())
        return ChaCha20Poly1305(key).decrypt(_NONCE, sealed[33:], VERSION)
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def _key(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    info = b"netral slips 1" + sender + receiver
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(shared)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
