"""The text check and the precedents in a real browser: phone and desk, with and without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from netral.elections.calendars import forget_calendars
from netral.guidance.citing import path_of
from netral.guidance.models import Consultation
from netral.guidance.services import precedents
from netral.people.models import Account
from tests.e2e.world import _election
from tests.guidance.factories import (
    DRAFT,
    NOW,
    Office,
    bring_to_review,
    make_office,
    make_precedent,
    send,
)
from tests.people.accounts.sessions import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RISKY = "Selamat pagi, bapak ibu.\nAyo coblos nomor 1! #2Periode\nViralkan sebelum dihapus."


@pytest.fixture
def office() -> Office:
    made = make_office()
    _election(made.government, timezone.localdate())
    forget_calendars()
    return made


def fits(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, f"{page.url} is {width} px too wide"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_text_is_checked_on_a_phone_with_and_without_javascript(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]], office: Office, scripts: bool
) -> None:
    page = new_page("phone", java_script_enabled=scripts)
    page.goto("/periksa-tulisan/")
    if scripts:
        assert axe(page) == []
        fits(page)
    page.get_by_label("Tulisan Anda").fill(RISKY)
    page.get_by_role("button", name="Periksa").click()
    page.locator("mark").first.wait_for()
    assert page.locator("mark").all_inner_texts() == [
        "Ayo coblos nomor 11", "#2Periode2", "Viralkan sebelum dihapus3",
    ]  # fmt: skip
    page.get_by_role("link", name="2, alasan: Tagar kampanye").click()
    assert page.url.endswith("#bagian-2")
    if scripts:
        assert axe(page) == []
        fits(page)


def as_reviewer(page: Page, account: Account, live_server: Any) -> Page:
    key = sign_in(Client(), account, second_factor=True).session.session_key or ""
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
    return page


def test_an_answer_that_is_kept_keeps_the_precedent_above_it(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]], office: Office
) -> None:
    make_precedent(office)
    page = new_page("phone")
    page.goto("/tanya/")
    page.locator("textarea").fill("boleh gak pns like postingan calon bupati?")
    page.locator("textarea").press("Enter")
    page.get_by_text("Sudah dijawab penelaah hukum").wait_for()
    assert axe(page) == []
    fits(page)
    page.get_by_role("button", name="Simpan di ponsel ini").click()
    page.goto("/tanya/tersimpan/")
    kept = page.locator("[data-kept-list]").inner_text()
    assert kept.index("Preseden 1/2026, ") < kept.index("Langkah aman")
    assert "Menyukai unggahan calon termasuk yang dilarang." in kept


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_page_of_precedents_is_accessible_and_fits(
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    office: Office,
    live_server: Any,
    size: str,
) -> None:
    withdrawn, holding = make_precedent(office), make_precedent(office)
    precedents.withdraw(consultation=withdrawn, reason="Putusan baru", actor=office.first, now=NOW)
    waiting, reviewed = send(office, circumstances="Saya guru."), bring_to_review(office)
    page = as_reviewer(new_page(size), office.second, live_server)
    stranger = new_page(size)
    for address in (
        "/preseden/", "/preseden/?cari=menyukai", path_of(withdrawn),
        path_of(holding), "/tanya/penelaah/", "/tanya/status/",
    ):  # fmt: skip
        stranger.goto(address)
        assert axe(stranger) == [], address
        fits(stranger)
    for address in (
        "/penelaahan/", "/penelaahan/baru/", "/penelaahan/kegiatan/", f"/penelaahan/{waiting.pk}/",
        f"/penelaahan/{reviewed.pk}/", f"/penelaahan/{reviewed.pk}/give_back",
        f"/penelaahan/{holding.pk}/withdraw",
    ):  # fmt: skip
        page.goto(address)
        assert page.locator("h1").count() == 1
        assert axe(page) == [], address
        fits(page)
    page.goto(f"/penelaahan/{waiting.pk}/")
    page.get_by_role("button", name="Mulai menjawab").click()
    assert "/draf/" in page.url
    assert axe(page) == []
    fits(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_question_without_a_verdict_becomes_a_precedent_with_and_without_javascript(
    new_page: Callable[..., Page], office: Office, live_server: Any, scripts: bool
) -> None:
    """From the phone that got no verdict, over two desks, back to the phone."""
    phone = new_page("phone", java_script_enabled=scripts)
    phone.goto("/tanya/")
    phone.locator("textarea").fill("boleh gak saya simpan barang titipan sepupu di gudang pribadi?")
    phone.locator("[data-ask] button").click()
    phone.get_by_role("button", name="Tulis kepada penelaah hukum").click()
    phone.get_by_role("button", name="Kirim").click()
    phone.locator(".code-big").wait_for()
    first = as_reviewer(new_page("desk", java_script_enabled=scripts), office.first, live_server)
    first.goto("/penelaahan/")
    first.locator("tbody a").click()
    first.get_by_role("button", name="Mulai menjawab").click()
    first.locator("[name=act]").fill("menyukai unggahan")
    first.get_by_role("button", name="Cari perbuatan").click()
    first.locator("[name=act_choice][value=like]").check()
    first.get_by_role("button", name="Nilai").click()
    for fact, value in DRAFT.facts.items():
        first.locator(f"[name=fakta_{fact}]").select_option(value)
    first.get_by_role("button", name="Nilai").click()
    first.locator("#penilaian + p .badge").wait_for()
    assert first.locator("#penilaian + p .badge").inner_text() == "dilarang (disiplin)"
    assert first.locator("[name=provisions]:checked").count() == 3
    first.locator("[name=question]").fill(DRAFT.question)
    first.get_by_role("button", name="Simpan draf").click()
    first.get_by_role("button", name="Serahkan kepada penelaah kedua").click()
    second = as_reviewer(new_page("desk", java_script_enabled=scripts), office.second, live_server)
    second.goto("/penelaahan/")
    second.get_by_role("link", name=DRAFT.question[:40]).click()
    second.get_by_role("link", name="Terbitkan").click()
    second.get_by_role("button", name="Terbitkan").click()
    second.get_by_text("Terbit sebagai Preseden 1/").wait_for()
    phone.get_by_role("button", name="Lihat keadaan pertanyaan").click()
    phone.get_by_role("link", name="Baca jawabannya").click()
    assert phone.locator(".verdict-word").inner_text().startswith("Dilarang")
    fits(phone)


@pytest.mark.parametrize("scripts", [True, False])
def test_pressing_twice_reloading_and_going_back_send_one_question(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]], office: Office, scripts: bool
) -> None:
    phone = new_page("phone", java_script_enabled=scripts)
    phone.goto("/tanya/penelaah/")
    phone.get_by_label("Pertanyaan Anda").fill("bolehkah saya titip barang di gudang sepupu?")
    phone.get_by_role("button", name="Kirim").dblclick()
    phone.locator(".code-big").wait_for()
    code = phone.locator(".code-big").inner_text()
    phone.reload()
    phone.get_by_text("tidak ada yang terkirim dua kali").wait_for()
    assert phone.locator(".code-big").inner_text() == code
    if scripts:
        assert axe(phone) == []
        fits(phone)
    phone.go_back()
    phone.get_by_label("Pertanyaan Anda").wait_for()
    assert Consultation.objects.count() == 1


def test_the_screen_in_the_foyer_sends_one_question_without_javascript_too(
    new_page: Callable[..., Page], office: Office
) -> None:
    screen = new_page("desk", java_script_enabled=False)
    screen.goto("/tanya/kios/?kegiatan=Sosialisasi")
    screen.locator("textarea").fill("boleh gak saya simpan barang titipan sepupu di gudang?")
    screen.locator("[data-ask] button").click()
    screen.get_by_role("button", name="Kirim ke penelaah hukum").dblclick()
    screen.locator(".code-big").wait_for()
    screen.reload()
    screen.get_by_text("tidak ada yang terkirim dua kali").wait_for()
    assert Consultation.objects.count() == 1


def test_the_draft_with_an_act_and_its_problems_is_accessible_and_fits(
    new_page: Callable[..., Page],
    axe: Callable[[Page], list[str]],
    office: Office,
    live_server: Any,
) -> None:
    reviewed = bring_to_review(office)
    precedents.give_back(consultation=reviewed, reason="Lagi", actor=office.second, now=NOW)
    for size in ("phone", "desk"):
        page = as_reviewer(new_page(size), office.first, live_server)
        page.goto(f"/penelaahan/{reviewed.pk}/")
        assert axe(page) == []
        page.goto(f"/penelaahan/{reviewed.pk}/draf/")
        assert axe(page) == []
        fits(page)
        page.locator("[name=act]").fill("hadir")
        page.get_by_role("button", name="Simpan draf").click()
        page.get_by_text("pilih salah satu").first.wait_for()
        assert axe(page) == []
        fits(page)
