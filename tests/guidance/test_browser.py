"""The pages of the law in a real browser: phone and desk, both languages, and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIKE = "/hukum/perbuatan/like/?status=PNS&phase=campaign&election=pemilihan"
ADDRESSES = [
    "/hukum/",
    "/hukum/?cari=kepencet+love+cagub",
    "/hukum/?pada=kemarin",
    "/hukum/peraturan/",
    "/hukum/peraturan/PP-94-2021/",
    "/hukum/perbuatan/",
    "/hukum/perbuatan/rally_passive/",
    LIKE,
    f"{LIKE}&account=candidate&pada=2024-10-07",
    "/hukum/perbuatan/vote/?status=PNS&phase=voting",
    "/hukum/perbuatan/listed_pose/?status=PNS&phase=campaign",
    "/hukum/matriks/?status=PNS",  # the whole one is opened by the walk in tests/e2e
]


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_every_page_of_the_law_is_accessible_and_fits(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]], size: str
) -> None:
    page = new_page(size)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Security" in said.text else None)
    for address in ADDRESSES:
        page.goto(address)
        assert axe(page) == [], address
        assert page.locator("h1").count() == 1
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{address} is {width} px too wide"
    assert refused == []


LONGEST_ON_A_PHONE = 3_000
"""CSS pixels of an act's page at 360 px with nothing unfolded; it was 8,600 when all lay open."""


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", ["/hukum/perbuatan/like/", f"{LIKE}&account=candidate"])
def test_the_page_of_an_act_is_short_and_its_headings_lead_to_everything(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]], address: str, scripts: bool
) -> None:
    page = new_page("phone", java_script_enabled=scripts)
    page.goto(address)
    last = page.locator("footer").bounding_box()
    assert last and last["y"] + last["height"] < LONGEST_ON_A_PHONE
    first = page.locator("main .card").first.bounding_box()
    assert first and first["y"] < 640, "the verdict or the safe course shows at once"
    links = page.locator(".law-jump a")
    for link in links.all():
        target = page.locator(link.get_attribute("href") or "")
        link.click()
        assert target.is_visible()
    assert links.count() == page.locator(".law-jump li").count() >= 6
    assert page.locator("#ketentuan > details").count() > 5
    if scripts:
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_changes_the_verdict_is_asked_openly_and_folded_once_it_is_known(
    new_page: Callable[..., Page],
) -> None:
    page = new_page("phone")
    page.goto(LIKE)
    assert page.get_by_label("Akun atau grup siapa itu?").is_visible()
    page.goto(f"{LIKE}&account=candidate&stance=support")
    assert not page.get_by_label("Akun atau grup siapa itu?").is_visible()
    page.get_by_role("link", name="Ubah keadaannya").click()
    assert page.get_by_label("Akun atau grup siapa itu?").is_visible()


def test_on_paper_nothing_of_an_act_is_folded(new_page: Callable[..., Page]) -> None:
    page = new_page("desk")
    page.goto(f"{LIKE}&account=candidate")
    page.emulate_media(media="print")
    assert page.locator("#ketentuan details p").first.bounding_box()
    assert page.locator("#tabel table").first.bounding_box()


def test_asking_without_javascript(new_page: Callable[..., Page]) -> None:
    page = new_page("phone", java_script_enabled=False)
    page.goto("/hukum/perbuatan/like/")
    page.get_by_label("Apa status kepegawaian Anda?").select_option("PNS")
    page.get_by_label("Pada tahap apa").select_option("campaign")
    page.get_by_label("Pemilu (Presiden").select_option("pemilihan")
    page.get_by_role("button", name="Nilai").click()
    assert "belum dapat ditentukan" in page.locator("#hasil").inner_text().lower()
    page.get_by_label("Akun atau grup siapa itu?").select_option("candidate")
    page.get_by_role("button", name="Nilai").click()
    assert "dilarang (disiplin)" in page.locator("#hasil").inner_text().lower()
    assert "account=candidate" in page.url


def test_a_cell_of_the_matrix_opens_its_reasons(new_page: Callable[..., Page]) -> None:
    page = new_page("desk")
    page.goto("/hukum/matriks/?pada=2024-10-07")
    row = page.locator("tr", has=page.locator("th", has_text="Memberikan suara di TPS"))
    row.locator("td a").first.click()
    page.wait_for_load_state()
    assert page.locator("#hasil").inner_text().lower() == "boleh"
    assert "7 Oktober 2024" in page.locator(".law-day").inner_text()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_matrix_is_one_sheet_of_a3(
    new_page: Callable[..., Page], live_server: Any, language: str
) -> None:
    page = new_page("desk")
    page.context.add_cookies([{"name": "bahasa", "value": language, "url": live_server.url}])
    page.goto("/hukum/matriks/")
    paper = page.pdf(prefer_css_page_size=True)
    sheets = re.findall(rb"/Type\s*/Page\b", paper)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert len(sheets) == 1
    assert [round(float(side)) for side in boxes[0]] == [1191, 842]
