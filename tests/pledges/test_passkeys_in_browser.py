"""The sign page with a passkey, in a real Chromium with a virtual authenticator."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from netral.people.models import Person
from netral.pledges.models import Signature
from netral.tlog.assertions import Assertion, check
from tests.people.accounts.test_passkeys import code_for, put_authenticator
from tests.people.register.factories import make_person
from tests.pledges.factories import Hall
from tests.pledges.keys import take
from tests.pledges.test_signing_without_network import (
    BUTTON,
    KEPT,
    WAITS,
    come_back,
    opened_by,
    press_without_network,
)
from tests.pledges.test_signing_without_network import hall as hall

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[["Page"], list[str]]


@pytest.fixture
def strict(hall: Hall) -> Hall:
    take(hall, "passkey")
    return hall


def somebody(hall: Hall) -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")


def make_passkey(page: Page) -> None:
    """From the sign page to the page of passkeys and back."""
    page.get_by_role("link", name="Buat kunci sandi").click()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/i/*")


@pytest.fixture
def page(strict: Hall, new_page: Callable[..., Page], axe: Axe) -> Page:
    """A phone with a new passkey and the sign page open."""
    page = new_page("phone")
    put_authenticator(page)
    opened_by(page, strict, somebody(strict))
    assert axe(page) == []
    assert not page.get_by_role("button", name=BUTTON).is_visible()
    make_passkey(page)
    return page


def assert_proved(kept: Signature, page: Page) -> Assertion:
    assert kept.evidence == "passkey"
    assertion = Assertion.parse(kept.assertion)
    facts = {"ceremony": str(kept.ceremony_id), "person": str(kept.person_id)}
    origin = check(assertion, {**facts, "wording": kept.wording_digest})
    assert origin == page.evaluate("location.origin")
    return assertion


def test_the_phone_signs_by_itself(page: Page, axe: Axe) -> None:
    assert page.get_by_text("ponsel meminta sidik jari").is_visible()
    assert axe(page) == []
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    kept = Signature.objects.get()
    assertion = assert_proved(kept, page)
    assert int(kept.signed_at.timestamp() * 1000) == assertion.pressed
    assert page.get_by_text("Kunci sandi (sidik jari").is_visible()
    assert axe(page) == []
    assert page.evaluate(KEPT) is None


def test_without_a_network_the_phone_signs_keeps_and_sends_later(page: Page) -> None:
    press_without_network(page)
    pressed_by = timezone.now()
    assert "Siti" not in page.evaluate(KEPT)
    assert not Signature.objects.exists()
    page.wait_for_timeout(500)
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/tanda/*/")
    kept = Signature.objects.get()
    assert_proved(kept, page)
    assert kept.signed_at <= pressed_by < kept.recorded_at
    assert page.evaluate(KEPT) is None


def test_opened_again_without_a_network_it_goes_on_sending_what_was_signed(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    press_without_network(page)
    page.reload()
    page.get_by_text(WAITS).wait_for()
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/tanda/**")
    assert_proved(Signature.objects.get(), page)


def test_who_turns_the_phone_down_has_signed_nothing_and_can_try_again(
    page: Page, axe: Axe
) -> None:
    page.evaluate(
        """() => {
            const ask = navigator.credentials.get.bind(navigator.credentials);
            let asked = 0;
            navigator.credentials.get = (options) =>
                asked++ ? ask(options) : Promise.reject(new DOMException("", "NotAllowedError"));
        }"""
    )
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text("belum ada yang ditandatangani").wait_for()
    assert axe(page) == []
    assert page.evaluate(KEPT) is None and not Signature.objects.exists()
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    assert_proved(Signature.objects.get(), page)


def test_a_phone_that_does_not_know_its_owner_signs_nothing(page: Page) -> None:
    """The key was made with a fingerprint; now the phone cannot verify anybody."""
    page.evaluate(
        """() => {
            const ask = navigator.credentials.get.bind(navigator.credentials);
            navigator.credentials.get = async (options) => {
                options.publicKey.userVerification = "discouraged";
                const made = await ask(options);
                const data = new Uint8Array(made.response.authenticatorData);
                data[32] &= ~4;
                const { clientDataJSON, signature } = made.response;
                return { id: made.id, response: { authenticatorData: data.buffer, clientDataJSON, signature } };
            };
        }"""
    )
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text("Yang dibuat kunci sandi tidak cocok").wait_for()
    assert not Signature.objects.exists()


def test_where_it_is_preferred_an_account_is_one_press_away(page: Page, strict: Hall) -> None:
    take(strict, "preferred")
    page.reload()
    page.get_by_role("button", name="Tanda tangani dengan akun saja").click()
    page.wait_for_url("**/tanda/*/")
    assert Signature.objects.get().evidence == "account"


def test_a_slip_opens_the_account_makes_the_passkey_and_comes_back(
    strict: Hall, new_page: Callable[..., Page], axe: Axe
) -> None:
    person = somebody(strict)
    page = new_page("phone")
    put_authenticator(page)
    page.goto(f"/i/{strict.ceremony.code}")
    page.get_by_label("Kode pada slip").fill(code_for(person))
    page.get_by_role("button", name="Lanjut ke naskah ikrar").click()
    assert axe(page) == []
    page.get_by_role("button", name="Aktifkan akun saya").click()
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/i/*")
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    assert_proved(Signature.objects.get(), page)


def test_without_scripts_it_says_honestly_what_is_missing(
    page: Page, strict: Hall, new_page: Callable[..., Page]
) -> None:
    person = Person.objects.get(name="Siti Rahma")
    plain = new_page("phone", java_script_enabled=False)
    copy_session(page, plain)
    plain.goto(f"/i/{strict.ceremony.code}")
    assert "memerlukan JavaScript" in plain.inner_text("main")
    assert not plain.get_by_role("button", name=BUTTON).is_visible()
    take(strict, "preferred")
    plain.goto(f"/i/{strict.ceremony.code}")
    plain.get_by_role("button", name=BUTTON).click()
    plain.wait_for_url("**/tanda/*/")
    assert Signature.objects.get(person=person).evidence == "account"


def copy_session(page: Page, other: Page) -> None:
    other.context.add_cookies(
        [one for one in page.context.cookies() if one.get("name") == "sessionid"]  # type: ignore[misc]
    )


def test_a_browser_without_passkeys_says_where_to_go(
    page: Page, strict: Hall, new_page: Callable[..., Any]
) -> None:
    old = new_page("phone")
    old.add_init_script("delete window.PublicKeyCredential")
    copy_session(page, old)
    old.goto(f"/i/{strict.ceremony.code}")
    old.get_by_text("Peramban ini tidak mengenal kunci sandi").wait_for()
    assert not old.get_by_role("button", name=BUTTON).is_visible()


def test_a_ticket_older_than_the_passkey_counts_by_account_only_where_that_is_taken(
    page: Page, strict: Hall
) -> None:
    """The form without its assertion, sent by hand."""
    page.evaluate(
        "() => { const form = document.querySelector('[data-keep]');"
        " HTMLFormElement.prototype.submit.call(form); }"
    )
    page.wait_for_url("**/i/*?alasan=passkey_needed")
    assert not Signature.objects.exists()
    assert page.get_by_role("button", name=BUTTON).is_visible()
