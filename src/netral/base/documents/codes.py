"""QR codes of addresses that differ in a short code only, thousands a second.

A QR symbol of fixed version, level and mask is an affine function of its bits over GF(2): the
error correction is linear, the mask is a constant. So the symbol of an address is the symbol of
a model address with one known pattern flipped for each bit in which the two differ. The model and
the patterns are made once, with segno; every further code is some twenty exclusive-ors.
Any mask may be used: readers take it from the symbol (ISO/IEC 18004 only advises the best one).
"""

from __future__ import annotations

import re

import segno

MASK = 3
MODEL = "A"
BITS_OF_ASCII = 7
_DARK = re.compile("1+")


class CodeFamily:
    """The codes of ``prefix + code + suffix`` for all ASCII codes of one length."""

    def __init__(self, prefix: str, length: int, suffix: str = "") -> None:
        self._parts = (prefix, suffix)
        self.length = length
        self._version: int | None = None
        model = self._drawn(MODEL * length)
        self.size = len(model)
        """Modules along one side."""
        self._model = _as_number(model)
        self._flips = [
            [self._flip(place, bit) for bit in range(BITS_OF_ASCII)] for place in range(length)
        ]

    def _drawn(self, code: str) -> list[str]:
        prefix, suffix = self._parts
        symbol = segno.make(
            (prefix + code + suffix).encode("ascii"),
            error="m",
            mode="byte",
            mask=MASK,
            version=self._version,
            boost_error=False,
            micro=False,
        )
        self._version = int(symbol.version)
        return ["".join(str(module & 1) for module in row) for row in symbol.matrix]

    def _flip(self, place: int, bit: int) -> int:
        code = MODEL * place + chr(ord(MODEL) ^ 1 << bit) + MODEL * (self.length - place - 1)
        return _as_number(self._drawn(code)) ^ self._model

    def rows(self, code: str) -> list[str]:
        """The symbol from the top, "1" for dark. ValueError for another length or non-ASCII."""
        if len(code) != self.length or not code.isascii():
            raise ValueError(f"this family is of codes of {self.length} ASCII characters")
        symbol = self._model
        for letter, flips in zip(code, self._flips, strict=True):
            differs = ord(letter) ^ ord(MODEL)
            for bit, flip in enumerate(flips):
                if differs >> bit & 1:
                    symbol ^= flip
        bits = f"{symbol:0{self.size * self.size}b}"
        return [bits[start : start + self.size] for start in range(0, len(bits), self.size)]

    def path(self, code: str) -> bytes:
        """The dark modules as PDF rectangles, one unit each, from the top left downwards."""
        return b"".join(
            b"%d %d %d 1 re\n" % (start, y, end - start)
            for y, row in enumerate(self.rows(code))
            for start, end in map(re.Match.span, _DARK.finditer(row))
        )


def _as_number(rows: list[str]) -> int:
    return int("".join(rows), 2)
