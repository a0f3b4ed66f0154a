"""Replacing the head of a unit: who steps down is seen before it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from netral.people.models import Account, HeadOfUnit, Person, Unit
from netral.people.services import heads

from .factories import NOW, make_government, make_officer, make_person, make_unit

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]


@pytest.fixture
def unit() -> Unit:
    return make_unit(make_government(), "Dinas Kehutanan")


@pytest.fixture
def officer(unit: Unit) -> Account:
    return make_officer(unit.government)


def post_head(client: Client, unit: Unit, who: Person, **more: str) -> object:
    values = {"person": who.number, "kind": "plt", "on": "2026-11-01", **more}
    return client.post(reverse("people:units_head", args=[unit.pk]), values)


def test_the_first_head_needs_no_second_step(unit: Unit, officer: Account, sign_in: SignIn) -> None:
    post_head(sign_in(officer), unit, make_person(unit, "Nur Aini"))
    assert HeadOfUnit.objects.get().person.name == "Nur Aini"


def test_replacing_shows_who_heads_it_now_and_asks(
    unit: Unit, officer: Account, sign_in: SignIn
) -> None:
    siti, nur = make_person(unit, "Siti Rahma"), make_person(unit, "Nur Aini")
    heads.set_head(
        actor=officer, unit=unit, person=siti, kind="definitive", on=date(2026, 1, 5), now=NOW
    )
    client = sign_in(officer)
    form = client.get(reverse("people:units_head", args=[unit.pk])).text
    assert "Sekarang dikepalai Siti Rahma (Definitif) sejak 5 Januari 2026." in form
    asked = post_head(client, unit, nur).content.decode()  # type: ignore[attr-defined]
    for words in ("Siti Rahma", "Definitif", "Nur Aini", "Plt.", "1 November 2026"):
        assert words in asked
    assert HeadOfUnit.objects.get(valid_to=None).person == siti
    current = HeadOfUnit.objects.get(valid_to=None)
    post_head(client, unit, nur, person="", person_choice=str(nur.pk), steps_down=str(current.pk))
    assert HeadOfUnit.objects.get(valid_to=None).person == nur


def test_somebody_who_took_over_meanwhile_is_asked_about_again(
    unit: Unit, officer: Account, sign_in: SignIn
) -> None:
    siti, nur, budi = (make_person(unit, name) for name in ("Siti", "Nur", "Budi"))
    values = {"actor": officer, "unit": unit, "kind": "plh", "now": NOW}
    before = heads.set_head(person=siti, on=date(2026, 1, 5), **values)
    heads.set_head(person=budi, on=date(2026, 5, 5), **values)
    post_head(sign_in(officer), unit, nur, steps_down=str(before.pk))
    assert HeadOfUnit.objects.get(valid_to=None).person == budi


WARNING = "jabatannya perlu diakhiri"


def page_of(client: Client, who: Person) -> str:
    return client.get(reverse("people:register_person", args=[who.pk])).text


def transfer(client: Client, who: Person, unit: Unit) -> str:
    values = {"status": "pns", "position_level": "pengawas", "on": "2026-11-02"}
    address = reverse("people:register_posting", args=[who.pk])
    answer = client.post(address, {**values, "unit_choice": str(unit.pk)}, follow=True)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("kind", "is_told"), [("definitive", True), ("plt", False), ("plh", False), ("pj", False)]
)
def test_a_head_who_moves_is_still_recorded_as_head_which_is_said(
    kind: str, is_told: bool, unit: Unit, officer: Account, sign_in: SignIn
) -> None:
    who, other = make_person(unit, "Nur Aini"), make_unit(unit.government, "Dinas Kesehatan")
    heads.set_head(actor=officer, unit=unit, person=who, kind=kind, on=date(2026, 1, 1), now=NOW)
    client = sign_in(officer)
    assert WARNING not in page_of(client, who)
    page = transfer(client, who, other)
    assert ("Ia masih tercatat sebagai kepala definitif Dinas Kehutanan." in page) is is_told
    assert (WARNING in page) is is_told
    assert (reverse("people:units_end_head", args=[unit.pk]) in page) is is_told
    assert HeadOfUnit.objects.get().valid_to is None, "never ended by itself"
    heads.end_head(actor=officer, unit=unit, on=date(2026, 11, 3), now=NOW)
    assert WARNING not in page_of(client, who)


def test_a_head_may_be_posted_in_a_part_of_the_office_but_not_above_it(
    unit: Unit, officer: Account, sign_in: SignIn
) -> None:
    section = make_unit(unit.government, "Sekretariat", unit)
    top, low = make_person(section, "Kepala Dinas"), make_person(unit, "Naik Jabatan")
    for headed, who in ((unit, top), (section, low)):
        heads.set_head(
            actor=officer, unit=headed, person=who, kind="definitive", on=date(2026, 1, 1), now=NOW
        )
    client = sign_in(officer)
    assert WARNING not in page_of(client, top)
    assert WARNING in page_of(client, low)


def test_who_may_not_end_the_headship_reads_of_it_without_a_link(
    unit: Unit, officer: Account, sign_in: SignIn
) -> None:
    other = make_unit(unit.government, "Dinas Kesehatan")
    who = make_person(other, "Nur Aini")
    heads.set_head(
        actor=officer, unit=unit, person=who, kind="definitive", on=date(2026, 1, 1), now=NOW
    )
    for kind in ("head", "personnel"):
        page = page_of(sign_in(make_officer(unit.government, kind, other)), who)
        assert WARNING in page
        assert reverse("people:units_end_head", args=[unit.pk]) not in page
