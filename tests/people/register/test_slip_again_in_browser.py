"""A button that gives a file leaves its page standing, and works again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from netral.people.models import ClaimCode
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person, make_unit

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_slip_that_did_not_print_can_be_made_again(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    unit = make_unit(make_government(), "Dinas A")
    person = make_person(unit)
    officer = make_officer(unit.government)
    session = sign_in(Client(), officer, second_factor=True).cookies["sessionid"].value
    page = new_page("desk")
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "domain": "localhost", "path": "/"}]
    )
    page.goto(f"/pegawai/{person.pk}/")
    page.get_by_role("link", name="Cetak slip").click()
    button = page.get_by_role("button", name="Unduh slip")
    with page.expect_download():
        button.dblclick()
    assert ClaimCode.objects.count() == 1, "the second press of an impatient hand"
    page.wait_for_selector("form[data-gives-file]:not([data-sent])")
    button.click()
    page.wait_for_selector("h1:has-text('Ganti slip yang masih berlaku?')")
    assert axe(page) == []
    assert ClaimCode.objects.count() == 1
    with page.expect_download():
        page.get_by_role("button", name="Ganti dengan slip baru").click()
    assert ClaimCode.objects.count() == 2
