"""The ticket in the form of the sign page: who may sign what, vouched for by the server itself.

It takes the place of session, account and form token on the one path that a whole hall walks at
once. It was given to a signed-in person on their own page, so whoever sends it back is that
person, as far as a session shows it; another site cannot know it. It can be spent once, because a
person signs a ceremony once.

    version (1) ceremony (16) person (16) issued, seconds since 1970 (4) wording (16) | MAC (16)

in base64url. ``wording`` is the first half of the digest of the words on the page; the MAC is
HMAC-SHA-256, its first half.
"""

from __future__ import annotations

import hmac
import struct
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from netral.pledges.rules import arrivals
from netral.tlog.assertions import read_octets, write_octets

VERSION = 1
LASTS = timedelta(hours=12)
"""From the page to the press of the button."""
ARRIVES_WITHIN = LASTS + arrivals.ARRIVES_WITHIN
"""From the page to the desk: a phone without a network may keep the press."""
WORDING_DIGITS = 32
"""Hexadecimal digits of the digest that a ticket carries."""
_FIELDS = struct.Struct(">B16s16sI16s")
_MAC_SIZE = 16
LENGTH = -(-(_FIELDS.size + _MAC_SIZE) * 4 // 3)
"""Characters of a ticket."""


class Ticket(NamedTuple):
    ceremony: str
    """Key as 32 hexadecimal digits."""
    person: str
    issued: datetime
    """To the second, never later than it was."""
    wording: str

    def was_good_at(self, moment: datetime) -> bool:
        """Whether the button could be pressed with it then."""
        return moment - self.issued <= LASTS


def issue(*, ceremony: UUID, person: UUID, digest: str, now: datetime, key: bytes) -> str:
    """A ticket for ``person`` to sign the wording with this ``digest`` in ``ceremony``."""
    fields = _FIELDS.pack(
        VERSION,
        ceremony.bytes,
        person.bytes,
        int(now.timestamp()),
        bytes.fromhex(digest[:WORDING_DIGITS]),
    )
    return write_octets(fields + _mac(fields, key))


def read(text: str, *, now: datetime, key: bytes) -> Ticket | None:
    """The ticket, or None when it is not ours, was altered, or is older than
    ``ARRIVES_WITHIN``; whether it was pressed in time is :meth:`Ticket.was_good_at`."""
    if len(text) != LENGTH or not text.isascii():
        return None
    try:
        octets = read_octets(text)
    except ValueError:
        return None
    fields, mac = octets[: _FIELDS.size], octets[_FIELDS.size :]
    if not hmac.compare_digest(mac, _mac(fields, key)):
        return None
    version, ceremony, person, issued, wording = _FIELDS.unpack(fields)
    given_at = datetime.fromtimestamp(issued, tz=UTC)
    if version != VERSION or now - given_at > ARRIVES_WITHIN:
        return None
    return Ticket(ceremony.hex(), person.hex(), given_at, wording.hex())


def _mac(fields: bytes, key: bytes) -> bytes:
    return hmac.digest(key, fields, sha256)[:_MAC_SIZE]
