"""Signed notes and their keys: C2SP signed-note, with Ed25519 (RFC 8032).

A key has a name (the log's origin, an office) and a four-byte id; a note may carry the
signatures of several keys, and those of keys one does not know are passed over.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

ED25519 = 0x01
COSIGNATURE = 0x04
MOST_SIGNATURES = 64
_DASH = "\u2014"
_PRIVATE = "PRIVATE+KEY+"


class NoteError(Exception):
    """A note or a key is malformed, or a signature does not hold."""


class UnknownKey(NoteError):
    """Nobody who is known has signed. After a change of keys that is no sign of tampering."""


@dataclass(frozen=True)
class VerifierKey:
    """A public key under a name. Text form: ``name+1a2b3c4d+base64(kind || key)``."""

    name: str
    public: bytes
    kind: int = ED25519

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def __str__(self) -> str:
        material = b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Reads the text form. Raises NoteError when it is malformed or its id is wrong."""
        name, identifier, material = _split_key(text)
        key = cls(name, material[1:], material[0])
        if key.id != identifier or key.kind not in {ED25519, COSIGNATURE}:
            raise NoteError(f"the key of {name} does not match its id")
        return key

    def check(self, message: bytes, signature: bytes) -> None:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError) as problem:
            raise NoteError(f"the signature of {self.name} does not hold") from problem


@dataclass(frozen=True)
class SignerKey:
    """A private key under a name. Text form: ``PRIVATE+KEY+name+1a2b3c4d+base64(kind || seed)``."""

    name: str
    seed: bytes
    kind: int = ED25519

    @classmethod
    def generate(cls, name: str, kind: int = ED25519) -> SignerKey:
        check_key_name(name)
        raw = Ed25519PrivateKey.generate().private_bytes(
            Encoding.Raw, PrivateFormat.Raw, NoEncryption()
        )
        return cls(name, raw, kind)

    @classmethod
    def parse(cls, text: str) -> SignerKey:
        if not text.startswith(_PRIVATE):
            raise NoteError("this is not a private key of a log or a witness")
        name, identifier, material = _split_key(text.removeprefix(_PRIVATE))
        key = cls(name, material[1:], material[0])
        if key.verifier.id != identifier:
            raise NoteError(f"the private key of {name} does not match its id")
        return key

    @property
    def verifier(self) -> VerifierKey:
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return VerifierKey(self.name, raw, self.kind)

    def sign(self, message: bytes) -> bytes:
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(message)

    def __str__(self) -> str:
        material = b64encode(bytes([self.kind]) + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{material}"

    def __repr__(self) -> str:
        """Never shows the seed: a key that is printed by mistake stays secret."""
        return f"SignerKey({self.name!r})"


def check_key_name(name: str) -> None:
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise NoteError(f"a key name has no spaces and no plus sign: {name!r}")


def _split_key(text: str) -> tuple[str, bytes, bytes]:
    name, _, rest = text.strip().partition("+")
    identifier, _, material = rest.partition("+")
    check_key_name(name)
    try:
        raw = b64decode(material, validate=True)
        key_id = bytes.fromhex(identifier)
    except (binascii.Error, ValueError) as problem:
        raise NoteError(f"the key of {name} is malformed") from problem
    if len(key_id) != 4 or len(raw) != 33:
        raise NoteError(f"the key of {name} has the wrong length")
    return name, key_id, raw


@dataclass(frozen=True)
class SignatureLine:
    """One line under a note: who signed, and the bytes behind the key id."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{_DASH} {self.name} {b64encode(self.key_id + self.signature).decode()}\n"

    @classmethod
    def parse(cls, line: str) -> SignatureLine:
        parts = line.split(" ")
        try:
            dash, name, material = parts
            raw = b64decode(material, validate=True)
        except (ValueError, binascii.Error) as problem:
            raise NoteError("a signature line is malformed") from problem
        if dash != _DASH or len(raw) < 5:
            raise NoteError("a signature line is malformed")
        check_key_name(name)
        return cls(name, raw[:4], raw[4:])

    def is_by(self, key: VerifierKey) -> bool:
        return self.name == key.name and self.key_id == key.id


@dataclass(frozen=True)
class Note:
    """A text and the signatures under it. ``text`` ends with a newline."""

    text: str
    signatures: tuple[SignatureLine, ...] = ()

    def __str__(self) -> str:
        return self.text + "\n" + "".join(map(str, self.signatures))

    @classmethod
    def parse(cls, note: str) -> Note:
        """Splits at the last empty line. Raises NoteError when malformed."""
        if any(ord(letter) < 0x20 and letter != "\n" for letter in note):
            raise NoteError("a note contains control characters")
        text, separator, signatures = note.rpartition("\n\n")
        if not separator or not signatures.endswith("\n"):
            raise NoteError("this is not a signed note")
        lines = signatures.removesuffix("\n").split("\n")
        if len(lines) > MOST_SIGNATURES:
            raise NoteError(f"a note with more than {MOST_SIGNATURES} signatures is refused")
        return cls(text + "\n", tuple(SignatureLine.parse(line) for line in lines))

    def signed_by(self, key: SignerKey) -> Note:
        """The note with one more plain Ed25519 signature."""
        signature = key.sign(self.text.encode())
        line = SignatureLine(key.name, key.verifier.id, signature)
        return Note(self.text, (*self.signatures, line))

    def check(self, keys: Iterable[VerifierKey]) -> list[VerifierKey]:
        """The keys of ``keys`` that signed. Raises UnknownKey when none did, NoteError for one
        that signed falsely."""
        found = [
            (key, line)
            for key in keys
            if key.kind == ED25519
            for line in self.signatures
            if line.is_by(key)
        ]
        for key, line in found:
            key.check(self.text.encode(), line.signature)
        if not found:
            raise UnknownKey("no known key has signed this")
        return [key for key, _ in found]
