"""What can be written with the fonts that a PDF of typst carries: glyph codes and widths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_PAIR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})>\r?\n")


class NotInFont(ValueError):
    """A character for which the document carries no glyph; set this document as a whole."""


@dataclass(frozen=True)
class Font:
    """One font resource: two-byte codes per character, widths in thousandths of the size."""

    codes: dict[str, int]
    widths: dict[int, float]

    @classmethod
    def of(cls, resource: Any) -> Font:
        """Reads a composite font as typst writes it: ``/ToUnicode`` and ``/W``."""
        pairs = _PAIR.findall(resource.ToUnicode.read_bytes())
        return cls(
            codes={chr(int(text, 16)): int(code, 16) for code, text in pairs},
            widths=_widths(list(resource.DescendantFonts[0].W)),
        )

    def encode(self, text: str) -> list[int]:
        try:
            return [self.codes[letter] for letter in text]
        except KeyError as missing:
            raise NotInFont(missing.args[0]) from None

    def decode(self, octets: bytes) -> str:
        letters = {code: letter for letter, code in self.codes.items()}
        codes = (int.from_bytes(octets[at : at + 2], "big") for at in range(0, len(octets), 2))
        return "".join(letters.get(code, "\ufffd") for code in codes)

    def width(self, text: str) -> float:
        """In thousandths of the font size."""
        return sum(self.widths.get(code, 0.0) for code in self.encode(text))


def _widths(table: list[Any]) -> dict[int, float]:
    """The array ``/W``: ``first last width`` or ``first [width width …]`` (ISO 32000, 9.7.4.3)."""
    widths: dict[int, float] = {}
    while table:
        first, second = int(table.pop(0)), table.pop(0)
        if isinstance(second, (int, float)) or not hasattr(second, "__len__"):
            width = float(table.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
        else:
            widths |= {first + place: float(width) for place, width in enumerate(second)}
    return widths


@dataclass(frozen=True)
class Blank:
    """A place in the page to be filled: its font, size, tracking, and the room it has."""

    font: Font
    size: float
    tracking: float
    """Extra space after each glyph, in thousandths of the size, as ``TJ`` takes it (negative)."""
    room: float
    """Points; a longer text is narrowed to fit."""

    def lines(self, text: str) -> list[str]:
        """``text`` broken at spaces into lines that fit, each as full as it can be."""
        lines: list[str] = []
        for word in text.split():
            if lines and self._width(f"{lines[-1]} {word}") <= self.room:
                lines[-1] = f"{lines[-1]} {word}"
            else:
                lines.append(word)
        return lines

    def _width(self, text: str) -> float:
        return self.font.width(text) * self.size / 1000

    def shown(self, text: str) -> bytes:
        """The operators that show ``text`` here."""
        codes = self.font.encode(text)
        if self.tracking:
            glyphs = f" {self.tracking} ".join(f"<{code:04X}>" for code in codes)
            return f"[{glyphs}] TJ".encode()
        glyphs = "".join(f"{code:04X}" for code in codes)
        width = self._width(text)
        if width <= self.room:
            return f"<{glyphs}> Tj".encode()
        return f"{100 * self.room / width:.2f} Tz <{glyphs}> Tj 100 Tz".encode()
