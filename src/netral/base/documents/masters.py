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

import hashlib
import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from netral.base.documents.seals import Seal
from netral.base.documents.typeset import Blank, Font

ALPHABET = "".join(
    chr(point) for point in [*range(0x20, 0x7F), *range(0xA1, 0x180), 0x2013, 0x2019, 0x2026]
)
"""What the last page has to hold in each font that blanks use: Latin letters of all Europe."""

_MARK = re.compile(r"@@(\w+)@@\Z")
CODE = "code"
"""The name of the square that takes the QR code."""
HIDDEN_AND_LOCKED = 2 | 128


def mark(name: str) -> str:
    """What stands in the page where ``name`` will be filled in, alone in its run of text."""
    return f"@@{name}@@"


@dataclass(frozen=True)
class Late:
    """Numbers of the objects that differ from file to file."""

    content: int
    seal: int
    proof: int | None


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
        self._frame = _Frame(document, proof_name)

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
        return self._frame.sealed(content, proof, seal, at)


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


class _Frame:
    """Everything around the page's content: written once, hashed once."""

    def __init__(self, document: pikepdf.Pdf, proof_name: str) -> None:
        saved = _with_places(document, proof_name)
        objects = _objects_of(saved)
        self._late = Late(
            content=_number_of(objects, CONTENT_HERE),
            seal=_number_of(objects, SEAL_HERE),
            proof=_number_of(objects, PROOF_HERE) if proof_name else None,
        )
        late = {self._late.content, self._late.seal, self._late.proof}
        self._start = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = {}
        for number, octets in objects.items():
            if number not in late:
                offsets[number] = len(self._start)
                self._start += octets
        self._hashed = hashlib.sha256(self._start)
        self._size = max(objects) + 1
        self._table = b"".join(
            b"%010d 00000 n \n" % offsets.get(number, 0) if number else b"0000000000 65535 f \n"
            for number in range(self._size)
        )
        trailer = saved[saved.rindex(b"trailer") :]
        self._trailer = b"".join(re.findall(rb"/(?:Info|Root) \d+ 0 R", trailer))
        self._seal_head = (
            b"%d 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
            % (self._late.seal)
        )

    def sealed(self, content: bytes, proof: bytes, seal: Seal, at: datetime) -> bytes:
        """The whole file with its signature."""
        late = bytearray()
        table = bytearray(self._table)

        def begin(number: int) -> None:
            position = b"%010d" % (len(self._start) + len(late))
            table[20 * number : 20 * number + 10] = position

        begin(self._late.content)
        late += _stream(self._late.content, b"", content)
        if self._late.proof is not None:
            begin(self._late.proof)
            kind = b"/Type/EmbeddedFile/Subtype/text#2Fplain/Params<</Size %d>>" % len(proof)
            late += _stream(self._late.proof, kind, proof)
        begin(self._late.seal)
        moment = at.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode()
        late += self._seal_head + b"/M(D:%sZ)/ByteRange[0 " % moment
        # The signature stands in a gap that the digest leaves out: <hex digits>.
        gap = 2 * seal.room + 2
        gap_at = len(self._start) + len(late) + len(_byte_range(0, 0, 0))
        ending = b">>\nendobj\n"
        ending += self._table_and_trailer(table, gap_at + gap + len(ending), late)
        late += _byte_range(gap_at, gap_at + gap, len(ending))
        digest = self._hashed.copy()
        digest.update(late)
        digest.update(ending)
        signature = seal.container(digest.digest()).hex().encode()
        return b"".join([self._start, late, b"<", signature.ljust(gap - 2, b"0"), b">", ending])

    def _table_and_trailer(self, table: bytearray, position: int, late: bytearray) -> bytes:
        identity = hashlib.blake2b(late, digest_size=16).hexdigest().encode()
        return b"xref\n0 %d\n%strailer\n<<%s/Size %d/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (
            self._size,
            table,
            self._trailer,
            self._size,
            identity,
            identity,
            position,
        )


def _byte_range(gap_at: int, gap_ends: int, rest: int) -> bytes:
    """The end of ``/ByteRange`` and the key of the gap, of the same length for all numbers."""
    return b"%-10d %-10d %-10d]/Contents" % (gap_at, gap_ends, rest)


CONTENT_HERE = b"% the content of the page"
PROOF_HERE = b"% the proof"
SEAL_HERE = b"/NetralSealHere"


def _with_places(document: pikepdf.Pdf, proof_name: str) -> bytes:
    """The file with places for content, proof and signature, every object by itself."""
    page = document.pages[0].obj
    page.Contents = document.make_stream(CONTENT_HERE)
    signature = document.make_indirect(Dictionary(Type=Name(SEAL_HERE.decode())))
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T="Segel",
            Rect=[0, 0, 0, 0],
            F=HIDDEN_AND_LOCKED,
            P=page,
            V=signature,
        )
    )
    page.Annots = Array([*page.get("/Annots", []), widget])
    document.Root.AcroForm = document.make_indirect(Dictionary(Fields=[widget], SigFlags=3))
    if proof_name:
        _attach_place(document, proof_name)
    written = io.BytesIO()
    document.save(
        written,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        deterministic_id=True,
    )
    return written.getvalue()


def _attach_place(document: pikepdf.Pdf, name: str) -> None:
    file = document.make_stream(PROOF_HERE)
    specification = document.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=name,
            UF=name,
            Desc="Bukti tercatat di log",
            EF=Dictionary(F=file, UF=file),
            AFRelationship=Name.Data,
        )
    )
    document.Root.AF = Array([specification])
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=[name, specification]))


def _objects_of(saved: bytes) -> dict[int, bytes]:
    """Number → the octets of each object, read from the table at the end."""
    start = int(saved[saved.rindex(b"startxref") :].split()[1])
    count = int(saved[start:].split(None, 3)[2])
    first = saved.index(b"\n", saved.index(b"\n", start) + 1) + 1
    lines = [saved[first + 20 * number :][:20] for number in range(count)]
    offsets = {number: int(line[:10]) for number, line in enumerate(lines) if line[17:18] == b"n"}
    ends = [*sorted(offsets.values()), start]
    return {
        number: saved[offset : ends[ends.index(offset) + 1]]
        for number, offset in sorted(offsets.items(), key=lambda each: each[1])
    }


def _number_of(objects: dict[int, bytes], sign: bytes) -> int:
    return next(number for number, octets in objects.items() if sign in octets)


def _stream(number: int, kind: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 1)
    return b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        kind,
        len(packed),
        packed,
    )
