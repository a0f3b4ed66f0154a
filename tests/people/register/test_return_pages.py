"""Nobody becomes something by a form that was not filled in: adding, moving, coming back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from netral.people.models import Account, Person, Posting, Unit
from netral.people.services import heads, postings

from .factories import NOW, START, make_government, make_officer, make_person, make_unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]
LEFT = date(2026, 3, 1)


@pytest.fixture
def office() -> Unit:
    return make_unit(make_government(), "Dinas Kehutanan")


@pytest.fixture
def officer(office: Unit) -> Account:
    return make_officer(office.government)


@pytest.fixture
def driver(office: Unit) -> Person:
    person = make_person(office, "Udin", status="non_asn")
    person.postings.update(
        position_level="pelaksana", position="Pengemudi", grade="", standing="Aktif"
    )
    return person


def address_of(person: Person) -> str:
    return reverse("people:register_posting", args=[person.pk])


def filled_in(form: object) -> dict[str, str]:
    """What a browser would send of the form as it was shown."""
    sent = {}
    for bound in form:  # type: ignore[attr-defined]
        value = bound.value()
        if bound.name == "unit":
            sent["unit_choice"] = str(value.pk) if value else ""
        else:
            sent[bound.name] = "" if value is None else str(value)
    return sent


def leave(officer: Account, person: Person) -> None:
    postings.leave(actor=officer, person=person, on=LEFT, reason="kontrak berakhir", now=NOW)


def test_who_comes_back_begins_as_what_they_were(
    officer: Account, driver: Person, sign_in: SignIn
) -> None:
    leave(officer, driver)
    client = sign_in(officer)
    form = client.get(address_of(driver)).context["form"]
    assert client.post(address_of(driver), filled_in(form)).status_code == 302
    before, now = Posting.objects.filter(person=driver).order_by("valid_from")
    for key in ("unit", "status", "position_level", "position", "grade", "standing"):
        assert getattr(now, key) == getattr(before, key), key
    assert now.valid_from == form["on"].value() > LEFT


def test_a_unit_closed_meanwhile_is_chosen_anew(
    officer: Account, driver: Person, sign_in: SignIn
) -> None:
    leave(officer, driver)
    Unit.objects.update(closed_on=LEFT)
    page = sign_in(officer).get(address_of(driver))
    assert page.context["form"]["unit"].value() is None
    assert "Unitnya, Dinas Kehutanan, sudah ditutup" in page.text


def test_without_any_posting_status_and_level_are_asked(
    officer: Account, driver: Person, sign_in: SignIn
) -> None:
    driver.postings.all().delete()
    client = sign_in(officer)
    sent = filled_in(client.get(address_of(driver)).context["form"])
    refused = client.post(address_of(driver), {**sent, "unit": "Dinas Kehutanan"})
    assert refused.status_code == 422
    assert refused.context["form"].errors["status"] == ["Pilih statusnya."]
    assert refused.context["form"].errors["position_level"] == ["Pilih jenjang jabatannya."]
    assert set(refused.context["form"].errors) == {"status", "position_level"}


def test_who_is_added_has_no_status_by_default(
    officer: Account, office: Unit, sign_in: SignIn
) -> None:
    client, address = sign_in(officer), reverse("people:register_new")
    page = client.get(address)
    assert page.text.count('<option value="" selected>Pilih</option>') == 2
    sent = filled_in(page.context["form"])
    refused = client.post(address, {**sent, "name": "Agus Salim", "unit": office.name})
    assert set(refused.context["form"].errors) == {"status", "position_level"}
    assert not Person.objects.exists()


def test_a_return_says_that_a_headship_does_not_come_back(
    officer: Account, driver: Person, office: Unit, sign_in: SignIn
) -> None:
    words = "tidak kembali dengan sendirinya"
    heads.set_head(actor=officer, unit=office, person=driver, kind="plt", on=START, now=NOW)
    client = sign_in(officer)
    assert words not in client.get(address_of(driver)).text
    leave(officer, driver)
    driver.refresh_from_db()
    page = client.get(address_of(driver)).text
    assert words in page
    assert reverse("people:units_unit", args=[office.pk]) in page[page.index(words) :]


def test_a_headship_of_long_ago_is_not_told(
    officer: Account, driver: Person, office: Unit, sign_in: SignIn
) -> None:
    heads.set_head(actor=officer, unit=office, person=driver, kind="plt", on=START, now=NOW)
    heads.end_head(actor=officer, unit=office, on=date(2025, 6, 1), now=NOW)
    leave(officer, driver)
    assert "tidak kembali dengan sendirinya" not in sign_in(officer).get(address_of(driver)).text


def test_whoever_left_is_pointed_to_when_nobody_else_is_found(
    officer: Account, driver: Person, office: Unit, sign_in: SignIn
) -> None:
    make_person(office, "Rina", status="pns")
    client, address = sign_in(officer), reverse("people:register")
    words = "1 orang yang sudah berhenti cocok dengan “UDIN &amp; co”."
    driver.name_key = "udin & co"
    driver.save()
    leave(officer, driver)
    page = client.get(address, {"q": "UDIN & co", "status": "pns"}).text
    assert words in page
    assert "periksa ejaan" not in page
    [link] = re.findall(r'<a class="button" href="([^"]*keadaan[^"]*)"', page)
    found = client.get(html.unescape(link))
    assert [person.pk for person in found.context["page"]] == [driver.pk]
    for other in ({"q": "udan"}, {"q": "udan", "keadaan": "gone"}, {"status": "cpns"}):
        assert "periksa ejaan" in client.get(address, other).text
    make_person(office, "Udin & Co")
    assert "sudah berhenti cocok" not in client.get(address, {"q": "udin & co"}).text


def test_who_sees_nobody_who_left_is_not_told_how_many(
    officer: Account, driver: Person, office: Unit, sign_in: SignIn
) -> None:
    leave(officer, driver)
    of_office = make_officer(office.government, unit=office)
    page = sign_in(of_office).get(reverse("people:register"), {"q": "udin"}).text
    assert "periksa ejaan" in page
