"""The sign page in a real browser whose network goes and comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from netral.people.models import Person
from netral.pledges.models import Ceremony, Signature
from netral.pledges.services import ceremonies
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_person, make_unit
from tests.pledges.factories import Hall, account_of, make_hall

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BUTTON = "Saya menandatangani ikrar ini"
WAITS = "Tersimpan di ponsel, belum terkirim"
KEPT = """() => Object.entries(localStorage)
    .filter(([place]) => place.startsWith("netral.ikrar")).map(([, wish]) => wish).join() || null"""


@pytest.fixture
def hall() -> Hall:
    made = make_hall(units=[make_unit(make_government(), "Dinas A")])
    opened = timezone.now() - timedelta(minutes=5)
    Ceremony.objects.filter(pk=made.ceremony.pk).update(opened_at=opened)
    return made


@pytest.fixture
def page(hall: Hall, new_page: Callable[..., Page]) -> Page:
    """A phone with the sign page open."""
    person = make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")
    return opened_by(new_page("phone"), hall, person)


def opened_by(page: Page, hall: Hall, person: Person) -> Page:
    session = sign_in(Client(), account_of(person), second_factor=False).cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )
    page.goto(f"/i/{hall.ceremony.code}")
    return page


def press_without_network(page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text(WAITS).wait_for()


def come_back(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")


def close(hall: Hall) -> None:
    ceremonies.move(ceremony=hall.ceremony, name="close", actor=hall.organiser, now=timezone.now())


def test_with_a_network_the_press_leads_to_the_receipt(page: Page) -> None:
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    kept = Signature.objects.get()
    assert kept.receipt_code in page.inner_text("main")
    assert page.evaluate(KEPT) is None
    assert kept.has_phone_time and kept.recorded_at - kept.signed_at < timedelta(minutes=1)


def test_without_a_network_the_press_waits_on_the_phone(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    before = timezone.now()
    press_without_network(page)
    assert axe(page) == []
    assert not page.get_by_role("button", name=BUTTON).is_visible()
    assert not page.get_by_role("link", name="Saya tidak menandatangani").is_visible()
    assert "Siti" not in page.evaluate(KEPT)
    assert not Signature.objects.exists()
    pressed_by = timezone.now()
    page.wait_for_timeout(500)
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/tanda/*/")
    kept = Signature.objects.get()
    assert before - timedelta(seconds=1) <= kept.signed_at <= pressed_by < kept.recorded_at
    assert page.evaluate(KEPT) is None
    assert "Waktu menurut ponsel" in page.inner_text("main")
    assert axe(page) == []


def test_a_page_opened_again_without_a_network_goes_on_sending(
    page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    press_without_network(page)
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Tanpa jaringan"
    page.get_by_text(WAITS).wait_for()
    assert axe(page) == []
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/tanda/**")
    assert Signature.objects.count() == 1


def test_the_phone_keeps_no_page_of_anybody(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    kept = page.evaluate(
        """async () => {
            const all = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const one of await cache.keys()) all.push(await (await cache.match(one)).text());
            }
            return all.join(" ");
        }"""
    )
    assert "belum terkirim" in kept
    assert "Siti Rahma" not in kept and "csrfmiddlewaretoken" not in kept


def test_a_double_press_and_a_lost_answer_give_one_signature(page: Page) -> None:
    """The first answer gets lost on its way back: the phone sends the same wish again."""
    lost = []

    def lose(route) -> None:  # type: ignore[no-untyped-def]  # Playwright's Route
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/t/*", lose)
    page.get_by_role("button", name=BUTTON).dblclick()
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/tanda/*/?lagi=1")
    assert lost == [200]
    assert Signature.objects.count() == 1


def test_closed_meanwhile_it_still_counts_and_says_that_it_came_late(
    page: Page, hall: Hall
) -> None:
    press_without_network(page)
    close(hall)
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/tanda/*/")
    assert "sesudah penandatanganan ditutup" in page.inner_text("main")
    assert Signature.objects.get().after_closing


def test_pressed_after_the_closing_it_says_that_it_is_not_recorded(page: Page, hall: Hall) -> None:
    close(hall)
    page.wait_for_timeout(20)
    press_without_network(page)
    come_back(page)
    page.get_by_role("link", name="Lihat sebabnya").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Penandatanganan sudah ditutup"
    assert page.evaluate(KEPT) is None
    assert not Signature.objects.exists()


@pytest.mark.parametrize("wrong", [-86_400_000, 86_400_000])
def test_a_wrong_clock_loses_only_its_claim(page: Page, wrong: int) -> None:
    page.evaluate("wrong => { const now = Date.now; Date.now = () => now() + wrong; }", wrong)
    press_without_network(page)
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").wait_for()
    kept = Signature.objects.get()
    assert kept.signed_at == kept.recorded_at


def test_without_scripts_the_form_signs_as_ever(hall: Hall, new_page: Callable[..., Page]) -> None:
    person = make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")
    page = opened_by(new_page("phone", java_script_enabled=False), hall, person)
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    assert not Signature.objects.get().has_phone_time
