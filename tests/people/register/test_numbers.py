"""Staff numbers typed by hand are doubted and refused as an import doubts and refuses them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from netral.people.forms.numbers import doubts_about
from netral.people.intake.problems import OBSTACLE, SEVERITY, WARNING
from netral.people.models import Account, Person, Unit
from netral.people.rules import has_all_digits
from netral.people.services import staff

from .factories import NOW, TODAY, make_government, make_officer, make_person, make_unit

SignIn = Callable[[Account], Client]
GOOD = "198501012010011001"
BAD = "198513452010013001"
"""Born on day 45 of month 13, of a third sex."""
ASKED = "centang pernyataan di bawah lalu simpan lagi"


@pytest.fixture
def unit() -> Unit:
    return make_unit(make_government(), "Dinas Kehutanan")


@pytest.mark.parametrize(
    ("number", "status", "codes"),
    [
        (GOOD, "pns", []),
        (GOOD, "", []),
        (GOOD, "pppk", ["status_number_disagree"]),
        ("198501012022211001", "pppk", []),
        ("198501012022211001", "cpns", ["status_number_disagree"]),
        (GOOD, "non_asn", []),
        (BAD, "pns", ["number_birth_invalid", "number_gender_invalid"]),
        ("198501012010001001", "pns", ["number_month_invalid"]),
        ("200501012010011001", "pns", ["number_too_young"]),
        ("198501012027011001", "pns", ["number_in_future"]),
        ("198513452010013000", "pns", []),
        ("1985", "pns", []),
        ("", "non_asn", []),
    ],
)
def test_what_is_doubted(number: str, status: str, codes: list[str]) -> None:
    assert doubts_about(number, status, date(2026, 11, 22)) == codes
    assert {SEVERITY[code] for code in codes} <= {WARNING}


@pytest.mark.django_db
def test_a_rounded_number_is_refused_by_the_import_and_by_hand(unit: Unit) -> None:
    assert SEVERITY["number_lost_digits"] == OBSTACLE
    assert not has_all_digits("198501012010011000")
    officer, person = make_officer(unit.government), make_person(unit)
    with pytest.raises(ValidationError, match="dibulatkan Excel"):
        staff.change_number(
            actor=officer, person=person, number="198501012010011000", on=TODAY, now=NOW
        )


@pytest.mark.django_db
def test_a_new_person_with_an_impossible_number_is_asked_about_once(
    unit: Unit, sign_in: SignIn
) -> None:
    client, address = sign_in(make_officer(unit.government)), reverse("people:register_new")
    wanted = {
        "name": "Agus Salim",
        "number": BAD,
        "status": "pns",
        "position_level": "pelaksana",
        "unit": unit.name,
        "on": "2026-01-05",
    }
    assert 'type="checkbox"' not in client.get(address).text
    asked = client.post(address, wanted)
    assert asked.status_code == 422
    [said] = asked.context["form"].errors["number"]
    assert said.startswith("Delapan angka pertama NIP bukan tanggal. Angka ke-15 NIP bukan 1 atau")
    assert ASKED in said
    assert 'type="checkbox" name="is_number_right"' in asked.text
    elsewhere = client.post(address, {**wanted, "is_number_right": "on", "unit": "Badan Lain"})
    assert set(elsewhere.context["form"].errors) == {"unit"}
    assert 'type="checkbox" name="is_number_right"' in elsewhere.text, "still seen, and marked"
    client.post(address, {**wanted, "is_number_right": "on"})
    assert Person.objects.get(name="Agus Salim").number == BAD


@pytest.mark.django_db
def test_changing_to_an_impossible_number_is_asked_about_once(unit: Unit, sign_in: SignIn) -> None:
    client, person = sign_in(make_officer(unit.government)), make_person(unit)
    address = reverse("people:register_number", args=[person.pk])
    assert client.get(address).context["form"]["on"].value()
    asked = client.post(address, {"number": f"'{BAD}", "on": "2026-01-05"})
    assert ASKED in asked.context["form"].errors["number"][0]
    client.post(address, {"number": f"'{BAD}", "on": "2026-01-05", "is_number_right": "on"})
    person.refresh_from_db()
    assert person.number == BAD
    client.post(address, {"number": GOOD, "on": "2026-01-06"})
    person.refresh_from_db()
    assert person.number == GOOD
