"""Who signs by a slip while the network is away: kept once, sent once, and nothing opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.models import Account, ClaimCode, Duty, Person
from netral.people.services import claiming
from netral.pledges.models import Signature
from netral.pledges.views.keeping import ticket_by_slip
from tests.people.register.factories import make_officer, make_person
from tests.pledges.factories import Hall
from tests.pledges.test_signing_without_network import BUTTON, KEPT, WAITS, come_back
from tests.pledges.test_signing_without_network import hall as hall

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def siti(hall: Hall) -> Person:
    return make_person(hall.government.units.get(name="Dinas A"), "Siti Rahma")


@pytest.fixture
def officer(hall: Hall) -> Account:
    return make_officer(hall.government, Duty.Kind.PERSONNEL)


def slip_for(person: Person, officer: Account) -> str:
    [issued] = claiming.issue_for(actor=officer, person_ids=[person.pk], now=timezone.now())
    return issued.code


@pytest.fixture
def code(siti: Person, officer: Account) -> str:
    return slip_for(siti, officer)


OPEN = "Buka tanda terima saya"


def type_slip(page: Page, hall: Hall, code: str, *, button: str = BUTTON) -> Page:
    page.goto(f"/i/{hall.ceremony.code}")
    page.get_by_label("Kode pada slip Anda").fill(code)
    page.get_by_role("button", name="Lanjut ke naskah ikrar").click()
    page.get_by_role("button", name=button).wait_for()
    return page


@pytest.fixture
def page(hall: Hall, code: str, new_page: Callable[..., Page]) -> Page:
    return type_slip(new_page("phone"), hall, code)


@pytest.mark.browser
def test_with_a_network_the_slip_opens_the_account_as_ever(page: Page) -> None:
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    assert Signature.objects.get().evidence == "slip"
    assert page.evaluate(KEPT) is None
    assert ClaimCode.objects.get().used_at


@pytest.mark.browser
def test_without_one_the_press_waits_without_the_code_and_signs_once(
    page: Page,
    hall: Hall,
    code: str,
    axe: Callable[[Page], list[str]],
    new_page: Callable[..., Page],
) -> None:
    page.context.set_offline(True)
    nothing_recorded = page.get_by_text("Tutup saja halaman ini: tidak ada yang dicatat")
    assert nothing_recorded.is_visible()
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_text(WAITS).wait_for()
    assert not nothing_recorded.is_visible(), "closing the page no longer takes the press back"
    assert axe(page) == []
    kept = page.evaluate(KEPT)
    assert "Siti" not in kept and code not in kept and code.replace("-", "") not in kept
    assert not page.get_by_role("button", name=BUTTON).is_visible()
    pressed_by = timezone.now()
    page.wait_for_timeout(300)
    come_back(page)
    page.get_by_role("link", name="Buka tanda terima").click()
    page.wait_for_url("**/periksa/*/?slip=1")
    signature = Signature.objects.get()
    assert (
        signature.evidence == "slip" and signature.signed_at <= pressed_by < signature.recorded_at
    )
    said = page.inner_text("main")
    assert (
        signature.receipt_code in said and "Slip Anda belum terpakai" in said and "Siti" not in said
    )
    assert axe(page) == []
    assert page.evaluate(KEPT) is None
    # Nobody is signed in, and the slip still opens the account and the receipt.
    assert not ClaimCode.objects.get().used_at and not Account.objects.filter(person__isnull=False)
    other = type_slip(new_page("phone"), hall, code, button=OPEN)
    other.get_by_role("button", name=OPEN).click()
    other.wait_for_url("**/tanda/*/?lagi=1")
    assert Signature.objects.count() == 1 and ClaimCode.objects.get().used_at


@pytest.mark.browser
def test_an_answer_that_was_lost_gives_no_second_signature(page: Page) -> None:
    lost = []

    def lose(route) -> None:  # type: ignore[no-untyped-def]  # Playwright's Route
        if lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort()

    page.route("**/tanda-tangan", lose)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("link", name="Buka tanda terima").wait_for()
    assert lost == [302] and Signature.objects.count() == 1


# --- the address ----------------------------------------------------------------------------------
def send(hall: Hall, siti: Person, code: str, **changes: str) -> tuple[int, dict[str, object]]:
    made = ticket_by_slip(siti, code, hall.ceremony)
    assert made
    facts = {"tiket": made.ticket, "saat": "", "to": made.to, **changes}
    answer = Client(enforce_csrf_checks=True).post(facts.pop("to"), facts)
    return answer.status_code, answer.json()


def test_sent_again_and_again_it_is_one_signature_and_one_receipt(
    hall: Hall, siti: Person, code: str
) -> None:
    first, again = send(hall, siti, code), send(hall, siti, code)
    assert (first[0], again[0]) == (200, 200)
    assert first[1]["receipt"] == again[1]["receipt"]
    assert (first[1]["is_new"], again[1]["is_new"]) == (True, False)
    assert Signature.objects.get().evidence == "slip"


def test_a_slip_that_was_replaced_signs_no_more(
    hall: Hall, siti: Person, code: str, officer: Account
) -> None:
    made = ticket_by_slip(siti, code, hall.ceremony)
    assert made
    slip_for(siti, officer)
    answer = Client().post(made.to, {"tiket": made.ticket})
    assert answer.status_code == 400 and not Signature.objects.exists()


def test_a_ticket_is_good_with_its_own_slip_and_ceremony_only(
    hall: Hall, siti: Person, code: str, officer: Account
) -> None:
    other = make_person(hall.government.units.get(name="Dinas A"), "Budi")
    others = slip_for(other, officer)
    foreign = ticket_by_slip(other, others, hall.ceremony)
    assert foreign
    assert send(hall, siti, code, to=foreign.to)[0] == 400
    assert send(hall, siti, code, tiket="x" * 100)[0] == 400
    from netral.pledges.views.invitation import Signer, _ticket_for

    by_account = _ticket_for(Signer(siti), hall.ceremony)
    assert send(hall, siti, code, tiket=by_account)[0] == 400
    made = ticket_by_slip(siti, code, hall.ceremony)
    assert made
    desk = reverse("pledges:sign_with_ticket", args=[hall.ceremony.code])
    Client().post(desk, {"tiket": made.ticket})
    assert not Signature.objects.exists()
