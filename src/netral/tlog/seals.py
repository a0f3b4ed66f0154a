"""Whether the PDF of a receipt is still as it was sealed: PAdES, one P-256 signature over it all.

The proof inside a PDF says nothing of the pages around it. What is checked here: everything but the
gap that holds the seal has the digest that was sealed, and the seal holds under the key of the
certificate in it. Whose certificate that is has to be compared elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from netral.tlog.proofs import ProofError

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_SET, _VERSION = b"\x31", 0xA0


class _Value(NamedTuple):
    """One value of DER (ITU-T X.690)."""

    tag: int
    content: bytes
    whole: bytes


def check_seal(pdf: bytes) -> None:
    """Raises ProofError when the file was changed after it was sealed, or never was."""
    ranges = _RANGE.findall(pdf)
    if not ranges:
        raise ProofError("this PDF carries no seal: download the receipt again, or its proof file")
    try:
        whole = len(ranges) == 1 and _holds(pdf, *map(int, ranges[0]))
    except (ValueError, LookupError, UnsupportedAlgorithm, InvalidSignature):
        whole = False
    if not whole:
        raise ProofError(
            "this PDF was changed after it was sealed: what its pages say is not to be believed"
        )


def _holds(pdf: bytes, start: int, before: int, after: int, rest: int) -> bool:
    if start or not before < after or after + rest != len(pdf):
        return False
    digits = pdf[before:after]
    if not (digits.startswith(b"<") and digits.endswith(b">")):
        return False
    wrapped = _values(_first(bytes.fromhex(digits[1:-1].decode("ascii"))).content)[1]
    _v, _algorithms, _content, certificates, signers = _values(_first(wrapped.content).content)
    _v, _who, _algorithm, attributes, _kind, signature = _values(_first(signers.content).content)
    stated = dict(_pairs(attributes))
    if _first(stated[_MESSAGE_DIGEST]).content != sha256(pdf[:before] + pdf[after:]).digest():
        return False
    key = load_der_public_key(_public_key_of(_first(certificates.content)))
    if not isinstance(key, EllipticCurvePublicKey):
        return False
    # Signed as a SET, carried as [0]: RFC 5652, 5.4.
    key.verify(signature.content, _SET + attributes.whole[1:], ECDSA(SHA256()))
    return True


def _pairs(attributes: _Value) -> Iterator[tuple[bytes, bytes]]:
    for one in _values(attributes.content):
        name, values = _values(one.content)
        yield name.content, values.content


def _public_key_of(certificate: _Value) -> bytes:
    """The SubjectPublicKeyInfo of an X.509 certificate, whole."""
    fields = _values(_first(certificate.content).content)
    return fields[6 if fields[0].tag == _VERSION else 5].whole


def _values(octets: bytes) -> list[_Value]:
    found: list[_Value] = []
    while octets:
        one = _first(octets)
        found.append(one)
        octets = octets[len(one.whole) :]
    return found


def _first(octets: bytes) -> _Value:
    """The value that ``octets`` begin with. Raises ValueError, IndexError when cut off."""
    length, start = octets[1], 2
    if length > 127:
        start += length - 128
        length = int.from_bytes(octets[2:start], "big")
    end = start + length
    if end > len(octets):
        raise ValueError("cut off")
    return _Value(octets[0], octets[start:end], octets[:end])
