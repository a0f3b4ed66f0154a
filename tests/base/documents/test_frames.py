"""Any finished PDF can be sealed, and a validator by others says what became of it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest
import typst

from netral.base.documents import seals
from netral.base.documents.frames import seal_document
from netral.base.documents.seals import Seal
from tests.base.documents.validating import verdict_on

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WORDS = "Pendapat tentang netralitas, ditulis untuk satu orang."


@pytest.fixture
def seal(tmp_path: Path) -> Seal:
    return seals.create(tmp_path / "seal.pem", name="Provinsi Contoh", now=NOW)


def pdf_of(pages: int, title: str = "Pendapat") -> bytes:
    body = "\n#pagebreak()\n".join(f"= Bagian {number}\n{WORDS}" for number in range(pages))
    source = f'#set document(title: "{title}")\n{body}'
    stamp = int(NOW.timestamp())
    return typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=stamp)


@pytest.mark.parametrize("pages", [1, 7])
def test_a_validator_trusts_the_seal_on_all_of_the_file(seal: Seal, pages: int) -> None:
    made = seal_document(pdf_of(pages), seal=seal, at=NOW)
    verdict = verdict_on(made, seal.certificate, NOW)
    assert verdict.bottom_line, verdict.summary()
    assert verdict.coverage.name == "ENTIRE_FILE"
    assert verdict.signer_reported_dt == NOW


def test_pages_words_and_structure_stay(seal: Seal) -> None:
    plain = pdf_of(3)
    made = seal_document(plain, seal=seal, at=NOW)
    before, after = (pypdf.PdfReader(io.BytesIO(file)) for file in (plain, made))
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]
    assert after.metadata.title == "Pendapat"
    assert after.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in after.trailer["/Root"]
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.check_pdf_syntax() == []


def test_a_changed_octet_is_found_out(seal: Seal) -> None:
    made = bytearray(seal_document(pdf_of(2), seal=seal, at=NOW))
    made[made.index(b"Pendapat")] ^= 1
    verdict = verdict_on(bytes(made), seal.certificate, NOW)
    assert not verdict.intact
    assert not verdict.bottom_line


def test_two_documents_differ_in_their_identity(seal: Seal) -> None:
    identities = {
        bytes(pypdf.PdfReader(io.BytesIO(file)).trailer["/ID"][0].original_bytes)
        for file in (
            seal_document(pdf_of(1, title), seal=seal, at=NOW) for title in ("Satu", "Lain")
        )
    }
    assert len(identities) == 2


def test_fields_of_a_form_stay(seal: Seal) -> None:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(1))) as document:
        field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="Nama"))
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        document.save(written)
    made = seal_document(written.getvalue(), seal=seal, at=NOW)
    assert set(pypdf.PdfReader(io.BytesIO(made)).get_fields() or {}) == {"Nama", "Segel"}
    assert verdict_on(made, seal.certificate, NOW).bottom_line


def test_what_is_signed_or_locked_is_refused(seal: Seal) -> None:
    made = seal_document(pdf_of(1), seal=seal, at=NOW)
    with pytest.raises(ValueError, match="signed already"):
        seal_document(made, seal=seal, at=NOW)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of(1))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="rahasia", user=""))
    with pytest.raises(ValueError, match="encrypted"):
        seal_document(locked.getvalue(), seal=seal, at=NOW)
    with pytest.raises(pikepdf.PdfError):
        seal_document(b"bukan berkas PDF", seal=seal, at=NOW)
