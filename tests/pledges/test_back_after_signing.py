"""Back, after signing by slip: the browser sends the old form again, and nobody is frightened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_started
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.people.services import claiming
from netral.pledges.models import Signature
from netral.pledges.rules import moves
from tests.people.register.factories import make_person
from tests.pledges.factories import Hall, make_hall
from tests.pledges.test_signing_without_network import BUTTON

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db
RESENT = pytest.mark.parametrize("name", ["invitation_slip", "sign", "activate_here"])


def slip_of(hall: Hall, name: str) -> str:
    person = make_person(hall.government.units.get(name="Dinas A"), name)
    return claiming.issue_for(actor=None, person_ids=[person.pk], now=timezone.now())[0].code


def address_of(hall: Hall, name: str) -> str:
    return reverse(f"pledges:{name}", args=[hall.ceremony.code])


def token_on(phone: Client, hall: Hall) -> str:
    phone.get(address_of(hall, "invitation"))
    return phone.cookies["csrftoken"].value


def send(phone: Client, hall: Hall, name: str, slip: str, token: str) -> HttpResponse:
    facts = {"slip": slip, "naskah": hall.digest, "csrfmiddlewaretoken": token}
    worker = f"http://testserver{reverse('pledges:kept_worker')}"
    return phone.post(address_of(hall, name), facts, headers={"referer": worker})


@RESENT
def test_the_form_resent_by_back_leads_to_the_receipt(hall: Hall, name: str) -> None:
    phone, slip = Client(enforce_csrf_checks=True), slip_of(hall, "Siti Rahma")
    token = token_on(phone, hall)
    send(phone, hall, "sign", slip, token)
    kept = Signature.objects.get()
    answer = send(phone, hall, name, slip, token)
    receipt = reverse("pledges:receipt", args=[kept.receipt_code])
    assert "Anda sudah menandatangani" in answer.text
    assert "terlalu lama" not in answer.text
    assert f'class="button" href="{receipt}?lagi=1"' in answer.text
    assert answer.status_code == 403, "the form itself is refused all the same"
    assert Signature.objects.count() == 1


@RESENT
def test_a_stale_form_of_anybody_else_is_refused_without_guessing(hall: Hall, name: str) -> None:
    phone, slip = Client(enforce_csrf_checks=True), slip_of(hall, "Siti Rahma")
    token = token_on(phone, hall)
    send(phone, hall, "sign", slip, token)
    for other in (slip_of(hall, "Budi Santoso"), "", "XXXX-XXXX-XXXX"):
        refused = send(phone, hall, name, other, token)
        assert refused.status_code == 403
        assert "Belum ada yang tersimpan" not in refused.text
        assert f'class="button" href="{address_of(hall, "invitation")}"' in refused.text
    phone.post(reverse("account_logout"))
    phone.cookies.pop("sessionid")
    assert send(phone, hall, name, slip, token).status_code == 403, "nobody is signed in"
    assert Signature.objects.count() == 1


def test_a_signature_under_another_ceremony_is_not_this_one(hall: Hall) -> None:
    phone, slip = Client(enforce_csrf_checks=True), slip_of(hall, "Siti Rahma")
    token = token_on(phone, hall)
    send(phone, hall, "sign", slip, token)
    other = make_hall(code="65", state=moves.SIGNING)
    assert send(phone, other, "invitation_slip", slip, token).status_code == 403


def test_a_stale_form_of_no_ceremony_leads_to_where_a_code_is_typed() -> None:
    address = reverse("pledges:sign", args=["ZZZZ"])
    refused = Client(enforce_csrf_checks=True).post(address)
    assert f'class="button" href="{reverse("pledges:enter_code")}"' in refused.text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_back_in_the_browser_shows_the_receipt(hall: Hall, new_page: Callable[..., Page]) -> None:
    """With the service worker in between, which resends what no cache has."""
    page, slip = new_page("phone"), slip_of(hall, "Siti Rahma")
    page.goto(f"/i/{hall.ceremony.code}")
    page.get_by_label("Kode pada slip Anda").fill(slip)
    page.get_by_role("button", name="Lanjut ke naskah ikrar").click()
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.get_by_role("button", name=BUTTON).click()
    page.wait_for_url("**/tanda/*/")
    page.go_back()
    page.wait_for_url("**/tanda/*/?lagi=1")
    assert page.get_by_role("heading", level=1).inner_text() == "Anda sudah menandatangani"
    assert Signature.objects.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_form_that_the_worker_resends_still_says_which_page_it_stood_on(
    hall: Hall, new_page: Callable[..., Page]
) -> None:
    page, slip = new_page("phone"), slip_of(hall, "Siti Rahma")
    invitation = f"/i/{hall.ceremony.code}"
    page.goto(invitation)
    page.get_by_label("Kode pada slip Anda").fill(slip)
    page.get_by_role("button", name="Lanjut ke naskah ikrar").click()
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.goto("/periksa/")
    came_from = []

    def note(*, environ: dict[str, str], **others: object) -> None:
        if environ["REQUEST_METHOD"] == "POST":
            came_from.append(environ.get("HTTP_REFERER", ""))

    request_started.connect(note)
    page.go_back()
    page.get_by_role("button", name=BUTTON).wait_for()
    request_started.disconnect(note)
    assert [urlsplit(each).path for each in came_from] == [invitation]
