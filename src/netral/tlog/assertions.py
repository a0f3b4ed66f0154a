"""A signature by somebody's passkey inside an entry, and its check by anybody, years later.

The phone signs, with a key that never leaves it, the SHA-256 of a text that says what is signed,
by whom, where and when (:func:`statement`). Ceremony, person and wording in it are those of the
entry itself, so an assertion proves just that entry, offline, and fits no other. It stands in the
entry as a hidden value: the log commits to it under a salt, and only its person's proof file
shows it.

Source: W3C Web Authentication Level 2, sections 5.8.1 (client data), 6.1 (authenticator data) and
7.2 (verifying an assertion); RFC 9053 and RFC 8812 for the numbers of the algorithms.
"""

from __future__ import annotations

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from json.encoder import encode_basestring_ascii as _quoted
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_public_key

DOMAIN = "netral.pledge/1"
NAME = "assertion"
"""Of the hidden value in an entry."""
USER_PRESENT, USER_VERIFIED = 0x01, 0x04
SHORTEST_DATA = 37
"""Octets of authenticator data: 32 for the site, one of flags, four of a counter."""
RSA_BITS = range(2048, 4097)
SIGNED_FACTS = ("ceremony", "person", "wording")


class NotAsserted(ValueError):
    """The passkey did not sign this; the message names the first reason found."""


class Assertion(NamedTuple):
    """What the phone made, with what it takes to check it. Octets but where it says otherwise."""

    algorithm: int
    """Its number in the COSE registry, such as -7 for ECDSA on P-256 with SHA-256."""
    key: bytes
    """The public key as SubjectPublicKeyInfo, DER."""
    credential: bytes
    """The id under which the phone knows the key."""
    site: str
    """The host name to which the key is bound (relying party id)."""
    nonce: str
    pressed: int
    """When, by the phone's clock: milliseconds since 1970."""
    authenticator_data: bytes
    client_data: bytes
    signature: bytes

    def encode(self) -> str:
        """One line of canonical JSON in ASCII, octets as base64url.

        Written out: an encoder that sorts takes three times as long, for each of a hall.
        """
        return (
            f'{{"algorithm":{self.algorithm}'
            f',"authenticator_data":"{write_octets(self.authenticator_data)}"'
            f',"client_data":"{write_octets(self.client_data)}"'
            f',"credential":"{write_octets(self.credential)}"'
            f',"key":"{write_octets(self.key)}"'
            f',"nonce":{_quoted(self.nonce)},"pressed":{self.pressed}'
            f',"signature":"{write_octets(self.signature)}","site":{_quoted(self.site)}}}'
        )

    @classmethod
    def parse(cls, text: str) -> Assertion:
        """Raises NotAsserted unless ``text`` is what :meth:`encode` writes."""
        try:
            values = json.loads(text)
            if any(type(values[name]) is not kind for name, kind in _PLAIN.items()):
                raise ValueError
            found = cls(**{**values, **{name: read_octets(values[name]) for name in _OCTETS}})
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise NotAsserted("the passkey's part is malformed") from None
        if found.encode() != text or found.pressed not in _TIMES:
            raise NotAsserted("the passkey's part is malformed")
        return found


_TIMES = range(10**14)
"""Milliseconds that a calendar knows: some three thousand years."""
_PLAIN = {"algorithm": int, "nonce": str, "pressed": int, "site": str}
_OCTETS = ("authenticator_data", "client_data", "credential", "key", "signature")


def read_octets(text: str) -> bytes:
    """Base64url without padding. Raises ValueError."""
    plain = text.encode("ascii").translate(_FROM_URL)
    return a2b_base64(plain + b"=" * (-len(plain) % 4))


def write_octets(octets: bytes) -> str:
    return b2a_base64(octets, newline=False).rstrip(b"=").translate(_TO_URL).decode()


_FROM_URL, _TO_URL = bytes.maketrans(b"-_", b"+/"), bytes.maketrans(b"+/", b"-_")


@lru_cache(maxsize=64)  # a hall signs on one page
def host_of(origin: str) -> str:
    """The host name in an address, empty when it has none. Raises ValueError."""
    return urlsplit(origin).hostname or ""


def statement(facts: Mapping[str, Any], *, nonce: str, pressed: int, site: str) -> bytes:
    """What is signed, always in the same octets: canonical JSON in ASCII.

    ``facts`` hold the keys of ceremony and person with dashes and the whole digest of the wording,
    as the entry does; more than these are left out.
    """
    ceremony, person, wording = (json.dumps(facts.get(name)) for name in SIGNED_FACTS)
    return (
        f'{{"ceremony":{ceremony},"domain":"{DOMAIN}","nonce":{_quoted(nonce)},"person":{person}'
        f',"pressed":{pressed},"site":{_quoted(site)},"wording":{wording}}}'
    ).encode("ascii")


def check(assertion: Assertion, facts: Mapping[str, Any]) -> str:
    """The address of the page where the passkey signed ``facts``, such as ``https://ikrar.go.id``.

    Raises NotAsserted unless the key signed just this, for this site, after the phone had made
    sure of its owner by fingerprint, face or PIN.
    """
    said = statement(facts, nonce=assertion.nonce, pressed=assertion.pressed, site=assertion.site)
    origin = _check_client_data(assertion, said)
    data = assertion.authenticator_data
    if len(data) < SHORTEST_DATA or data[:32] != sha256(assertion.site.encode()).digest():
        raise NotAsserted("it was made for another site")
    if not data[32] & USER_PRESENT:
        raise NotAsserted("nobody touched the phone")
    if not data[32] & USER_VERIFIED:
        raise NotAsserted("the phone did not ask who it was")
    _check_signature(assertion)
    return origin


def _check_client_data(assertion: Assertion, said: bytes) -> str:
    try:
        facts = json.loads(assertion.client_data)
        kind, challenge, origin = facts["type"], facts["challenge"], facts["origin"]
        host = host_of(origin)
        is_framed = bool(facts.get("crossOrigin"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise NotAsserted("the browser's part cannot be read") from None
    if kind != "webauthn.get":
        raise NotAsserted("it was made for another purpose")
    if challenge != write_octets(sha256(said).digest()):
        raise NotAsserted("what was signed is something else")
    if is_framed or not f".{host}".endswith(f".{assertion.site}"):
        raise NotAsserted("another site asked for it")
    return str(origin)


def _check_signature(assertion: Assertion) -> None:
    verify = _VERIFIERS.get(assertion.algorithm)
    if verify is None:
        raise NotAsserted("the key is of a kind that cannot be checked here")
    signed = assertion.authenticator_data + sha256(assertion.client_data).digest()
    try:
        verify(load_der_public_key(assertion.key), assertion.signature, signed)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise NotAsserted("the key cannot be read") from None
    except InvalidSignature:
        raise NotAsserted("the key did not sign this") from None


Verifier = Callable[[Any, bytes, bytes], None]


def _ecdsa(curve: type[ec.EllipticCurve], digest: HashAlgorithm) -> Verifier:
    scheme = ec.ECDSA(digest)

    def verify(key: Any, signature: bytes, signed: bytes) -> None:
        _must_be(isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, curve))
        key.verify(signature, signed, scheme)

    return verify


def _rsa(scheme: padding.AsymmetricPadding) -> Verifier:
    def verify(key: Any, signature: bytes, signed: bytes) -> None:
        _must_be(isinstance(key, rsa.RSAPublicKey) and key.key_size in RSA_BITS)
        key.verify(signature, signed, scheme, SHA256())

    return verify


def _ed25519(key: Any, signature: bytes, signed: bytes) -> None:
    _must_be(isinstance(key, ed25519.Ed25519PublicKey))
    key.verify(signature, signed)


def _must_be(fits: bool) -> None:
    if not fits:
        raise ValueError("the key is none for this algorithm")


_VERIFIERS: Mapping[int, Verifier] = {
    -7: _ecdsa(ec.SECP256R1, SHA256()),
    -8: _ed25519,
    -35: _ecdsa(ec.SECP384R1, SHA384()),
    -36: _ecdsa(ec.SECP521R1, SHA512()),
    -37: _rsa(padding.PSS(padding.MGF1(SHA256()), padding.PSS.DIGEST_LENGTH)),
    -257: _rsa(padding.PKCS1v15()),
}
ALGORITHMS = frozenset(_VERIFIERS)
"""The kinds of keys that can be checked here."""
