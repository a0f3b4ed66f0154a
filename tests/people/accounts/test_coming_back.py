"""Back in after the slip was used at the ceremony and no password was made."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Account, Person, Unit
from netral.people.services import claiming, slips
from tests.contracts.showing import Screen
from tests.people.accounts.factories import make_account, make_person
from tests.people.accounts.test_slips import CODE, text_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def claimed_long_ago(unit: Unit, actor: Account) -> tuple[Account, str]:
    """An account whose slip was used on a phone that is gone; with the old code."""
    person = make_person(unit, name="Rina Hasanah")
    then = timezone.now() - timedelta(days=2)
    (issued,) = claiming.issue_for(actor=actor, person_ids=[person.pk], now=then)
    return claiming.claim_with_code(code=issued.code, now=then), issued.code


def test_the_used_slip_says_how_to_come_back(unit: Unit, personnel: Account) -> None:
    account, code = claimed_long_ago(unit, personnel)
    for answer in (
        Client().get("/aktivasi/", {"k": code}),
        Client().post("/aktivasi/", {"identifier": account.username, "code": code}),
    ):
        assert "akun dan tanda terima ikrar Anda tetap ada" in answer.text
        assert "/lupa" in answer.text
    way = re.search(r'href="([^"]+)">cara masuk lagi', answer.text)
    assert way
    assert "menunggu di sana" in Client().get(way[1]).text


def test_the_office_sees_it_and_a_new_slip_opens_the_same_account(
    unit: Unit, personnel: Account, officer_client: Client
) -> None:
    account, _code = claimed_long_ago(unit, personnel)
    page = officer_client.get(f"/pegawai/{account.person_id}/").text
    assert "Belum punya kata sandi atau kunci sandi" in page
    assert account.person is not None
    pdf = slips.print_for_person(actor=personnel, person=account.person, now=timezone.now())
    phone = Client()
    answer = phone.post(
        "/aktivasi/",
        {"identifier": account.username, "code": CODE.findall(text_of(pdf))[0]},
        follow=True,
    )
    assert "Ini akun <strong>Rina Hasanah</strong>" in answer.text
    assert unit.name in answer.text
    words = "tiga-kata-yang-baik"
    phone.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    account.refresh_from_db()
    assert account.check_password(words)
    assert "Belum punya kata sandi" not in officer_client.get(f"/pegawai/{account.person_id}/").text


def test_a_first_password_keeps_the_device_in_the_list_and_within_reach(
    unit: Unit, personnel: Account
) -> None:
    person = make_person(unit)
    (issued,) = claiming.issue_for(actor=personnel, person_ids=[person.pk], now=timezone.now())
    phone, elsewhere = Client(headers={"User-Agent": "Android Chrome/142"}), Client()
    phone.post("/aktivasi/", {"identifier": person.number, "code": issued.code})
    words = "tiga-kata-yang-baik"
    phone.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    (listed,) = phone.get("/akun/perangkat/").context["sessions"]
    assert (listed["is_current"], listed["device"]) == (True, "Chrome, Android")
    elsewhere.post("/akun/masuk/", {"login": person.number, "password": words})
    assert len(elsewhere.get("/akun/perangkat/").context["sessions"]) == 2
    elsewhere.post("/akun/perangkat/")
    assert phone.get("/saya/").status_code == 302, "signed out from elsewhere"


OTHERS = "masih masuk di"


def come_in(person: Person, code: str) -> tuple[Client, str]:
    """A browser that typed in the slip, and the page it was led to."""
    phone = Client()
    facts = {"identifier": person.identifier, "code": code}
    return phone, phone.post("/aktivasi/", facts, follow=True).text


def is_in(client: Client) -> bool:
    return client.get("/saya/").status_code == 200


def with_password(unit: Unit, actor: Account) -> tuple[Person, Client, str]:
    """Somebody signed in on another phone by password, and the code of a slip made since."""
    person, words = make_person(unit), "tiga-kata-yang-baik"
    make_account(person, words)
    elsewhere = Client()
    elsewhere.post("/akun/masuk/", {"login": person.number, "password": words})
    slip = claiming.issue_for(actor=actor, person_ids=[person.pk], now=timezone.now())[0]
    return person, elsewhere, slip.code


def test_a_slip_signs_nobody_out_but_says_where_else_the_account_is_open(
    unit: Unit, personnel: Account
) -> None:
    person, elsewhere, code = with_password(unit, personnel)
    phone, page = come_in(person, code)
    assert f"{OTHERS} 1 perangkat lain" in page and 'action="/akun/perangkat/"' in page
    assert is_in(elsewhere), "who holds a slip throws nobody out by using it"
    assert (
        "sudah keluar dari semua perangkat lain" in phone.post("/akun/perangkat/", follow=True).text
    )
    assert is_in(phone) and not is_in(elsewhere)
    assert OTHERS not in phone.get(reverse("people:welcome")).text


def test_the_new_password_after_a_slip_signs_the_others_out(unit: Unit, personnel: Account) -> None:
    person, elsewhere, code = with_password(unit, personnel)
    phone, _page = come_in(person, code)
    words = "empat-kata-yang-lebih-baik"
    phone.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    assert is_in(phone) and not is_in(elsewhere)


def test_a_first_slip_speaks_of_no_other_device(unit: Unit, personnel: Account) -> None:
    person = make_person(unit)
    (issued,) = claiming.issue_for(actor=personnel, person_ids=[person.pk], now=timezone.now())
    assert OTHERS not in come_in(person, issued.code)[1]


@pytest.mark.browser
def test_the_page_that_says_so_is_accessible(
    unit: Unit, personnel: Account, browser: Browser, axe: Callable[[Page], list[str]]
) -> None:
    person, _elsewhere, code = with_password(unit, personnel)
    phone, screen = come_in(person, code)[0], Screen(browser, axe)
    try:
        assert not screen.show(phone.get(reverse("people:welcome")))
    finally:
        screen.close()


@pytest.mark.parametrize("mark", [" ", ".", "-", " . "])
def test_numbers_are_read_however_they_are_spaced(
    unit: Unit, personnel: Account, mark: str
) -> None:
    person = make_person(unit, number="198501012010012345")
    (issued,) = claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())
    typed = mark.join(["19850101", "201001", "2", "345"])
    answer = Client().post("/aktivasi/", {"identifier": typed, "code": issued.code})
    assert answer.status_code == 302


@pytest.mark.parametrize("typed", ["n64-7k3m9q2", "N64 7K3 M9Q2", "N64.7K3M9Q2", "n647k3m9q2"])
def test_a_local_id_too(unit: Unit, typed: str) -> None:
    from netral.people.folding import is_local_id
    from netral.people.queries.accounts import clean_identifier

    good = next(
        f"N64-7K3M9Q{last}"
        for last in "23456789ACDEFGHJKMNPQRTUVWXYZ"
        if is_local_id(f"N64-7K3M9Q{last}")
    )
    assert clean_identifier(typed[:-1] + good[-1]) == good
