"""A slip for somebody who needs none: the officer is warned before, its owner told after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from netral.people.models import Account, ClaimCode, SlipBatch, Unit
from netral.people.services import claiming
from tests.contracts.showing import Screen
from tests.people.accounts.factories import make_account, make_person
from tests.people.accounts.sessions import sign_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PASSWORD = "kata-sandi-yang-panjang"
ALONE, TOLD = "dapat masuk sendiri", "mencetak slip untuk Anda"


@pytest.fixture(autouse=True)
def _own_folder(settings: object, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]


@pytest.fixture
def owner(unit: Unit) -> Account:
    return make_account(make_person(unit, name="Rina Hasanah"), password=PASSWORD)


def page_of(account: Account) -> str:
    return sign_in(Client(), account, second_factor=False).get("/saya/").text


def print_slip(actor: Account | None, account: Account) -> str:
    assert account.person_id
    now, people = timezone.now(), [account.person_id]
    return claiming.issue_for(actor=actor, person_ids=people, now=now)[0].code


def test_the_officer_reads_it_before_one_slip_is_printed(
    officer_client: Client, unit: Unit, owner: Account
) -> None:
    page = officer_client.get(f"/slip/pegawai/{owner.person_id}/").text
    assert f"Rina Hasanah {ALONE}" in page
    stuck = make_account(make_person(unit))
    for person in (stuck.person, make_person(unit)):
        assert person is not None
        assert ALONE not in officer_client.get(f"/slip/pegawai/{person.pk}/").text


def test_the_officer_reads_how_many_before_a_batch_is_made(
    officer_client: Client, unit: Unit, owner: Account
) -> None:
    make_account(make_person(unit))
    chosen = {"unit_choice": str(unit.pk), "whom": "all"}
    asked = officer_client.post("/slip/", chosen).text
    assert f"1 orang dalam pilihan ini {ALONE}" in asked
    assert 'name="opening" value="1"' in asked and "slip yang masih berlaku" not in asked
    assert ALONE in officer_client.post("/slip/", {**chosen, "opening": "0"}).text
    assert not SlipBatch.objects.exists()
    assert officer_client.post("/slip/", {**chosen, "whom": "stuck"}).status_code == 302
    assert officer_client.post("/slip/", {**chosen, "opening": "1"}).status_code == 302


def test_the_owner_reads_who_printed_it_and_whether_it_was_used(
    personnel: Account, owner: Account
) -> None:
    assert TOLD not in page_of(owner)
    code = print_slip(personnel, owner)
    page = page_of(owner)
    assert f"{personnel.name} {TOLD}" in page and "Slip itu belum dipakai" in page
    claiming.claim_with_code(code=code, now=timezone.now())
    page = page_of(owner)
    assert TOLD in page and "Slip itu dipakai pada" in page and "belum dipakai" not in page
    assert "ganti kata sandi Anda" in page
    owner.set_unusable_password()
    owner.save()
    assert "Bila bukan oleh Anda: buat kata sandi" in page_of(owner)
    own = sign_in(Client(), owner, second_factor=False)
    assert personnel.name in own.get("/saya/data/").text
    ClaimCode.objects.update(used_at=timezone.now() - timedelta(days=61))
    assert TOLD not in page_of(owner)


def test_a_slip_replaced_or_run_out_worries_nobody(personnel: Account, owner: Account) -> None:
    print_slip(personnel, owner)
    print_slip(None, owner)
    page = page_of(owner)
    assert TOLD not in page and "Slip untuk Anda dibuat di server" in page
    ClaimCode.objects.update(expires_at=timezone.now())
    assert "lip untuk Anda" not in page_of(owner)


def test_the_slip_with_which_one_came_is_no_news(personnel: Account, unit: Unit) -> None:
    person = make_person(unit)
    (issued,) = claiming.issue_for(actor=personnel, person_ids=[person.pk], now=timezone.now())
    assert TOLD not in page_of(claiming.claim_with_code(code=issued.code, now=timezone.now()))


@pytest.mark.browser
def test_warning_and_line_are_accessible(
    officer_client: Client,
    personnel: Account,
    owner: Account,
    browser: Browser,
    axe: Callable[[Page], list[str]],
) -> None:
    screen = Screen(browser, axe)
    try:
        assert not screen.show(officer_client.get(f"/slip/pegawai/{owner.person_id}/"))
        whole = {"unit_choice": "", "whom": "all"}
        assert not screen.show(officer_client.post("/slip/", whole))
        print_slip(personnel, owner)
        assert not screen.show(sign_in(Client(), owner, second_factor=False).get("/saya/"))
    finally:
        screen.close()
