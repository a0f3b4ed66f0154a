"""The voucher in the form of the sign page: which passkey may sign with which ticket.

It stands beside the ticket (:mod:`rules.tickets`), one for each passkey of the person, and spares
the desk a look at the accounts: a MAC of the server's says that this public key is theirs. It fits
one ticket, so one person, ceremony and wording. A passkey removed after the page was opened still
signs with that page, as long as the ticket is good: what was pressed before must not be lost.

    MAC (16) | {"algorithm", "credential", "key", "origin", "wording"} as canonical JSON

in base64url. The MAC is HMAC-SHA-256 over word, ticket and JSON, its first half.
"""

from __future__ import annotations

import hmac
import json
from hashlib import sha256
from typing import NamedTuple

from netral.tlog.assertions import read_octets, write_octets

_MAC_SIZE = 16
_WORD = b"netral.pledges.voucher/1\n"


class Voucher(NamedTuple):
    algorithm: int
    credential: bytes
    key: bytes
    origin: str
    """Of the sign page, such as ``https://ikrar.go.id``: nowhere else may the phone be asked."""
    wording: str
    """The whole digest; the ticket carries its first half."""


def issue(voucher: Voucher, *, ticket: str, key: bytes) -> str:
    content = json.dumps(
        {
            "algorithm": voucher.algorithm,
            "credential": write_octets(voucher.credential),
            "key": write_octets(voucher.key),
            "origin": voucher.origin,
            "wording": voucher.wording,
        },
        separators=(",", ":"),
    ).encode()
    return write_octets(_mac(content, ticket, key) + content)


def read(text: str, *, ticket: str, key: bytes) -> Voucher | None:
    """The voucher; None when it is not ours, was altered, or was given with another ticket."""
    try:
        octets = read_octets(text)
    except ValueError:
        return None
    mac, content = octets[:_MAC_SIZE], octets[_MAC_SIZE:]
    if not hmac.compare_digest(mac, _mac(content, ticket, key)):
        return None
    values = json.loads(content)
    return Voucher(
        values["algorithm"], read_octets(values["credential"]), read_octets(values["key"]),
        values["origin"], values["wording"],
    )  # fmt: skip


def nonce_of(ticket: str) -> str:
    """What ties an assertion to one ticket, and lets nobody make the ticket from a proof file."""
    return sha256(ticket.encode()).hexdigest()[:32]


def _mac(content: bytes, ticket: str, key: bytes) -> bytes:
    return hmac.digest(key, _WORD + ticket.encode() + b"\n" + content, sha256)[:_MAC_SIZE]
