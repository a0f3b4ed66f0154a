"""One phone, two sign pages: a slip that was typed and an account. Neither loses the other's press."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from netral.people.models import Account, Person
from netral.pledges.models import Signature
from tests.people.register.factories import make_person
from tests.pledges.factories import Hall
from tests.pledges.test_signing_without_network import BUTTON, KEPT, WAITS, come_back, opened_by
from tests.pledges.test_signing_without_network import hall as hall
from tests.pledges.test_slip_without_network import code as code
from tests.pledges.test_slip_without_network import officer as officer
from tests.pledges.test_slip_without_network import siti as siti
from tests.pledges.test_slip_without_network import type_slip

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SEES_NOTHING = """() => {
    const there = Storage.prototype.getItem;
    Storage.prototype.getItem = () => null;
    document.querySelector("main form button").click();
    Storage.prototype.getItem = there;
}"""
"""Presses while this page has not heard yet what the other wrote, as two processes may not have."""


@pytest.fixture
def pages(hall: Hall, code: str, new_page: Callable[..., Page]) -> tuple[Page, Page]:
    """Of Siti by slip and of Tono by account, in the same browser and without a network."""
    by_slip = type_slip(new_page("phone"), hall, code)
    tono = make_person(hall.government.units.get(name="Dinas A"), "Tono Wijaya")
    by_account = opened_by(by_slip.context.new_page(), hall, tono)
    by_account.get_by_role("button", name=BUTTON).wait_for()
    by_slip.context.set_offline(True)
    return by_slip, by_account


def kept(page: Page) -> list[str]:
    return page.evaluate(KEPT).split("},{")


@pytest.mark.parametrize("first", [0, 1])
def test_two_presses_at_one_moment_are_both_kept_and_both_signed(
    pages: tuple[Page, Page], siti: Person, first: int
) -> None:
    quick, slow = pages[first], pages[1 - first]
    quick.get_by_role("button", name=BUTTON).click()
    quick.get_by_text(WAITS).wait_for()
    slow.evaluate(SEES_NOTHING)
    slow.get_by_text(WAITS).wait_for()
    assert len(kept(quick)) == 2
    come_back(quick)
    quick.get_by_role("link", name="Buka tanda terima").wait_for()
    slow.evaluate("dispatchEvent(new Event('online'))")
    slow.get_by_role("link", name="Buka tanda terima").wait_for()
    assert {one.person.name for one in Signature.objects.all()} == {siti.name, "Tono Wijaya"}
    assert quick.evaluate(KEPT) is None


@pytest.mark.parametrize("first", [0, 1])
def test_whose_press_the_other_page_sent_is_told_all_the_same(
    pages: tuple[Page, Page], first: int
) -> None:
    quick, slow = pages[first], pages[1 - first]
    for page in pages:
        page.get_by_role("button", name=BUTTON).click()
        page.get_by_text(WAITS).wait_for()
    slow.route("**/*", lambda route: route.abort())
    come_back(quick)
    quick.wait_for_function(f"() => ({KEPT})() === null")
    assert Signature.objects.count() == 2
    slow.unroute("**/*")
    slow.evaluate("dispatchEvent(new Event('online'))")
    slow.get_by_role("link", name="Buka tanda terima").click()
    slow.wait_for_url("**/tanda/**" if first == 0 else "**/periksa/**")
    assert Signature.objects.count() == 2, "sent by both, taken once"


def test_a_page_that_only_showed_it_sees_that_it_was_sent(
    pages: tuple[Page, Page], officer: Account
) -> None:
    by_slip, by_account = pages
    by_slip.get_by_role("button", name=BUTTON).click()
    by_slip.get_by_text(WAITS).wait_for()
    by_account.route("**/slip/**", lambda route: route.abort())
    by_account.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    by_account.get_by_text(WAITS).wait_for()
    come_back(by_slip)
    by_slip.get_by_role("link", name="Buka tanda terima").wait_for()
    by_account.get_by_text(WAITS).wait_for(state="hidden")
    assert by_account.get_by_role("button", name=BUTTON).is_visible()
