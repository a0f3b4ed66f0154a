"""Passkeys in a real Chromium with a virtual authenticator (WebAuthn through the CDP)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from netral.people.models import Account, SignIn
from netral.people.services import claiming
from tests.people.accounts.factories import (
    make_government,
    make_officer,
    make_person,
    make_unit,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def put_authenticator(page: Any) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def code_for(person: Any) -> str:
    from django.utils import timezone

    return claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())[0].code


def claim(page: Any, person: Any) -> None:
    page.goto(f"/aktivasi/?k={code_for(person)}")
    page.get_by_role("button", name="Ya, aktifkan akun saya").click()
    page.wait_for_url("**/aktivasi/selesai/")


def make_passkey(page: Any) -> None:
    page.get_by_role("link", name="Pakai sidik jari").click()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/kode-pemulihan/")


def test_claim_make_a_passkey_and_come_in_with_it(
    new_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    person = make_person(make_unit(make_government()))
    page = new_page("phone")
    put_authenticator(page)
    claim(page, person)
    assert axe(page) == []
    make_passkey(page)
    account = Account.objects.get(person=person)
    assert Authenticator.objects.filter(user=account, type="webauthn").count() == 1
    page.goto(reverse("mfa_reauthenticate_webauthn"))
    assert page.get_by_role("heading", level=1).count() == 1
    assert axe(page) == []
    page.context.clear_cookies()
    page.goto("/akun/masuk/")
    assert axe(page) == []
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url("**/saya/")
    assert page.get_by_role("heading", level=1).inner_text() == person.full_name
    assert SignIn.objects.filter(account=account, method=SignIn.Method.PASSKEY).exists()


def test_an_officers_passkey_is_the_second_factor(new_page: Callable[..., Any]) -> None:
    government = make_government()
    officer = make_officer("personnel", government)
    page = new_page("desk")
    put_authenticator(page)
    claim(page, officer.person)
    page.goto("/permintaan-data/")
    assert "/akun/langkah-kedua/" in page.url
    page.get_by_role("link", name="Pakai sidik jari").click()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/kode-pemulihan/")
    page.goto("/permintaan-data/")
    assert page.get_by_role("heading", level=1).inner_text() == "Permintaan tentang data pribadi"


def test_who_turns_the_passkey_down_is_told_and_can_try_again(
    new_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    page = new_page("phone")
    claim(page, make_person(make_unit(make_government())))
    page.get_by_role("link", name="Pakai sidik jari").click()
    remark = page.get_by_text("Kunci sandi tidak jadi dipakai")
    assert not remark.is_visible()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(Error('no')); }")
    page.get_by_role("button", name="Buat kunci sandi").click()
    remark.wait_for()
    assert axe(page) == []
    put_authenticator(page)
    page.reload()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/kode-pemulihan/")


def test_a_passkey_s_button_waits_for_its_script(new_page: Callable[..., Any]) -> None:
    """On a slow line the page is there before the script: a press then would be lost."""
    page, held = new_page("phone"), []
    page.route("**/webauthn.js", lambda route: held.append(route))
    page.goto("/akun/masuk/", wait_until="commit")
    button = page.get_by_role("button", name="kunci sandi")
    button.wait_for()
    assert button.is_disabled()
    held[0].continue_()
    page.wait_for_function("() => !document.querySelector('[data-passkey-button]').disabled")


def test_without_java_script_the_slip_and_a_password_suffice(new_page: Callable[..., Any]) -> None:
    person = make_person(make_unit(make_government()))
    page = new_page("phone", java_script_enabled=False)
    claim(page, person)
    page.get_by_role("link", name="Buat kata sandi").click()
    page.get_by_label("Kata sandi baru", exact=True).fill("hujan-kapal-jendela")
    page.get_by_label("Kata sandi baru, sekali lagi").fill("hujan-kapal-jendela")
    page.get_by_role("button", name="Simpan kata sandi").click()
    page.wait_for_url("**/saya/")
    page.context.clear_cookies()
    page.goto("/akun/masuk/")
    page.get_by_label("Nomor pegawai atau nama akun").fill(person.number)
    page.get_by_label("Kata sandi").fill("hujan-kapal-jendela")
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/saya/")
