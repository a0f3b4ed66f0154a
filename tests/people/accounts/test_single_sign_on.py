"""Against a real provider in a process of its own, over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx
import pytest
from django.http import HttpResponse
from django.test import Client

from netral.people.models import Account, Government, SignIn, Unit
from netral.people.services import accounts
from tests.contracts.showing import Screen
from tests.people.accounts.factories import (
    SEED,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)
from tests.ports import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NUMBER = "198501012010011001"
PEOPLE = {
    "rina": {"sub": "rina", "nip": NUMBER, "name": "Rina"},
    "spaced": {"sub": "spaced", "nip": "19850101 201001 1 001"},
    "unknown": {"sub": "unknown", "nip": "199912312020121999"},
    "without": {"sub": "without"},
}
CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    command = [str(Path(sys.executable).with_name("oidc-provider-mock")), "--port", str(port)]
    for claims in PEOPLE.values():
        command += ["--user-claims", json.dumps(claims)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    for _turn in range(150):
        try:
            httpx.get(f"{address}/.well-known/openid-configuration", timeout=2).raise_for_status()
            break
        except httpx.HTTPError:
            time.sleep(0.2)
    else:
        process.kill()
        pytest.fail("the provider did not start")
    yield address
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def configured(provider: str, settings: Any) -> None:
    settings.OIDC_ISSUER = provider
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "SSO ASN",
                    "client_id": "netral",
                    "secret": "secret",
                    "settings": {"server_url": provider},
                }
            ],
        }
    }


@pytest.fixture
def come_in(client: Client, configured: None) -> Callable[[str], HttpResponse]:
    def go(who: str) -> HttpResponse:
        started = client.post("/akun/sso/sso/?process=login")
        assert started.status_code == 302
        answer = httpx.post(started["Location"], data={"sub": who}, timeout=10)
        assert answer.status_code == 302, answer.text
        back = urlsplit(answer.headers["location"])
        assert back.path == "/akun/sso/sso/kembali/"
        return client.get(f"{back.path}?{back.query}")

    return go


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_the_first_sign_in_opens_the_account_of_the_person(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    person = make_person(unit, number=NUMBER)
    assert come_in("rina").status_code == 302
    account = Account.objects.get(person=person)
    assert account.username == NUMBER
    assert not account.has_usable_password()
    assert signed_in_as(client) == str(account.pk)
    assert SignIn.objects.get(account=account).method == SignIn.Method.SINGLE_SIGN_ON


def test_the_second_sign_in_finds_it_again(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    account = make_account(make_person(unit, number=NUMBER))
    for _turn in range(2):
        assert come_in("spaced").status_code == 302
        assert signed_in_as(client) == str(account.pk)
        client.post("/akun/keluar/")
    assert Account.objects.count() == 1


def test_an_unknown_number_gets_a_clear_answer(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    answer = come_in("unknown")
    assert answer.status_code == 403
    assert "199912312020121999" in answer.content.decode()
    assert "pengelola kepegawaian" in answer.content.decode()
    assert signed_in_as(client) is None
    assert not Account.objects.exists()


@pytest.mark.browser
def test_a_refusal_of_the_provider_is_an_accessible_page(
    come_in: Callable[[str], HttpResponse],
    browser: Browser,
    axe: Callable[[Page], list[str]],
    unit: Unit,
) -> None:
    screen = Screen(browser, axe)
    for who in ("unknown", "without"):
        assert not screen.show(come_in(who))
    screen.close()


def test_a_provider_that_names_no_number_lets_nobody_in(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    make_account(make_person(unit, number=NUMBER))
    answer = come_in("without")
    assert answer.status_code == 403
    assert signed_in_as(client) is None


def test_a_number_in_two_governments_is_not_guessed(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    make_person(unit, number=NUMBER)
    make_person(make_unit(make_government("Kota Lain")), number=NUMBER)
    assert come_in("rina").status_code == 403
    assert signed_in_as(client) is None


def test_a_closed_account_stays_closed(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    make_account(make_person(unit, number=NUMBER))
    Account.objects.update(is_active=False)
    assert come_in("rina").status_code == 403
    assert signed_in_as(client) is None


def test_an_identity_whose_number_changed_follows_the_number(
    come_in: Callable[[str], HttpResponse], client: Client, unit: Unit
) -> None:
    first = make_account(make_person(unit, number=NUMBER))
    come_in("rina")
    client.post("/akun/keluar/")
    first.username = "dahulu"
    first.save()
    first.person.number = "198501012010011999"  # type: ignore[union-attr]
    first.person.save()  # type: ignore[union-attr]
    second = make_account(make_person(unit, number=NUMBER))
    come_in("rina")
    assert signed_in_as(client) == str(second.pk)


def test_an_officer_still_shows_the_second_factor(
    come_in: Callable[[str], HttpResponse], client: Client, government: Government
) -> None:
    officer = make_officer("personnel", government)
    officer.person.number = NUMBER  # type: ignore[union-attr]
    officer.person.save()  # type: ignore[union-attr]
    accounts.set_up_authenticator_app(account=officer, secret=SEED)
    answer = come_in("rina")
    assert answer["Location"].startswith("/akun/masuk/langkah-kedua/")
    assert signed_in_as(client) is None


def test_the_sign_in_page_offers_it_only_when_configured(
    client: Client, db: None, request: pytest.FixtureRequest
) -> None:
    assert "SSO ASN" not in client.get("/akun/masuk/").content.decode()
    assert client.post("/akun/sso/sso/").status_code == 404
    request.getfixturevalue("configured")
    assert "SSO ASN" in client.get("/akun/masuk/").content.decode()


def test_the_environment_alone_configures_it() -> None:
    program = (
        "import json, netral.project.settings as s;"
        "app = s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0];"
        "print(json.dumps([app['settings'], app['client_id'], s.OIDC_NUMBER_CLAIM]))"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("NETRAL_")},
        "NETRAL_ENV_FILE": os.devnull,
        "NETRAL_OIDC_ISSUER": "https://sso.example.go.id",
        "NETRAL_OIDC_CLIENT_ID": "netral",
        "NETRAL_OIDC_SECRET": "s",
        "NETRAL_OIDC_NUMBER_CLAIM": "employee_number",
        "PYTHONPATH": str(CHECKOUT / "src"),
    }
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [
        {"server_url": "https://sso.example.go.id"},
        "netral",
        "employee_number",
    ]
