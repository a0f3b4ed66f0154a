"""The octets around what a signature covers: a PDF file cut so that signing costs one hash.

``Frame`` keeps what is the same in many files; ``seal_document`` puts the seal on one that is
finished, of any number of pages.
"""

from __future__ import annotations

import hashlib
import io
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

import pikepdf
from pikepdf import Array, Dictionary, Name

from netral.base.documents.seals import Seal

HIDDEN_AND_LOCKED = 2 | 128


def seal_document(pdf: bytes, *, seal: Seal, at: datetime) -> bytes:
    """The finished PDF with an invisible signature over all of it.

    ``at``: the moment written into the signature. Fields of a form stay. ValueError for a file
    that is encrypted or signed already; pikepdf.PdfError for one that is no PDF.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return Frame(document).sealed(seal, at)


@dataclass(frozen=True)
class Late:
    """Numbers of the objects that differ from file to file."""

    seal: int
    content: int | None
    proof: int | None


class Frame:
    """What is the same in every file: written once, hashed once.

    The document may hold a stream ``CONTENT_HERE``, filled anew in each file; ``proof_name`` names
    a file attached to each. ValueError for a document that is signed or encrypted already.
    """

    def __init__(self, document: pikepdf.Pdf, proof_name: str = "") -> None:
        if document.is_encrypted or _is_signed(document):
            raise ValueError("the document is encrypted or signed already")
        has_content = any(_is_content_place(page) for page in document.pages)
        saved = _with_places(document, proof_name)
        objects = _objects_of(saved)
        self._late = Late(
            seal=_number_of(objects, SEAL_HERE),
            content=_number_of(objects, CONTENT_HERE) if has_content else None,
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

    def sealed(
        self, seal: Seal, at: datetime, *, content: bytes = b"", proof: bytes = b""
    ) -> bytes:
        """The whole file with its signature."""
        late = bytearray()
        table = bytearray(self._table)

        def begin(number: int) -> None:
            position = b"%010d" % (len(self._start) + len(late))
            table[20 * number : 20 * number + 10] = position

        if self._late.content is not None:
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
        known = self._hashed.digest()
        identity = hashlib.blake2b(late, digest_size=16, key=known).hexdigest().encode()
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


def _is_signed(document: pikepdf.Pdf) -> bool:
    return bool(document.Root.get("/AcroForm", Dictionary()).get("/SigFlags", 0))


def _is_content_place(page: pikepdf.Page) -> bool:
    content = page.obj.get("/Contents")
    return isinstance(content, pikepdf.Stream) and content.read_raw_bytes() == CONTENT_HERE


def _with_places(document: pikepdf.Pdf, proof_name: str) -> bytes:
    """The file with places for proof and signature, every object by itself."""
    page = document.pages[0].obj
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
    fields = [*document.Root.get("/AcroForm", Dictionary()).get("/Fields", []), widget]
    document.Root.AcroForm = document.make_indirect(Dictionary(Fields=fields, SigFlags=3))
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
    """The one object with this sign; ValueError where another happens to hold it as well."""
    (number,) = (number for number, octets in objects.items() if sign in octets)
    return number


def _stream(number: int, kind: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 1)
    return b"%d 0 obj\n<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        kind,
        len(packed),
        packed,
    )
