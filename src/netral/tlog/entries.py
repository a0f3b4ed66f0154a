"""What one entry of the log says, byte for byte, and what it hides.

An entry is four lines of ASCII (``docs/log.md`` shows an example)::

    netral-log-entry/v1
    pledge
    2026-11-22T11Z
    base64(commitment)

The commitment is salted, so that an entry tells nobody whom it is about, and whoever destroys the
salt has made it say nothing for ever, without touching the tree. From the one 32-byte salt two
kinds of values follow: what may be shown to the public to open the commitment, and masks for
single values inside (a person's key) that stay hidden even then.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json.encoder import encode_basestring as _quoted
from types import MappingProxyType
from typing import NamedTuple

from netral.tlog.hashing import HASH_SIZE, leaf_hash
from netral.tlog.proofs import ProofError

FIRST_LINE = "netral-log-entry/v1"
SALT_SIZE = 32
KIND = re.compile(r"[a-z][a-z-]{0,23}")
HOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}Z")
Payload = Mapping[str, str | int | None]


class Content(NamedTuple):
    """What is committed to: ``payload`` in clear text to whoever may open it; the values of
    ``hidden`` only as masks, which join the payload under their names."""

    payload: Payload
    hidden: Mapping[str, str] = MappingProxyType({})


def canonical(payload: Payload) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8, no escapes but the needed: equal means equal.

    Put together here, value by value: the encoder of the standard library writes the same and sets
    itself up anew each time, which is as long as the rest of an entry takes.
    """
    members = [f"{_quoted(name)}:{_written(value)}" for name, value in sorted(payload.items())]
    return f"{{{','.join(members)}}}".encode()


def _written(value: str | int | None) -> str:
    """Raises TypeError for anything else, which no payload holds."""
    if isinstance(value, str):
        return _quoted(value)
    if value is not None and not isinstance(value, int):
        raise TypeError(f"a payload holds texts, whole numbers and nothing, not {value!r}")
    return json.dumps(value)


def opening_salt(salt: bytes) -> bytes:
    """Opens the commitment, and tells nothing of ``salt`` or of the masks."""
    return sha256(b"netral-log-salt/v1\nopening\n" + salt).digest()


def mask_salt(salt: bytes, name: str) -> bytes:
    """Opens the mask of the hidden value called ``name``."""
    return sha256(b"netral-log-salt/v1\nhidden " + name.encode() + b"\n" + salt).digest()


def mask(salt: bytes, value: str) -> str:
    """A hidden value as it stands in the payload; ``salt`` comes from :func:`mask_salt`."""
    return sha256(b"netral-log-hidden/v1\n" + salt + value.encode()).hexdigest()


def masked(content: Content, salt: bytes) -> dict[str, str | int | None]:
    """The payload with the masks of what is hidden. ``salt``: the entry's own."""
    shown = dict(content.payload)
    for name, value in content.hidden.items():
        shown[name] = mask(mask_salt(salt, name), value)
    return shown


def commitment(kind: str, salt: bytes, payload: bytes) -> bytes:
    """Binds ``payload`` and hides it; ``salt`` comes from :func:`opening_salt`.

    Unambiguous: a kind has no line break and the salt one length.
    """
    return sha256(b"netral-log-commitment/v1\n" + kind.encode() + b"\n" + salt + payload).digest()


def commit(kind: str, salt: bytes, content: Content) -> bytes:
    """The commitment to ``content`` under the entry's own ``salt``."""
    return commitment(kind, opening_salt(salt), canonical(masked(content, salt)))


@dataclass(frozen=True)
class Entry:
    """One entry: ``kind`` a short word, ``hour`` like ``2026-11-22T11Z``, 32 bytes commitment."""

    kind: str
    hour: str
    commitment: bytes

    def encode(self) -> bytes:
        """About 90 bytes, far below the 65,535 that C2SP tlog-tiles allows."""
        sealed = b64encode(self.commitment).decode()
        return f"{FIRST_LINE}\n{self.kind}\n{self.hour}\n{sealed}\n".encode()

    @property
    def leaf(self) -> bytes:
        """The leaf hash, RFC 6962."""
        return leaf_hash(self.encode())

    @classmethod
    def parse(cls, text: bytes) -> Entry:
        """Raises ProofError unless these are exactly the bytes of an entry of this version."""
        try:
            first, kind, hour, sealed, rest = text.decode("ascii").split("\n")
            entry = cls(kind, hour, b64decode(sealed, validate=True))
        except (ValueError, binascii.Error) as problem:
            raise ProofError("this is not an entry of a Netral log") from problem
        known = first == FIRST_LINE and not rest and len(entry.commitment) == HASH_SIZE
        if not (known and KIND.fullmatch(kind) and HOUR.fullmatch(hour)) or entry.encode() != text:
            raise ProofError("this is not an entry of a Netral log")
        return entry


@dataclass(frozen=True)
class Opened:
    """An entry with what opens it, as a receipt carries it in its ``extra``.

    The entry's four lines, then none, two or more lines::

        salt base64(opening salt)
        payload {canonical JSON}
        hidden NAME base64(mask salt) VALUE
    """

    entry: Entry
    salt: bytes | None = None
    payload: bytes | None = None
    hidden: Mapping[str, tuple[bytes, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Entry, salt: bytes, content: Content, *, show_hidden: bool) -> Opened:
        """``show_hidden``: for the person it is about; others get the masks only."""
        hidden = {
            name: (mask_salt(salt, name), value)
            for name, value in content.hidden.items()
            if show_hidden
        }
        return cls(entry, opening_salt(salt), canonical(masked(content, salt)), hidden)

    def encode(self) -> bytes:
        lines: list[str] = []
        if self.salt is not None and self.payload is not None:
            lines = [f"salt {b64encode(self.salt).decode()}", f"payload {self.payload.decode()}"]
            lines += [
                f"hidden {name} {b64encode(salt).decode()} {value}"
                for name, (salt, value) in sorted(self.hidden.items())
            ]
        return self.entry.encode() + "".join(f"{line}\n" for line in lines).encode()

    @classmethod
    def parse(cls, text: bytes) -> Opened:
        """Raises ProofError when malformed, or when something in it does not open the entry."""
        head = text.split(b"\n", 4)
        entry = Entry.parse(b"\n".join(head[:4]) + b"\n")
        try:
            lines = b"".join(head[4:]).decode().removesuffix("\n").split("\n")
            opened = cls._with_lines(entry, lines) if lines != [""] else cls(entry)
        except (ValueError, binascii.Error) as problem:
            raise ProofError("what should open the entry is malformed") from problem
        opened.check()
        return opened

    @classmethod
    def _with_lines(cls, entry: Entry, lines: list[str]) -> Opened:
        salt, payload, *rest = lines
        if not salt.startswith("salt ") or not payload.startswith("payload "):
            raise ValueError
        hidden: dict[str, tuple[bytes, str]] = {}
        for line in rest:
            word, name, mask_key, value = line.split(" ", 3)
            if word != "hidden" or name in hidden:
                raise ValueError
            hidden[name] = (b64decode(mask_key, validate=True), value)
        opening = b64decode(salt.removeprefix("salt "), validate=True)
        return cls(entry, opening, payload.removeprefix("payload ").encode(), hidden)

    def check(self) -> None:
        """Raises ProofError unless salt and payload are what the entry committed to."""
        if self.salt is None or self.payload is None:
            return
        if len(self.salt) != SALT_SIZE:
            raise ProofError("the salt of the entry has the wrong length")
        if commitment(self.entry.kind, self.salt, self.payload) != self.entry.commitment:
            raise ProofError("the contents are not what this entry committed to")
        values = json.loads(self.payload)
        for name, (salt, value) in self.hidden.items():
            if len(salt) != SALT_SIZE or values.get(name) != mask(salt, value):
                raise ProofError(f"the value of {name} is not what this entry committed to")
