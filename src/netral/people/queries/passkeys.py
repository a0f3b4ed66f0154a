"""The passkeys with which an account can sign something: ids and public keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from netral.people.models import Account


@dataclass(frozen=True, slots=True)
class Passkey:
    credential: bytes
    algorithm: int
    """Its number in the COSE registry."""
    key: bytes
    """SubjectPublicKeyInfo, DER."""
    transports: tuple[str, ...]
    """Ways to reach it, as the browser named them when it was made."""


def passkeys_of(account: Account) -> list[Passkey]:
    """Newest first; keys of a kind that is not read here are left out."""
    rows = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    found = (_read(row) for row in rows.order_by("-created_at", "-pk"))
    return [passkey for passkey in found if passkey]


def _read(row: Authenticator) -> Passkey | None:
    data = row.wrap().authenticator_data.credential_data
    key = _spki(data.public_key) if data else None
    if data is None or key is None:
        return None
    named = row.data["credential"].get("response", {}).get("transports") or ()
    transports = tuple(str(each) for each in named)
    return Passkey(bytes(data.credential_id), int(data.public_key[_ALGORITHM]), key, transports)


_KIND, _ALGORITHM, _CURVE, _X, _Y = 1, 3, -1, -2, -3
"""Labels of a COSE key (RFC 9052, section 7); for RSA -1 is the modulus, -2 the exponent."""
_OKP, _EC2, _RSA = 1, 2, 3
_ED25519 = 6
_CURVES: Mapping[int, Callable[[], ec.EllipticCurve]] = {
    1: ec.SECP256R1,
    2: ec.SECP384R1,
    3: ec.SECP521R1,
}


def _spki(cose: Mapping[int, Any]) -> bytes | None:
    kind, curve = cose.get(_KIND), cose.get(_CURVE)
    key: ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey | rsa.RSAPublicKey
    if kind == _EC2 and isinstance(curve, int) and curve in _CURVES:
        x, y = (int.from_bytes(cose[label], "big") for label in (_X, _Y))
        key = ec.EllipticCurvePublicNumbers(x, y, _CURVES[curve]()).public_key()
    elif kind == _OKP and curve == _ED25519:
        key = ed25519.Ed25519PublicKey.from_public_bytes(cose[_X])
    elif kind == _RSA:
        exponent, modulus = (int.from_bytes(cose[label], "big") for label in (_X, _CURVE))
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    else:
        return None
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
