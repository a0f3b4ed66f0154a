"""A PDF set once by typst whose named places are filled per person, in microseconds.

Setting a page takes typst some ten milliseconds, nearly all of it the same for everybody in a
ceremony. So the page is set once with marks (``@@name@@``) where the person's own words go and a
square where the code goes. ``Master`` cuts the file at these places. Filling is then joining
octets: everything that is the same stands first, is hashed once, and is followed by the page's
content, the proof, the signature and the table of objects.

The structure for screen readers, the fonts and the position of everything remain typst's. Glyphs
for what a name may hold are brought by a last page with the alphabet, which is taken out again.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from netral.base.documents.frames import CONTENT_HERE, Frame
from netral.base.documents.seals import Seal
from netral.base.documents.typeset import Blank, Font

ALPHABET = "".join(
    chr(point) for point in [*range(0x20, 0x7F), *range(0xA1, 0x180), 0x2013, 0x2019, 0x2026]
)
"""What the last page has to hold in each font that blanks use: Latin letters of all Europe."""

_MARK = re.compile(r"@@(\w+)@@\Z")
CODE = "code"
"""The name of the square that takes the QR code."""


def mark(name: str) -> str:
    """What stands in the page where ``name`` will be filled in, alone in its run of text."""
    return f"@@{name}@@"


class Master:
    """A form to fill. ``rooms``: points that each blank has, for those that must not be longer.

    ``code_alt`` is the alternative text of the square that stands for the code; ``proof_name``
    the name of the file attached to each document, if one is.
    ValueError if a blank or the square is not found in the page.
    """

    def __init__(
        self,
        pdf: bytes,
        *,
        rooms: Mapping[str, float],
        code_alt: str,
        proof_name: str = "",
    ) -> None:
        document = pikepdf.open(io.BytesIO(pdf))
        del document.pages[-1]  # the alphabet
        page = document.pages[0]
        self.blanks: dict[str, Blank] = {}
        self._content = _Cutter(page, rooms, code_alt).cut(self.blanks)
        missing = set(rooms) - set(self.blanks)
        if missing or CODE not in self._content:
            raise ValueError(f"the page has no place for {sorted(missing) or CODE}")
        page.obj.Contents = document.make_stream(CONTENT_HERE)
        self._frame = Frame(document, proof_name)

    def fill(
        self,
        values: Mapping[str, str],
        *,
        code: bytes,
        seal: Seal,
        at: datetime,
        proof: bytes = b"",
    ) -> bytes:
        """The sealed file. ``code`` is a path of rectangles; NotInFont for a missing glyph."""
        shown = {name: blank.shown(values[name]) for name, blank in self.blanks.items()}
        shown[CODE] = code + b"f"
        content = b"".join(
            piece if isinstance(piece, bytes) else shown[piece] for piece in self._content
        )
        return self._frame.sealed(seal, at, content=content, proof=proof)


class _Cutter:
    """Walks the operators of a page and cuts its content at the marks and the square."""

    def __init__(self, page: pikepdf.Page, rooms: Mapping[str, float], code_alt: str) -> None:
        self._operations = pikepdf.parse_content_stream(page)
        self._fonts = {
            str(name): Font.of(resource) for name, resource in page.Resources.Font.items()
        }
        self._rooms = rooms
        self._code_alt = code_alt
        self._font: tuple[Font, float] | None = None
        self._in_square = self._in_modules = False

    def cut(self, blanks: dict[str, Blank]) -> list[bytes | str]:
        """Octets that stay, between them the names of what is filled in."""
        pieces: list[bytes | str] = []
        kept: list[Any] = []
        for instruction in self._operations:
            name = self._name_of_place(instruction, blanks)
            if name is None:
                kept.append(instruction)
            elif name:
                pieces += [pikepdf.unparse_content_stream(kept) + b"\n", name]
                kept = []
        pieces.append(b"\n" + pikepdf.unparse_content_stream(kept))
        return [
            b"\n" + piece if isinstance(piece, bytes) and number else piece
            for number, piece in enumerate(pieces)
        ]

    def _name_of_place(self, instruction: Any, blanks: dict[str, Blank]) -> str | None:
        """The name to fill in instead of this operation, "" to leave it out, None to keep it."""
        operator = str(instruction.operator)
        if operator == "BDC":
            tagged = instruction.operands[1]
            is_dictionary = isinstance(tagged, Dictionary)
            self._in_square = is_dictionary and str(tagged.get("/Alt", "")) == self._code_alt
        elif operator == "EMC":
            self._in_square = self._in_modules = False
        elif operator == "Tf":
            self._font = (self._fonts[str(instruction.operands[0])], float(instruction.operands[1]))
        elif operator in ("TJ", "Tj"):
            return self._blank(instruction.operands[0], blanks)
        return self._in_place_of_square(operator) if self._in_square else None

    def _in_place_of_square(self, operator: str) -> str | None:
        """In the square's own coordinates, a unit per module, its outline gives way to the code.

        Before these coordinates are set stands the clipping path around the picture.
        """
        self._in_modules = self._in_modules or operator == "cm"
        if not self._in_modules:
            return None
        return {"m": "", "l": "", "h": "", "f": CODE}.get(operator)

    def _blank(self, operand: Any, blanks: dict[str, Blank]) -> str | None:
        assert self._font is not None
        font, size = self._font
        parts = list(operand) if isinstance(operand, Array) else [operand]
        strings = [bytes(part) for part in parts if isinstance(part, pikepdf.String)]
        gaps = [float(part) for part in parts if not isinstance(part, pikepdf.String)]
        found = _MARK.match(font.decode(b"".join(strings)))
        if not found:
            return None
        name = found[1]
        tracking = gaps[0] if gaps and len(strings) > 3 and len(set(gaps)) == 1 else 0.0
        blanks[name] = Blank(font, size, tracking, self._rooms.get(name, float("inf")))
        return name
