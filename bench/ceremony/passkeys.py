"""A passkey in software: what a phone makes, octet by octet, for tests and the benchmark."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from netral.tlog.assertions import statement, write_octets

PRESENT, VERIFIED = 0x01, 0x04
_CURVES = {-7: ec.SECP256R1(), -35: ec.SECP384R1(), -36: ec.SECP521R1()}
_HASHES = {-7: SHA256(), -35: SHA384(), -36: SHA512()}


class SoftwareKey:
    """A key pair with its id. ``algorithm``: the number in the COSE registry."""

    def __init__(self, algorithm: int = -7) -> None:
        self.algorithm = algorithm
        self.credential = os.urandom(16)
        if algorithm in _CURVES:
            self._private: Any = ec.generate_private_key(_CURVES[algorithm])
        elif algorithm == -8:
            self._private = ed25519.Ed25519PrivateKey.generate()
        else:
            self._private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    @property
    def public(self) -> Any:
        return self._private.public_key()

    @property
    def spki(self) -> bytes:
        return bytes(self.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

    def answer(
        self,
        facts: Mapping[str, Any],
        *,
        pressed: int,
        origin: str,
        flags: int = PRESENT | VERIFIED,
        **changes: Any,
    ) -> dict[str, bytes]:
        """Authenticator data, client data and signature over ``facts`` as the page holds them.

        ``changes`` replace values of the client data.
        """
        said = statement(facts, nonce=facts["nonce"], pressed=pressed, site=facts["site"])
        client = {
            "type": "webauthn.get",
            "challenge": write_octets(sha256(said).digest()),
            "origin": origin,
            "crossOrigin": False,
        }
        client_data = json.dumps(client | changes, separators=(",", ":")).encode()
        data = sha256(facts["site"].encode()).digest() + bytes([flags]) + bytes(4)
        signature = self._sign(data + sha256(client_data).digest())
        return {"authenticator_data": data, "client_data": client_data, "signature": signature}

    def _sign(self, message: bytes) -> bytes:
        if self.algorithm in _CURVES:
            return bytes(self._private.sign(message, ec.ECDSA(_HASHES[self.algorithm])))
        if self.algorithm == -8:
            return bytes(self._private.sign(message))
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if self.algorithm == -37:
            scheme = padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)
        return bytes(self._private.sign(message, scheme, SHA256()))


def form_fields(
    key: SoftwareKey, *, ticket: str, voucher: str, facts: Mapping[str, Any], pressed: int,
    origin: str, **changes: Any,
) -> dict[str, str]:  # fmt: skip
    """What the sign page sends for one press; ``changes`` as in :meth:`SoftwareKey.answer`."""
    made = key.answer(facts, pressed=pressed, origin=origin, **changes)
    return {
        "tiket": ticket,
        "saat": str(pressed),
        "kunci": voucher,
        "data": write_octets(made["authenticator_data"]),
        "klien": write_octets(made["client_data"]),
        "tanda": write_octets(made["signature"]),
    }
