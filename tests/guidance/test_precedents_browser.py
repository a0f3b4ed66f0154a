"""The text check and the precedents in a real browser: phone and desk, with and without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from netral.elections.calendars import forget_calendars
from netral.guidance.services import precedents
from netral.people.models import Account
from tests.e2e.world import _election
from tests.guidance.factories import NOW, Office, bring_to_review, make_office, make_precedent, send
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
        "/preseden/", "/preseden/?cari=menyukai", f"/preseden/{withdrawn.pk}/",
        f"/preseden/{holding.pk}/", "/tanya/penelaah/", "/tanya/status/",
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
