"""Receipts as files: what they say, that they are sealed, that their code leads somewhere."""

from __future__ import annotations

import io
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from netral.base import sealing
from netral.pledges.models import Ceremony, Signature
from netral.pledges.services import documents, paper, receipts, withdrawing
from tests.base.documents import validating
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_person
from tests.pledges.factories import account_of, make_hall, make_witnesses, signed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_key(settings, tmp_path: Path):
    settings.KEY_DIR = tmp_path
    sealing.document_seal.cache_clear()
    yield
    sealing.document_seal.cache_clear()


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def verdict_on(pdf: bytes, moment: datetime | None = NOW):
    return validating.verdict_on(pdf, sealing.document_seal().certificate, moment)


def test_a_receipt_is_tagged_and_says_what_was_signed() -> None:
    kept = signed(make_hall(), 'Siti #"Rahma" $x$ *b* \\evil')
    made = receipts.receipt_pdf(kept, now=NOW)
    for shown in (kept.receipt_code, '#"Rahma" $x$ *b* \\evil', "Dinas A", "pukul 10.00 WITA"):
        assert shown in text_of(made)
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "id"
    assert kept.ceremony.title in reader.metadata.title
    assert "@@" not in text_of(made)
    assert receipts.receipt_pdf(kept, now=NOW) == made  # the same signature, the same file


def test_the_alphabet_that_brings_the_letters_is_taken_out_again() -> None:
    made = receipts.receipt_pdf(signed(make_hall()), now=NOW)
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1
    assert "ABCDEFGHIJKLM" not in text_of(made)


def test_a_screen_reader_finds_the_name_in_the_structure() -> None:
    """The structure of typst stays: each run keeps its mark, and each mark its element."""
    made = receipts.receipt_pdf(signed(make_hall(), "Siti Rahma"), now=NOW)
    reader = pypdf.PdfReader(io.BytesIO(made))
    content = reader.pages[0].get_contents().get_data()
    marked = {int(number) for number in re.findall(rb"/MCID (\d+)", content)}
    parents = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]
    assert len(parents["/Nums"][1].get_object()) == len(marked)


@pytest.mark.parametrize(
    "name",
    [
        "Raden Ajeng Siti Nurhaliza Kusumawardhani Prameswari binti Haji Abdurrahman Wahid Sastro",
        "Superkalifragilistikespialidosusdanseterusnyatanpasatupunspasi",
        "Łukasz Ñandú D’Aquino, S.Kom., M.Si.",
        "Мария Иванова",
    ],
)
def test_no_name_is_too_long_or_too_foreign(name: str) -> None:
    made = receipts.receipt_pdf(signed(make_hall(), name), now=NOW)
    assert name.replace(" ", "") in text_of(made).replace(" ", "")
    assert verdict_on(made).bottom_line


@pytest.mark.django_db(transaction=True)
def test_a_proof_asked_for_too_early_is_announced_on_the_receipt() -> None:
    from netral.base.audit import files
    from tests.base.audit.fresh import sign_afresh
    from tests.base.audit.test_tampering import sql

    kept = signed(make_hall())
    browser = sign_in(Client(), account_of(kept.person), second_factor=False)
    address = reverse("pledges:receipt_proof", args=[kept.receipt_code])
    early = browser.get(address, follow=True)
    assert early.status_code == 200 and kept.receipt_code in early.content.decode()
    assert "proses yang menyegel sedang berhenti" in early.content.decode()
    sign_afresh()
    assert browser.get(address).content.startswith(b"c2sp.org/tlog-proof@v1\n")
    files.write("checkpoint", b"nonsense")
    sql("DELETE FROM base_logcheckpoint")
    assert "sedang berhenti menyegel" in browser.get(address, follow=True).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_public_proof_of_a_fresh_receipt_is_late_and_not_missing() -> None:
    from tests.base.audit.fresh import sign_afresh

    hall = make_hall()
    hall.government.time_zone = "Asia/Jayapura"
    hall.government.save()
    kept = signed(hall)
    address = reverse("pledges:check_proof", args=[kept.receipt_code])
    late = Client().get(address, headers={"Accept": "*/*"})
    assert late.status_code == 503 and "Retry-After" in late
    said = late.content.decode()
    assert "Catatan ini menunggu sejak" in said and " WIT;" in said, "in the zone of the office"
    sign_afresh()
    assert Client().get(address).content.startswith(b"c2sp.org/tlog-proof@v1\n")


def test_the_receipt_says_that_the_proof_is_inside() -> None:
    kept = signed(make_hall())
    said = "Bukti lognya terlampir di dalam berkas ini"
    assert said not in text_of(receipts.receipt_pdf(kept, now=NOW))
    assert said in text_of(receipts.receipt_pdf(kept, now=NOW, proof=b"c2sp.org/tlog-proof@v1\n"))


@pytest.mark.parametrize("with_proof", [True, False])
def test_readers_by_others_accept_the_seal_of_the_file_that_is_handed_out(
    tmp_path: Path, with_proof: bool
) -> None:
    """OpenSSL and, where it is installed, Poppler's pdfsig; pyHanko looks at it above."""
    proof = b"c2sp.org/tlog-proof@v1\n" * 40 if with_proof else b""
    made = receipts.receipt_pdf(signed(make_hall()), now=NOW, proof=proof)
    assert validating.accepted_by_openssl(made, sealing.certificate_pem(), tmp_path)
    assert not validating.accepted_by_openssl(
        made.replace(b"/StructTreeRoot", b"/StructTreeRooX", 1), sealing.certificate_pem(), tmp_path
    )
    if shutil.which("pdfsig"):
        assert validating.accepted_by_pdfsig(made, tmp_path)


def test_a_reader_by_others_finds_the_seal_valid_over_the_whole_file() -> None:
    status = verdict_on(receipts.receipt_pdf(signed(make_hall()), now=NOW))
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signer_reported_dt == NOW


def test_one_changed_letter_breaks_the_seal() -> None:
    made = receipts.receipt_pdf(signed(make_hall()), now=NOW)
    at = made.index(b"/StructTreeRoot") + 3
    status = verdict_on(made[:at] + b"X" + made[at + 1 :])
    assert not status.intact


def test_the_proof_of_the_log_is_attached_as_it_is() -> None:
    proof = b"c2sp.org/tlog-proof@v1\n" + bytes(range(128)) * 40
    made = receipts.receipt_pdf(signed(make_hall()), now=NOW, proof=proof)
    assert pypdf.PdfReader(io.BytesIO(made)).attachments == {receipts.PROOF_NAME: [proof]}
    assert verdict_on(made).bottom_line


def test_the_file_that_is_downloaded_proves_itself_offline() -> None:
    """The seal with the certificate, the attached proof with the log's key: no server is asked."""
    from netral.base.audit import keys
    from netral.tlog.entries import Opened
    from netral.tlog.receipts import Receipt, verify
    from tests.base.audit.fresh import sign_afresh

    hall = make_hall()
    kept = signed(hall)
    browser = sign_in(Client(), account_of(kept.person), second_factor=False)
    address = reverse("pledges:receipt_pdf", args=[kept.receipt_code])
    assert pypdf.PdfReader(io.BytesIO(browser.get(address).content)).attachments == {}
    sign_afresh()
    made = browser.get(address).content
    assert verdict_on(made, moment=None).bottom_line
    [proof] = pypdf.PdfReader(io.BytesIO(made)).attachments[receipts.PROOF_NAME]
    receipt = Receipt.parse(proof.decode())
    opened = Opened.parse(receipt.extra or b"")
    verify(receipt, opened.entry.encode(), keys.log_keys()[0])
    assert opened.hidden["person"][1] == str(kept.person_id)  # the owner's copy says whose it is


@pytest.mark.django_db(transaction=True)
def test_the_command_takes_the_pdf_itself(alone, tmp_path: Path) -> None:
    from netral.base.audit import keys
    from netral.pledges.views.check import proof_of
    from tests.base.audit.fresh import sign_afresh

    kept = signed(make_hall())
    sign_afresh()
    (tmp_path / "kosong.pdf").write_bytes(receipts.receipt_pdf(kept, now=NOW))
    made = receipts.receipt_pdf(kept, now=NOW, proof=proof_of(kept, show_hidden=True))
    (tmp_path / "tanda.pdf").write_bytes(made)
    key = str(keys.log_keys()[0])
    done = alone("verify", "tanda.pdf", "--key", key)
    assert done.returncode == 0 and kept.receipt_code in done.stdout, done.stderr
    assert "the PDF is as it was sealed" in done.stdout
    (tmp_path / "polos.pdf").write_bytes(made.replace(b"/ByteRange", b"/ByteRanga"))
    plain = alone("verify", "polos.pdf", "--key", key)
    assert plain.returncode == 1 and "carries no seal" in plain.stderr
    empty = alone("verify", "kosong.pdf", "--key", key)
    assert empty.returncode == 1 and "carries no proof" in empty.stderr


@pytest.mark.django_db(transaction=True)
def test_the_command_believes_no_pdf_that_was_changed_after_its_sealing(
    alone, tmp_path: Path
) -> None:
    from netral.base.audit import keys
    from netral.pledges.views.check import proof_of
    from netral.tlog.proofs import ProofError
    from netral.tlog.seals import check_seal
    from tests.base.audit.fresh import sign_afresh

    kept = signed(make_hall())
    sign_afresh()
    made = receipts.receipt_pdf(kept, now=NOW, proof=proof_of(kept, show_hidden=True))
    check_seal(made)
    seal = re.search(rb"/Contents ?<[0-9a-fA-F]{1000,}>", made)  # "<3" stands in pictures too
    assert seal
    begin, end = seal.span()
    for at in range(0, len(made), 97):
        if begin < at < end:
            continue  # the seal itself: behind it stand zeros that mean nothing
        changed = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        with pytest.raises(ProofError):
            check_seal(changed)
    for wrong in (made + b"\n", made[:-1], made.replace(b"/M(D:2", b"/M(D:1")):
        with pytest.raises(ProofError):
            check_seal(wrong)
    (tmp_path / "palsu.pdf").write_bytes(made[:200] + bytes([made[200] ^ 1]) + made[201:])
    done = alone("verify", "palsu.pdf", "--key", str(keys.log_keys()[0]))
    assert done.returncode == 1 and "changed after it was sealed" in done.stderr
    assert kept.receipt_code not in done.stdout


def test_a_receipt_is_indonesian_whatever_the_page_speaks() -> None:
    kept = signed(make_hall())
    with translation.override("en"):
        assert "Tanda terima ikrar" in text_of(receipts.receipt_pdf(kept, now=NOW))


def test_the_code_on_the_receipt_leads_to_the_public_check() -> None:
    kept = signed(make_hall())
    address = documents.public_address("pledges:check_receipt", kept.receipt_code)
    rows = receipts._family().rows(kept.receipt_code)
    assert _read(_picture(rows)) == address


def test_pages_draw_the_same_address() -> None:
    address = documents.public_address("pledges:check_receipt", "7K3M9-Q2XYZ")
    import PIL.Image
    import typst

    page = "#set page(width: 50mm, height: 50mm, margin: 9mm)"
    source = f'{page}\n#image(bytes(sys.inputs.qr), format: "svg", width: 31mm)'
    drawn = typst.compile(
        source.encode(), format="png", sys_inputs={"qr": documents.qr_svg(address)}
    )
    assert _read(PIL.Image.open(io.BytesIO(drawn)).convert("L")) == address


def test_anyone_can_fetch_the_certificate_of_the_seal() -> None:
    answer = Client().get(reverse("pledges:seal_certificate"))
    assert answer.content == sealing.certificate_pem()
    page = Client().get(reverse("pledges:check")).content.decode()
    assert sealing.fingerprint() in page


def _picture(rows: list[str]):
    import PIL.Image

    side = len(rows) + 8
    image = PIL.Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, module in enumerate(row):
            if module == "1":
                image.putpixel((x + 4, y + 4), 0)
    return image.resize((side * 8, side * 8), PIL.Image.Resampling.NEAREST)


def _read(image) -> str:
    import zxingcpp

    return zxingcpp.read_barcodes(image)[0].text


def test_a_receipt_of_five_long_points_stays_on_one_page() -> None:
    hall = make_hall()
    points = [*hall.ceremony.wording["points"], "Melaporkan " + "x " * 45]
    hall.ceremony.wording["points"] = points
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(wording=hall.ceremony.wording)
    unit = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, dan Keluarga Berencana"
    made = receipts.receipt_pdf(
        signed(hall, "Dr. Siti Rahmawati Kusumaningtyas, S.Pd., M.Pd.", unit), now=NOW
    )
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) == 1
    assert "Siapa pun dapat memeriksa kode ini" in text_of(made)


def test_a_paper_receipt_names_its_witnesses_and_says_when_it_was_withdrawn(
    settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    hall = make_hall()
    first, second = make_witnesses(hall.government)
    sheet = paper.attach_sheet(
        ceremony=hall.ceremony,
        upload=io.BytesIO(b"%PDF-1.7"),
        signed_at=NOW,
        text_code=hall.text_code,
        compared=False,
        witnesses=(first, second),
        actor=hall.organiser,
        now=NOW,
    )
    signer = make_person(first.postings.get().unit, "Ani Rahma")
    paper.enter_names(sheet=sheet, person_ids=[signer.pk], actor=hall.organiser, now=NOW)
    kept = Signature.objects.get()
    assert "Saksi Saksi 1, Saksi 2" in text_of(receipts.receipt_pdf(kept, now=NOW))
    withdrawing.withdraw_paper(signature=kept, reason="Salah", actor=hall.organiser, now=NOW)
    kept = Signature.objects.get()
    assert "Dicabut 22 November 2026" in text_of(receipts.receipt_pdf(kept, now=NOW))
