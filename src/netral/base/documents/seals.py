"""Signs PDF files as PAdES-B-B (ETSI EN 319 142-1) with a P-256 key.

The signature container (CMS, RFC 5652) is the same for every file but for the digest and the
signature itself, so it is put together once. What a file costs is one hash and one signature.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from netral.base.documents import der

SHA256 = der.value(der.SEQUENCE, der.oid("2.16.840.1.101.3.4.2.1"))
ECDSA_SHA256 = der.value(der.SEQUENCE, der.oid("1.2.840.10045.4.3.2"))
DATA = der.oid("1.2.840.113549.1.7.1")
SIGNED_DATA = der.oid("1.2.840.113549.1.7.2")
CONTENT_TYPE = der.oid("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = der.oid("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2 = der.oid("1.2.840.113549.1.9.16.2.47")
_ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)  # RFC 6979
LONGEST_SIGNATURE = 72
"""Octets of an ECDSA signature with P-256 in DER, at most."""


class Seal:
    """A key with its certificate; ``container(digest)`` is the signature of a file."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
        if certificate.public_key() != key.public_key():
            raise ValueError("the certificate belongs to another key")
        if not isinstance(key.curve, ec.SECP256R1):
            raise ValueError("the key must be on the curve P-256")
        self._key = key
        self.certificate = certificate
        encoded = certificate.public_bytes(serialization.Encoding.DER)
        self._certificates = der.value(0xA0, encoded)
        self._signer = der.integer(1) + _issuer_and_serial(certificate) + SHA256
        self._attributes = (
            _attribute(CONTENT_TYPE, DATA),
            _attribute(SIGNING_CERTIFICATE_V2, _signing_certificate(encoded)),
        )
        self.room = len(self.container(b"\0" * 32)) + LONGEST_SIGNATURE
        """Octets that the longest container of this seal takes."""

    def container(self, digest: bytes) -> bytes:
        """The detached CMS signature over content with this SHA-256 digest (32 octets)."""
        attributes = b"".join(
            sorted([*self._attributes, _attribute(MESSAGE_DIGEST, der.value(der.OCTETS, digest))])
        )
        # Signed as a SET, carried as [0]: RFC 5652, 5.4.
        signature = self._key.sign(der.value(der.SET, attributes), _ALGORITHM)
        signer = der.value(
            der.SEQUENCE,
            self._signer,
            der.value(0xA0, attributes),
            ECDSA_SHA256,
            der.value(der.OCTETS, signature),
        )
        signed = der.value(
            der.SEQUENCE,
            der.integer(1),
            der.value(der.SET, SHA256),
            der.value(der.SEQUENCE, DATA),
            self._certificates,
            der.value(der.SET, signer),
        )
        return der.value(der.SEQUENCE, SIGNED_DATA, der.value(0xA0, signed))


def _attribute(kind: bytes, content: bytes) -> bytes:
    return der.value(der.SEQUENCE, kind, der.value(der.SET, content))


def _signing_certificate(encoded: bytes) -> bytes:
    """Binds the signature to this very certificate (RFC 5035); SHA-256 is the default there."""
    fingerprint = der.value(der.OCTETS, hashlib.sha256(encoded).digest())
    return der.value(der.SEQUENCE, der.value(der.SEQUENCE, der.value(der.SEQUENCE, fingerprint)))


def _issuer_and_serial(certificate: x509.Certificate) -> bytes:
    return der.value(
        der.SEQUENCE, certificate.issuer.public_bytes(), der.integer(certificate.serial_number)
    )


# --- the key on disk ------------------------------------------------------------------------------

YEARS_VALID = 10


def load(file: Path) -> Seal:
    """The seal in a PEM file that holds the key and its certificate. OSError, ValueError."""
    pem = file.read_bytes()
    key = serialization.load_pem_private_key(pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"{file} must hold a P-256 key")
    return Seal(key, x509.load_pem_x509_certificate(pem))


def create(file: Path, *, name: str, now: datetime) -> Seal:
    """A new key with a certificate that it signs itself, written so that only we can read it.

    Whoever starts first wins: a file that is there already is loaded, never replaced.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ) + _self_signed(key, name, now).public_bytes(serialization.Encoding.PEM)
    fresh = file.with_name(f".{file.name}.{x509.random_serial_number():x}")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh.touch(mode=0o600)
    fresh.write_bytes(pem)
    try:
        file.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return load(file)


def _self_signed(key: ec.EllipticCurvePrivateKey, name: str, now: datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:64])])
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    start = now.astimezone(UTC) - timedelta(minutes=5)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=365 * YEARS_VALID))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
