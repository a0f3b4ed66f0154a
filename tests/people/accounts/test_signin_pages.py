from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from netral.people.models import Account, Government, KnownDevice, Unit
from netral.people.services import accounts as account_services
from netral.people.services import throttling
from tests.people.accounts.factories import SEED, make_account, make_officer, make_person
from tests.people.accounts.sessions import sign_in

PASSWORD = "hujan-kapal-jendela"


@pytest.fixture
def staff(unit: Unit) -> Account:
    return make_account(make_person(unit), PASSWORD)


def totp_now(steps_ago: int = 0) -> str:
    return format_hotp_value(hotp_value(SEED, int(time.time()) // 30 - steps_ago))


def type_in(client: Client, account: Account, password: str) -> Any:
    return client.post("/akun/masuk/", {"login": account.username, "password": password})


def test_number_and_password_sign_in(client: Client, staff: Account) -> None:
    spaced = f"{staff.username[:8]} {staff.username[8:]}"
    answer = client.post("/akun/masuk/", {"login": spaced, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/").headers["Location"] == "/saya/"


def test_a_wrong_password_says_what_to_do(client: Client, staff: Account) -> None:
    page = type_in(client, staff, "salah-sekali-lagi").content.decode()
    assert "tidak cocok" in page
    nobody = client.post("/akun/masuk/", {"login": "199999999999999999", "password": "x"})
    assert "tidak cocok" in nobody.content.decode()


def test_guessing_waits_with_a_figure_and_the_known_browser_still_comes_in(
    client: Client, staff: Account
) -> None:
    client.get("/akun/masuk/")
    type_in(client, staff, PASSWORD)
    client.post("/akun/keluar/")
    assert KnownDevice.objects.filter(account=staff).count() == 1
    guesser = Client(REMOTE_ADDR="198.51.100.9")
    for _turn in range(throttling.FREE):
        type_in(guesser, staff, "salah-sekali-lagi")
    waiting = type_in(guesser, staff, PASSWORD).content.decode()
    assert "coba lagi dalam" in waiting
    assert "_auth_user_id" not in guesser.session
    assert type_in(client, staff, PASSWORD).status_code == 302


def test_signing_in_changes_the_session_key(client: Client, staff: Account) -> None:
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    type_in(client, staff, PASSWORD)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/saya/").status_code == 302


def test_a_closed_account_does_not_come_in(client: Client, staff: Account) -> None:
    Account.objects.update(is_active=False)
    answer = type_in(client, staff, PASSWORD)
    assert answer["Location"] == "/akun/ditutup/"
    assert "_auth_user_id" not in client.session


def test_next_never_leads_elsewhere(client: Client, staff: Account) -> None:
    login = {"login": staff.username, "password": PASSWORD, "next": "https://example.org/"}
    assert "example.org" not in client.post("/akun/masuk/", login)["Location"]
    sign_in(client, staff, second_factor=True)
    away = client.get("/akun/langkah-kedua/", {"next": "//example.org/"})
    assert away["Location"] == "/"


def test_an_officer_without_a_second_factor_is_led_to_it(
    client: Client, government: Government
) -> None:
    officer = make_officer("personnel", government, password=PASSWORD)
    type_in(client, officer, PASSWORD)
    answer = client.get("/permintaan-data/")
    assert answer.status_code == 302
    assert answer["Location"] == "/akun/langkah-kedua/?next=%2Fpermintaan-data%2F"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    assert "autentikator" in page.content.decode()
    assert client.get("/saya/").status_code == 200


def set_up_app(client: Client) -> str:
    """Through the pages, as an officer does it; returns the secret shown."""
    page = client.get("/akun/keamanan/aplikasi/pasang/")
    if page.status_code == 302:
        client.post(page["Location"], {"password": PASSWORD})
        page = client.get("/akun/keamanan/aplikasi/pasang/")
    secret: str = page.context["form"].secret
    assert 'href="otpauth://totp/' in page.text, "on the phone that should scan itself"
    assert f"{secret[:4]} {secret[4:8]} " in page.text
    return secret


def test_setting_up_the_app_opens_the_officers_pages_at_once(
    client: Client, government: Government
) -> None:
    officer = make_officer("personnel", government, password=PASSWORD)
    type_in(client, officer, PASSWORD)
    secret = set_up_app(client)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    answer = client.post("/akun/keamanan/aplikasi/pasang/", {"code": code})
    assert answer["Location"] == "/akun/keamanan/kode-pemulihan/"
    assert client.get(answer["Location"]).status_code == 200
    assert client.get("/permintaan-data/").status_code == 200


def test_the_secret_is_kept_encrypted(client: Client, government: Government) -> None:
    officer = make_officer("personnel", government)
    account_services.set_up_authenticator_app(account=officer, secret=SEED)
    kept = Authenticator.objects.get(user=officer)
    assert SEED not in str(kept.data)


def test_at_sign_in_the_code_is_asked_and_counted(client: Client, government: Government) -> None:
    officer = make_officer("personnel", government, password=PASSWORD)
    account_services.set_up_authenticator_app(account=officer, secret=SEED)
    answer = type_in(client, officer, PASSWORD)
    assert answer["Location"].startswith("/akun/masuk/langkah-kedua/")
    assert "_auth_user_id" not in client.session
    wrong = client.post("/akun/masuk/langkah-kedua/", {"code": "000000"})
    assert "tidak cocok" in wrong.content.decode()
    right = client.post("/akun/masuk/langkah-kedua/", {"code": totp_now()})
    assert right.status_code == 302
    assert client.get("/permintaan-data/").status_code == 200


def test_guessing_the_second_factor_is_stopped_also_with_the_right_code(
    client: Client, government: Government
) -> None:
    officer = make_officer("personnel", government, password=PASSWORD)
    account_services.set_up_authenticator_app(account=officer, secret=SEED)
    type_in(client, officer, PASSWORD)
    for _turn in range(5):
        client.post("/akun/masuk/langkah-kedua/", {"code": "000000"})
    late = client.post("/akun/masuk/langkah-kedua/", {"code": totp_now()})
    assert "Terlalu banyak kode yang keliru" in late.content.decode()
    assert "_auth_user_id" not in client.session
    elsewhere = Client()
    type_in(elsewhere, officer, PASSWORD)
    elsewhere.post("/akun/masuk/langkah-kedua/", {"code": totp_now()})
    assert "_auth_user_id" not in elsewhere.session, "counted by account, not by browser"
    colleague = make_officer("personnel", government, password=PASSWORD)
    account_services.set_up_authenticator_app(account=colleague, secret=SEED)
    beside = Client()
    type_in(beside, colleague, PASSWORD)
    beside.post("/akun/masuk/langkah-kedua/", {"code": totp_now()})
    assert beside.session["_auth_user_id"] == str(colleague.pk), "and nobody else waits for it"


def test_a_session_without_the_second_factor_cannot_remove_it(
    client: Client, government: Government
) -> None:
    officer = make_officer("personnel", government, password=PASSWORD)
    account_services.set_up_authenticator_app(account=officer, secret=SEED)
    sign_in(client, officer, second_factor=False)
    for address in (
        "/akun/keamanan/",
        "/akun/keamanan/aplikasi/lepas/",
        "/akun/keamanan/kode-pemulihan/",
        "/akun/keamanan/kunci-sandi/baru/",
        "/akun/kata-sandi/",
    ):
        answer = client.get(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/akun/langkah-kedua/"), address
    led = client.get("/akun/langkah-kedua/")
    assert led["Location"].startswith("/akun/pastikan/kode/")
    client.post("/akun/pastikan/kode/", {"code": totp_now()})
    assert client.get("/akun/keamanan/").status_code == 200


def test_signing_out_everywhere_else_ends_the_other_session(staff: Account) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        client.get("/akun/masuk/")
        type_in(client, staff, PASSWORD)
    assert "2" in str(len(here.get("/akun/perangkat/").context["sessions"]))
    here.post("/akun/perangkat/")
    assert there.get("/saya/").status_code == 302
    assert here.get("/saya/").status_code == 200
    assert not KnownDevice.objects.filter(account=staff).exists()


def test_changing_the_password_signs_out_everywhere(client: Client, staff: Account) -> None:
    elsewhere = sign_in(Client(), staff, second_factor=False)
    type_in(client, staff, PASSWORD)
    words = "jendela-kapal-hujan"
    changed = client.post(
        "/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": words, "password2": words}
    )
    assert changed.status_code == 302
    assert elsewhere.get("/saya/").status_code == 302
    assert type_in(Client(), staff, words).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_set_password",
        "account_confirm_email",
        "socialaccount_signup",
        "socialaccount_connections",
        "usersessions_list",
    ],
)
def test_what_is_not_used_is_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_page_of_allauth_wears_our_frame(client: Client, staff: Account) -> None:
    """No page of the library in its own dress: each has our header and one heading."""
    sign_in(client, staff, second_factor=True)
    plain = [
        pattern.name
        for pattern in get_resolver("netral.people.signin_urls").url_patterns
        if "<" not in str(pattern.pattern) and pattern.name != "mfa_recovery_codes_download"
    ]
    seen = 0
    for name in plain:
        for visitor in (client, Client()):
            answer = visitor.get(reverse(name))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                page = answer.content.decode()
                assert page.count("<h1>") == 1, name
                assert 'class="brand"' in page, name
                seen += 1
    assert seen >= 10


def test_a_passkeys_address_cannot_be_guessed(client: Client, staff: Account) -> None:
    key = Authenticator.objects.create(
        user=staff, type=Authenticator.Type.WEBAUTHN, data={"name": "Ponsel"}
    )
    address = reverse("mfa_remove_webauthn", kwargs={"pk": key.pk})
    sign_in(client, staff, second_factor=True)
    assert client.get(f"/akun/keamanan/kunci-sandi/{key.pk}/hapus/").status_code == 404
    assert f"/{key.pk}/" not in address


@pytest.mark.parametrize(("steps_ago", "status"), [(-1, 302), (3, 200), (-3, 200)])
def test_a_phone_half_a_minute_off_still_shows_a_good_code(
    client: Client, government: Government, steps_ago: int, status: int
) -> None:
    officer = make_officer("personnel", government, password=PASSWORD)
    account_services.set_up_authenticator_app(account=officer, secret=SEED)
    type_in(client, officer, PASSWORD)
    answer = client.post("/akun/masuk/langkah-kedua/", {"code": totp_now(steps_ago)})
    assert answer.status_code == status
