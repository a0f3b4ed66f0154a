"""The little of DER (ITU-T X.690) that a signature needs: tag, length, content."""

from __future__ import annotations

SEQUENCE = 0x30
SET = 0x31
INTEGER = 0x02
OCTETS = 0x04
NULL = b"\x05\x00"


def value(tag: int, *contents: bytes) -> bytes:
    """One value of ``tag`` around ``contents``."""
    content = b"".join(contents)
    return bytes([tag]) + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def integer(number: int) -> bytes:
    return value(INTEGER, number.to_bytes(number.bit_length() // 8 + 1, "big", signed=True))


def oid(dotted: str) -> bytes:
    first, second, *others = (int(part) for part in dotted.split("."))
    octets = bytearray()
    for arc in (40 * first + second, *others):
        sevens = [arc & 0x7F]
        while arc := arc >> 7:
            sevens.append(arc & 0x7F | 0x80)
        octets += bytes(reversed(sevens))
    return value(0x06, bytes(octets))
