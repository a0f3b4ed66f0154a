"""From a dirty register to a pledge each person signed: the way the product is meant to be used.

The tests of this file build on each other, in their order, on one running site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.e2e import sheets
from tests.e2e.site import Site
from tests.e2e.visitor import Visitor
from tests.e2e.world import SITI

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.both_databases
SIGN = "Saya menandatangani ikrar ini"
SLIPS = """
from django.utils import timezone
from netral.people.models import Person
from netral.people.services import claiming
people = list(Person.objects.filter(number__in={numbers!r}).order_by("number"))
issued = claiming.issue_for(actor=None, person_ids=[p.pk for p in people], now=timezone.now())
codes = {{one.person_id: one.code for one in issued}}
print(",".join(codes[p.pk] for p in people))
"""


class Story:
    """What one step of the journey hands to the next."""

    code = ""
    ceremony = ""
    receipt = ""


@pytest.fixture(scope="module")
def story() -> type[Story]:
    return Story


@pytest.fixture
def desk(officer: Callable[..., Visitor]) -> Visitor:
    """The personnel officer at her desk; each page is looked at on her phone as well."""
    somebody = officer("personnel")
    somebody.also = "phone"
    return somebody


@pytest.fixture
def phone(visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody of the staff in the hall; each page is looked at on a large screen as well."""
    somebody = visitor("phone")
    somebody.also = "desk"
    return somebody


def slip_codes(site: Site, *numbers: str) -> list[str]:
    """Fresh slip codes of these people, in the order of their numbers."""
    return site.run(SLIPS.format(numbers=sorted(numbers))).strip().split(",")


def wait_for_import(page: Page) -> None:
    """Until the page of an import no longer shows its progress."""
    page.locator("[data-progress]").wait_for(state="detached", timeout=60_000)
    page.wait_for_load_state()


def press(somebody: Visitor, name: str) -> None:
    """Presses the button or link with this name in the page's content."""
    main = somebody.page.locator("main")
    target = main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name))
    target.first.click()
    somebody.page.wait_for_load_state()


def test_an_office_with_nobody_is_led_to_the_import(desk: Visitor) -> None:
    desk.see("/impor/")
    desk.page.locator("main").get_by_role("link", name="Impor berkas").click()
    desk.check()
    assert desk.page.locator("input[type=file]").is_visible()


def test_a_dirty_register_is_previewed_confirmed_and_applied(desk: Visitor, tmp_path: Path) -> None:
    file = sheets.write_dirty_register(tmp_path / "DATA PEGAWAI final (2).xlsx")
    page = desk.see("/impor/baru")
    page.set_input_files("input[type=file]", file)
    press(desk, "Unggah dan baca")
    wait_for_import(page)
    desk.check()
    assert page.locator("main").get_by_role("button", name="Terapkan impor").is_visible()
    assert sheets.SECRET_NIK not in page.content()
    for tab in page.locator("nav.tabs a").all_inner_texts():
        page.locator("nav.tabs a", has_text=tab.split("\n")[0].strip()).first.click()
        desk.check()
    press(desk, "Terapkan impor")
    wait_for_import(page)
    desk.check()
    assert "Diterapkan" in page.inner_text("main")
    desk.see("/pegawai/?q=Andi")
    assert "Andi Rekaan" in page.inner_text("main")


def test_a_ceremony_is_planned_and_opened(desk: Visitor, story: type[Story]) -> None:
    page = desk.see("/ikrar/")
    press(desk, "Rencanakan ikrar")
    desk.check()
    page.locator("[name=title]").fill("Apel ikrar netralitas")
    page.locator("[name=leader]").fill("Sekretaris Daerah")
    page.locator("[name=place]").fill("Halaman kantor gubernur")
    for name in ("election", "text"):
        chooser = page.locator(f"select[name={name}]")
        chooser.select_option(index=chooser.locator("option").count() - 1)
    page.locator("select[name=election]").select_option(label="Pemilihan Serentak Nusa Rekaan")
    page.locator("[name=cari_unit]").fill("dinas")
    press(desk, "Cari")
    desk.check()
    assert page.locator("[name=title]").input_value() == "Apel ikrar netralitas"
    press(desk, "Simpan")
    desk.check()
    story.ceremony = page.url.split("#")[0]
    press(desk, "Pimpin")
    desk.check()
    press(desk, "Mulai pembacaan")
    desk.check()
    press(desk, "Mulai dengan tanggal hari ini")  # planned for tomorrow, read today
    desk.check()
    while page.get_by_role("button", name="Berikutnya").count():
        press(desk, "Berikutnya")
    press(desk, "Buka penandatanganan")
    desk.check()
    found = re.search(r"kode (\w{4,6})", page.inner_text(".eyebrow"))
    assert found
    story.code = found[1]


def test_a_phone_signs_while_the_wall_counts(
    phone: Visitor, visitor: Callable[..., Visitor], site: Site, story: type[Story]
) -> None:
    wall = visitor("desk")
    wall.see(f"/dinding/{story.code}/")
    count = wall.page.locator("[data-signed]")
    assert count.inner_text() == "0"
    wall.page.set_viewport_size({"width": 1280, "height": 720})
    text = wall.page.locator(".wall-stops")
    cut = text.evaluate("(box) => box.scrollHeight - box.clientHeight")
    assert cut <= 1, "the projector cuts the text off"
    wall.page.locator("[data-line=live] >> visible=true").first.wait_for()

    (slip,) = slip_codes(site, SITI)
    page = phone.see(f"/i/{story.code}")
    page.locator("input[name=slip]").fill(slip)
    page.locator("main form button").first.click()
    phone.check()
    assert "Siti Rekaan" in page.inner_text("main")
    press(phone, SIGN)
    page.wait_for_url("**/tanda/**")  # the script of the page leads there once it was answered
    phone.check()
    story.receipt = page.locator(".code-big").inner_text()

    wall.page.locator("[data-signed]", has_text=re.compile("^1$")).wait_for(timeout=10_000)
    wall.check()


def test_signing_again_shows_the_same_receipt(
    phone: Visitor, site: Site, story: type[Story]
) -> None:
    (slip,) = slip_codes(site, sheets.number_of(1))
    page = phone.go(f"/i/{story.code}")
    page.locator("input[name=slip]").fill(slip)
    page.locator("main form button").first.click()
    press(phone, SIGN)
    first = page.locator(".code-big").inner_text()
    phone.see(f"/i/{story.code}")
    assert page.locator(".code-big").inner_text() == first
    phone.see(f"/i/{story.code}")
    assert page.locator(".code-big").inner_text() == first


def test_a_wrong_slip_code_is_explained_beside_the_field(
    phone: Visitor, story: type[Story]
) -> None:
    page = phone.go(f"/i/{story.code}")
    page.locator("input[name=slip]").fill("7K3M-9Q2X-HB4T")
    page.locator("main form button").first.click()
    phone.check()
    assert page.locator(".errorlist").first.is_visible()


def test_signing_works_without_scripts(
    visitor: Callable[..., Visitor], site: Site, story: type[Story]
) -> None:
    (slip,) = slip_codes(site, sheets.number_of(2))
    page = visitor("phone", java_script_enabled=False).go(f"/i/{story.code}")
    page.locator("input[name=slip]").fill(slip)
    page.locator("main form button").first.click()
    page.get_by_role("button", name=SIGN).click()
    assert page.locator(".code-big").is_visible()


def test_the_public_checks_a_receipt_and_learns_no_name(
    visitor: Callable[..., Visitor], story: type[Story]
) -> None:
    somebody = visitor("phone")
    page = somebody.see("/periksa/")
    page.locator("input[name=kode]").fill(story.receipt.lower())
    page.locator("main form button").first.click()
    somebody.check()
    assert "Apel ikrar netralitas" in page.inner_text("main")
    assert "Siti" not in page.content()
    page = somebody.see("/periksa/")
    page.locator("input[name=kode]").fill("ZZZZZ-ZZZZZ")
    page.locator("main form button").first.click()
    somebody.check()


def test_the_officer_sees_who_is_missing_by_name(desk: Visitor) -> None:
    page = desk.see("/cakupan/")
    assert page.locator("th[scope=row] a").count() >= 3
    page.locator("th[scope=row] a").first.click()
    desk.check()
    page.get_by_role("link", name=re.compile(r"Lihat \d+ nama")).click()
    desk.check()
    names = page.inner_text("main table")
    assert "Rekaan" in names
    assert "Siti Rekaan" not in names


def test_the_ceremony_is_closed_and_late_phones_get_an_answer(
    desk: Visitor, phone: Visitor, story: type[Story]
) -> None:
    desk.go(story.ceremony)
    press(desk, "Pimpin")
    press(desk, "Tutup penandatanganan")
    desk.check()
    press(desk, "Tutup penandatanganan")
    desk.check()
    phone.see(f"/i/{story.code}")
    assert "sudah ditutup" in phone.page.inner_text("h1")


def test_after_the_closing_the_wall_thanks_and_reminds(
    desk: Visitor, visitor: Callable[..., Visitor], story: type[Story]
) -> None:
    wall = visitor("desk")
    wall.see(f"/dinding/{story.code}/")
    desk.go(f"{story.ceremony}pimpin/")
    for name, shown in (("Ucapkan terima kasih", ".wall-thanks"), ("Foto bersama", ".wall-photo")):
        press(desk, name)
        desk.check()
        wall.page.locator(shown).wait_for(state="visible", timeout=10_000)
        wall.check()
    press(desk, "Selesai: kembali ke hasil")
    wall.page.locator(".wall-photo").wait_for(state="hidden", timeout=10_000)


def text_code_on_the_sheet(page: Page, story: type[Story]) -> str:
    printed = PdfReader(BytesIO(page.request.get(f"{story.ceremony}lembar.pdf").body()))
    return printed.pages[0].extract_text().split("Kode naskah ")[1][:9]


def test_names_on_paper_are_chosen_checked_recorded_and_withdrawn(
    desk: Visitor, story: type[Story], tmp_path: Path
) -> None:
    scan = tmp_path / "lembar.pdf"
    scan.write_bytes(b"%PDF-1.7 lembar")
    page = desk.see(f"{story.ceremony}kertas/")
    page.set_input_files("input[type=file]", scan)
    page.locator("[name=text_code]").fill("0000-0000")
    page.locator("[name=witness]").fill(sheets.number_of(3))
    page.locator("[name=second_witness]").fill(sheets.number_of(4))
    press(desk, "Unggah lembar")
    desk.check()
    assert "bukan kode naskah ikrar ini" in page.inner_text("main")
    page.locator("[name=text_code]").fill(text_code_on_the_sheet(page, story))
    press(desk, "Unggah lembar")
    desk.check()
    assert "Kode naskah di lembar cocok" in page.inner_text("main")
    page.locator("[name=orang]").first.check()
    page.locator("[name=cari]").fill("tidak ada yang bernama begini")
    press(desk, "Cari")
    desk.check()
    assert page.locator("[name=orang]:checked").count() == 1
    press(desk, "Periksa yang dipilih")
    desk.check()
    press(desk, "Catat 1 tanda tangan")
    desk.check()
    press(desk, "Cabut")
    desk.check()
    page.locator("[name=reason]").fill("Baris itu milik orang lain")
    press(desk, "Cabut tanda tangan")
    desk.check()
    assert "Baris itu milik orang lain" in page.inner_text("main")
    desk.see(f"{story.ceremony}hasil/")
    press(desk, "Lihat nama yang belum")
    desk.check()
