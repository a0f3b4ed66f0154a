from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from netral.people import signin
from netral.people.models import (
    Account,
    ClaimCode,
    Government,
    KnownDevice,
    Person,
    SignIn,
    Unit,
)
from netral.people.services import accounts as account_services
from netral.people.services import claiming
from tests.people.accounts.factories import SEED, make_account, make_government, make_person
from tests.people.accounts.sessions import sign_in


@pytest.fixture
def person(unit: Unit) -> Person:
    return make_person(unit, name="Rina Hasanah")


@pytest.fixture
def code(personnel: Account, person: Person) -> str:
    issued = claiming.issue_codes(actor=personnel, people=[person], now=timezone.now())
    return issued[0].code


def test_scanning_shows_the_name_and_uses_nothing_up(
    client: Client, code: str, person: Person
) -> None:
    for _look in range(3):
        page = client.get("/aktivasi/", {"k": code})
        assert page.status_code == 200
        assert "Rina Hasanah" in page.content.decode()
    assert not Account.objects.filter(person=person).exists()
    assert page["Cache-Control"] == "private, no-store"


def test_one_press_after_scanning_signs_in(client: Client, code: str, person: Person) -> None:
    client.get("/aktivasi/", {"k": code})
    answer = client.post("/aktivasi/", {"scanned": "1", "code": code})
    assert answer.status_code == 302
    assert answer["Location"] == "/aktivasi/selesai/"
    account = Account.objects.get(person=person)
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.get("/aktivasi/selesai/").status_code == 200
    assert SignIn.objects.get(account=account).method == SignIn.Method.SLIP


def test_typing_number_and_code_signs_in(client: Client, code: str, person: Person) -> None:
    typed = {"identifier": person.number, "code": code.lower()}
    assert client.post("/aktivasi/", typed).status_code == 302


def test_problems_stand_beside_the_field(client: Client, code: str, person: Person) -> None:
    short = client.post("/aktivasi/", {"identifier": person.number, "code": "7K3M"})
    assert "dua belas huruf dan angka" in short.content.decode()
    wrong = client.post("/aktivasi/", {"identifier": "199001012020011001", "code": code})
    assert "bukan dari slip yang sama" in wrong.content.decode()
    assert "_auth_user_id" not in client.session
    used = client.post("/aktivasi/", {"identifier": person.number, "code": code})
    assert used.status_code == 302
    again = Client().post("/aktivasi/", {"identifier": person.number, "code": code})
    assert "sudah dipakai" in again.content.decode()


def test_the_session_key_is_new_after_claiming(client: Client, code: str) -> None:
    """Session fixation: whoever planted a session cookie on the phone does not get in."""
    client.session["planted"] = "yes"
    session = client.session
    session["planted"] = "yes"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/saya/").status_code == 302


def test_the_ceremony_sign_in_changes_the_session_key_and_hashes_nothing(
    rf: object, client: Client, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = client.session
    session.save()
    planted = session.session_key

    def no_hash(*arguments: object, **named: object) -> None:
        raise AssertionError("a password was hashed on the way through a ceremony")

    monkeypatch.setattr("django.contrib.auth.hashers.MD5PasswordHasher.encode", no_hash)
    monkeypatch.setattr("django.contrib.auth.hashers.Argon2PasswordHasher.encode", no_hash)
    account = claiming.claim_with_code(code=code, now=timezone.now())
    request = rf.post("/")  # type: ignore[attr-defined]
    request.session = session
    request.user = None
    signin.sign_in_at_ceremony(request, account)
    assert request.session.session_key != planted
    assert [sign_in.method for sign_in in account.sign_ins.all()] == ["slip"]


def test_after_claiming_a_password_can_be_set_and_used(
    client: Client, code: str, person: Person
) -> None:
    client.get("/aktivasi/", {"k": code})
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    weak = client.post("/akun/kata-sandi/baru/", {"password": "12345678901", "again": "x"})
    assert weak.status_code == 200
    for own in (person.full_name.lower(), person.number):
        answer = client.post("/akun/kata-sandi/baru/", {"password": own, "again": own})
        assert answer.status_code == 200
        assert "mirip" in answer.content.decode()
    words = "hujan-kapal-jendela"
    saved = client.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    assert saved.status_code == 302
    assert client.get(saved["Location"])["Location"] == "/saya/"
    other = Client()
    answer = other.post("/akun/masuk/", {"login": person.number, "password": words})
    assert answer.status_code == 302
    assert other.get("/saya/").status_code == 200


def test_a_first_officer_goes_on_to_the_second_step_after_the_password(
    client: Client, government: Government
) -> None:
    made = account_services.create_first_administrator(
        name="Ratna", username="ratna", government=government, now=timezone.now()
    )
    client.post("/aktivasi/", {"scanned": "1", "code": made.code})
    words = {"password": "hujan-kapal-jendela", "again": "hujan-kapal-jendela"}
    answer = client.post("/akun/kata-sandi/baru/", words, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/akun/langkah-kedua/")


def test_a_new_slip_resets_a_forgotten_password_and_ends_other_sessions(
    client: Client, code: str, person: Person
) -> None:
    account = make_account(person, "kata-sandi-lama-1")
    elsewhere = sign_in(Client(), account, second_factor=False)
    assert elsewhere.get("/saya/").status_code == 200
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    words = "baru-sekali-dan-panjang"
    client.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    account.refresh_from_db()
    assert account.check_password(words)
    assert elsewhere.get("/saya/").status_code == 302
    assert client.get("/saya/").status_code == 200


def test_a_slip_does_not_get_round_the_second_factor(
    client: Client, code: str, person: Person
) -> None:
    account = make_account(person, "kata-sandi-lama-1")
    account_services.set_up_authenticator_app(account=account, secret=SEED)
    answer = client.post("/aktivasi/", {"scanned": "1", "code": code})
    assert answer["Location"].startswith("/akun/masuk/langkah-kedua/")
    assert "_auth_user_id" not in client.session
    words = "baru-sekali-dan-panjang"
    client.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    account.refresh_from_db()
    assert account.check_password("kata-sandi-lama-1")


def test_a_session_from_long_ago_cannot_set_a_password_without_the_old_one(
    client: Client, person: Person
) -> None:
    account = make_account(person, "kata-sandi-lama-1")
    sign_in(client, account, second_factor=False)
    session = client.session
    old = (timezone.now() - timedelta(hours=2)).timestamp()
    session["account_authentication_methods"] = [{"method": "slip", "at": old}]
    session.save()
    assert client.get("/akun/kata-sandi/baru/").status_code == 403


def test_claiming_marks_the_browser_and_sign_in_remembers_it(
    client: Client, code: str, person: Person
) -> None:
    client.get("/aktivasi/", {"k": code})
    assert client.cookies["perangkat"]["httponly"]
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    assert KnownDevice.objects.filter(account__person=person).count() == 1


def test_a_forged_device_cookie_is_no_device(client: Client, code: str, person: Person) -> None:
    client.cookies["perangkat"] = "forged:signature"
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    assert ClaimCode.objects.get(person=person).used_device == ""


def test_the_page_says_how_long_to_wait_after_too_many_wrong_codes(
    client: Client, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("netral.people.services.throttling.FREE_PER_ADDRESS", 2)
    for _turn in range(2):
        assert client.get("/aktivasi/", {"k": "000000000000"}).status_code == 200
    waiting = client.get("/aktivasi/", {"k": "000000000000"})
    assert waiting.status_code == 429
    assert int(waiting["Retry-After"]) > 0
    assert client.get("/aktivasi/", {"k": code}).status_code == 200


def test_nothing_of_the_code_reaches_the_logs(
    client: Client, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client.get("/aktivasi/", {"k": code})
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    printed = capsys.readouterr()
    assert code not in printed.out + printed.err
    assert not re.search(r"k=[0-9A-Z]{12}", printed.err)


def test_signing_out_without_a_password_is_asked_first(client: Client, code: str) -> None:
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    asked = client.post("/akun/keluar/")
    assert "Anda belum membuat kata sandi" in asked.content.decode()
    assert "/akun/kata-sandi/baru/" in asked.content.decode()
    assert client.get("/saya/").status_code == 200, "still signed in"
    left = client.post("/akun/keluar/", {"sure": "1"}, follow=True)
    assert "Anda sudah keluar" in left.content.decode()
    assert client.get("/saya/").status_code == 302


def test_with_a_password_one_press_signs_out(client: Client, code: str) -> None:
    client.post("/aktivasi/", {"scanned": "1", "code": code})
    words = "hujan-kapal-jendela"
    client.post("/akun/kata-sandi/baru/", {"password": words, "again": words})
    assert "Anda sudah keluar" in client.post("/akun/keluar/", follow=True).content.decode()


def test_the_front_page_names_the_only_government(client: Client, person: Person) -> None:
    page = client.get("/").content.decode()
    assert str(person.government) in page
    assert "non-ASN" in page
    other = make_government("Kota Lain")
    page = client.get("/").content.decode()
    assert str(person.government) not in page
    assert str(other) not in page


def test_the_example_of_a_code_stays_on_one_line(client: Client, db: None) -> None:
    page = client.get("/aktivasi/").content.decode()
    assert "7K3M\u20119Q2X\u2011HB4T" in page
    assert "kode membuktikan" in page
