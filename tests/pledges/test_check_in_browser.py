"""A receipt dropped on the public page: the visitor's browser alone says what it is."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from netral.base import sealing
from netral.base.audit import closing, keys
from netral.base.audit.exporting import keys_text
from netral.base.audit.integrator import work_once
from netral.base.documents import seals
from netral.base.templatetags.ui import moment
from netral.pledges.models import Signature
from netral.pledges.services.receipts import receipt_pdf
from netral.pledges.views.check import proof_of
from tests.base.audit.fresh import sign_afresh
from tests.base.audit.test_tampering import rewrite_and_sign, sql
from tests.command_alone import Alone
from tests.pledges.factories import Hall, make_hall, signed

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = timezone.now()


@pytest.fixture(autouse=True)
def own_seal(own_log: Path) -> Iterator[None]:
    sealing.document_seal.cache_clear()
    yield
    sealing.document_seal.cache_clear()


@pytest.fixture
def hall() -> Hall:
    return make_hall()


@pytest.fixture
def kept(hall: Hall) -> Signature:
    """A signature among others, in a log that has signed for them."""
    for number in range(4):
        signed(hall, f"Orang {number}")
    found = signed(hall)
    sign_afresh()
    return found


def file_of(kept: Signature) -> bytes:
    return receipt_pdf(kept, now=NOW, proof=proof_of(kept, show_hidden=True))


@pytest.fixture
def page(new_page: Callable[..., Page], kept: Signature) -> Page:
    page = new_page("phone")
    page.goto("/periksa/")
    return page


def drop(page: Page, content: bytes, name: str = "tanda-terima.pdf") -> str:
    """Drops the file as a hand would; returns what the page says about it, also what it folds away."""
    page.evaluate("document.querySelector('[data-result]').replaceChildren()")
    page.evaluate(
        """([content, name]) => {
            const octets = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File([octets], name));
            const target = document.querySelector('[data-drop]');
            target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
        }""",
        [_base64(content), name],
    )
    page.wait_for_selector("[data-result] h2")
    page.evaluate(
        "document.querySelectorAll('[data-result] details').forEach((it) => it.open = true)"
    )
    return page.inner_text("[data-result]")


def _base64(content: bytes) -> str:
    import base64

    return base64.b64encode(content).decode()


def test_a_true_receipt_is_genuine_and_in_the_log(
    page: Page, kept: Signature, axe: Callable[[Page], list[str]]
) -> None:
    said = drop(page, file_of(kept))
    assert said.startswith("Tanda terima ini asli dan tercatat dalam log"), said
    assert kept.receipt_code in said and "nomor 4 dari 5 entri" in said
    assert "Log hari ini (5 entri) masih memuat semua" in said
    assert axe(page) == []
    # By code, as the QR leads too: the same check on the proof that page fetches.
    page.get_by_role("link", name=f"Lihat keadaan {kept.receipt_code}").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tanda terima ini benar"
    page.get_by_role("heading", name="Terbukti tercatat dalam log").wait_for()
    proved = page.inner_text("[data-result]")
    assert "masih memuat semua" in proved
    moments = re.findall(r"pukul \d\d\.\d\d( WITA)?", proved)
    assert moments and all(moments), "beside the times of the government, each names its zone"


def test_a_receipt_is_shown_in_plain_words_and_in_the_zone_of_the_government(
    new_page: Callable[..., Page], kept: Signature
) -> None:
    """Also in a browser that stands elsewhere; identifiers are for experts, who unfold them."""
    page = new_page("phone", timezone_id="America/New_York")
    page.goto(f"/periksa/{kept.receipt_code}/")
    page.get_by_role("heading", name="Terbukti tercatat dalam log").wait_for()
    said = page.inner_text("main")
    assert set(re.findall(r"pukul \d\d\.\d\d ?(\S*)", said)) == {"WITA"}
    identifier = str(kept.ceremony_id)
    assert identifier not in said and kept.wording_digest not in said
    with timezone.override("Asia/Makassar"):
        assert moment(kept.recorded_at) in said
    page.locator("[data-result] summary").click()
    assert identifier in page.inner_text("[data-result]")


def test_a_receipt_of_a_log_that_was_closed_is_still_proved_here_and_offline(
    page: Page, kept: Signature, alone: Alone, tmp_path: Path
) -> None:
    file = file_of(kept)
    closing.begin_anew(now=timezone.now())
    work_once()
    page.reload()
    said = drop(page, file)
    assert said.startswith("Tanda terima ini asli dan tercatat dalam log"), said
    assert "/log sudah ditutup; segel terakhirnya (5 entri) masih memuat semua" in said
    (tmp_path / "tanda-terima.pdf").write_bytes(file)
    (tmp_path / "keys.txt").write_text(keys_text())
    done = alone("verify", "tanda-terima.pdf", "--key", "keys.txt", "--lang", "id")
    assert done.returncode == 0 and done.stdout.startswith("TERBUKTI: entri 4 adalah satu dari 5")


def test_nothing_of_the_file_reaches_the_server(page: Page, hall: Hall, kept: Signature) -> None:
    file = file_of(kept)
    signed(hall, "Orang sesudahnya")
    work_once()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.url} {request.post_data or ''}"))
    assert "Log hari ini (6 entri) masih memuat semua" in drop(page, file)
    assert [one for one in asked if "/log/tile/" in one]
    assert all(re.search(r"/log/(checkpoint|tile/)|/static/", one) for one in asked), asked
    assert not [one for one in asked if kept.receipt_code in one or str(kept.person_id) in one]


def test_a_receipt_from_before_the_log_signed_is_genuine_and_says_what_it_lacks(
    page: Page, kept: Signature
) -> None:
    said = drop(page, receipt_pdf(kept, now=NOW))
    assert said.startswith("Berkas ini asli, tetapi tidak memuat bukti log")
    assert "unduh sekali lagi" in said


def test_any_changed_letter_is_noticed(page: Page, kept: Signature) -> None:
    whole = file_of(kept)
    (gap,) = re.finditer(rb"/Contents<([0-9a-f]+)>", whole)
    signature = gap.start(1) + len(gap[1].rstrip(b"0")) - 20
    cases = {
        "a letter": whole.replace(b"/StructTreeRoot", b"/StructTreeRoom", 1),
        "the last octet": whole[:-1] + b" ",
        "something behind": whole + b"\n",
        "an update behind": whole + b"\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n",
        "the signature": _flipped(whole, signature),
        "a second seal": whole + b"/ByteRange[0 1 2 3]",
        "cut off": whole[:-2000],
        "garbage in the gap": whole[: gap.start(1)] + b"f" * 40 + whole[gap.start(1) + 40 :],
        "another proof": _with_other_proof(whole),
    }
    said = {name: drop(page, file) for name, file in cases.items()}
    wrong = {
        name: words
        for name, words in said.items()
        if not words.startswith("Berkas ini diubah sesudah disegel")
    }
    assert not wrong
    assert "itu tidak membuat halaman PDF-nya benar" in said["a letter"]


def _flipped(whole: bytes, at: int) -> bytes:
    return whole[:at] + (b"1" if whole[at : at + 1] != b"1" else b"2") + whole[at + 1 :]


def _with_other_proof(whole: bytes) -> bytes:
    found = re.search(rb"/EmbeddedFile[^\n]*/Length (\d+)>>\nstream\n", whole)
    assert found
    end = found.end() + int(found[1])
    proof = zlib.decompress(whole[found.end() : end]).replace(b"index 4", b"index 3")
    packed = zlib.compress(proof, 1).ljust(int(found[1]), b"\n")
    return whole[: found.end()] + packed + whole[end:]


def test_a_receipt_of_another_installation_is_not_ours(
    page: Page, kept: Signature, tmp_path: Path, settings: Any
) -> None:
    other = seals.create(tmp_path / "lain.pem", name="Netral lain", now=NOW)
    settings.DOCUMENT_KEY = str(tmp_path / "lain.pem")
    sealing.document_seal.cache_clear()
    foreign = file_of(kept)
    settings.DOCUMENT_KEY = ""
    sealing.document_seal.cache_clear()
    assert other.certificate != sealing.document_seal().certificate
    said = drop(page, foreign)
    assert said.startswith("Berkas ini tidak disegel di sini"), said
    ours = keys.origin().encode()
    stranger = proof_of(kept, show_hidden=True).replace(ours, b"lain.example/log")
    said = drop(page, receipt_pdf(kept, now=NOW, proof=stranger))
    assert said.startswith("Tanda terima ini bersegel asli, tetapi bukti lognya tidak terbukti")


def test_what_is_no_receipt_is_said_to_be_none(page: Page) -> None:
    said = drop(page, b"%PDF-1.7\n%%EOF\n")
    assert said.startswith("PDF ini tidak bersegel"), said
    said = drop(page, b"\x89PNG\r\n\x1a\n", "foto.png")
    assert said.startswith("Tidak terbukti") and "bukan tanda terima PDF" in said


def test_what_broke_off_is_said_to_be_cut_short(page: Page, kept: Signature) -> None:
    whole = proof_of(kept, show_hidden=False)
    for end in (40, whole.index(b"\n\n") + 1, len(whole) - 1):
        said = drop(page, whole[:end], "bukti.tlog-proof")
        assert said.startswith("Tidak terbukti") and "terpotong" in said, end
    said = drop(page, file_of(kept)[:9000])
    assert said.startswith("Belum dapat diperiksa") and "PDF ini terpotong" in said
    assert "PDF ini terpotong" in drop(page, file_of(kept)[:-2000]), "its seal is there, and broken"


def test_the_small_proof_file_is_taken_too(page: Page, kept: Signature) -> None:
    said = drop(page, proof_of(kept, show_hidden=False), "bukti.tlog-proof")
    assert said.startswith("Terbukti tercatat dalam log") and "disamarkan" in said


def test_without_a_network_it_says_that_it_did_not_compare(page: Page, kept: Signature) -> None:
    page.context.set_offline(True)
    said = drop(page, file_of(kept))
    assert said.startswith("Tanda terima ini asli dan tercatat dalam log")
    assert "Tidak dibandingkan dengan log hari ini" in said


def test_a_log_that_was_rewritten_is_given_away_by_an_old_receipt(
    page: Page, kept: Signature
) -> None:
    """The log's own key signed the new past: only what was handed out before tells."""
    old = file_of(kept)
    rewrite_and_sign(lambda: sql('UPDATE base_logentry SET hour = hour - 1 WHERE "index" = 1'))
    said = drop(page, old)
    assert said.startswith("Log ini bertentangan dengan yang pernah disegelnya sendiri"), said
    assert "diubah, dihapus, atau ditukar" in said


def test_without_scripts_the_code_still_works(
    new_page: Callable[..., Page], kept: Signature
) -> None:
    page = new_page("phone", java_script_enabled=False)
    page.goto("/periksa/")
    assert "netral log verify" in page.inner_text("main")
    page.get_by_label("Kode tanda terima").fill(kept.receipt_code)
    page.get_by_role("button", name="Periksa").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Tanda terima ini benar"
