"""Finding one unit among a hundred of the same name, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from netral.people.models import (
    Account,
    Duty,
    Government,
    NameListView,
    Posting,
    SlipBatch,
    Unit,
)
from netral.people.queries import staff, units
from netral.people.queries.reach import Reach, reach_of
from netral.people.services import privacy

from .factories import (
    NOW,
    give_duty,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]
TYPIST = "Subbagian Tata Usaha"


@pytest.fixture
def government() -> Government:
    """Twenty-five offices, each with a Subbagian Tata Usaha below its Sekretariat."""
    made = make_government()
    for name in ["Pendidikan", "Kehutanan", *(f"Urusan {place}" for place in range(23))]:
        office = make_unit(made, f"Dinas {name}")
        make_unit(made, TYPIST, make_unit(made, f"Sekretariat {name}", office))
    return made


@pytest.fixture
def officer(government: Government) -> Account:
    return make_officer(government)


def office_of(unit: Unit) -> str:
    return str(unit.above.get(distance=2).ancestor)


def radios(text: str) -> list[str]:
    return re.findall(r'name="\w+_choice" value="([0-9a-f-]{36})"', text)


def test_words_are_looked_for_in_the_whole_path(government: Government, officer: Account) -> None:
    offered = units.open_units(reach_of(officer), government)
    (found,) = units.search(offered, "tata usaha dinas PENDIDIKAN")
    assert (found.name, office_of(found)) == (TYPIST, "Dinas Pendidikan")
    assert units.search(offered, "tata usaha").count() == 25
    assert not units.search(offered, "tata usaha dinas antariksa")


def test_an_office_does_not_bring_everything_below_it(
    government: Government, officer: Account
) -> None:
    offered = units.open_units(reach_of(officer), government)
    names = [unit.name for unit in units.search(offered, "dinas pendidikan")]
    assert names == ["Dinas Pendidikan", "Sekretariat Pendidikan"]


def test_more_than_fit_are_counted_and_told_apart(
    government: Government, officer: Account, sign_in: SignIn
) -> None:
    person = make_person(Unit.objects.get(name="Dinas Kehutanan"))
    client = sign_in(officer)
    address = reverse("people:register_posting", args=[person.pk])
    answer = client.post(address, {"unit": "tata usaha", "unit_cari": "1"})
    assert answer.status_code == 200
    assert len(radios(answer.text)) == 20
    assert "20 dari 25, persempit pencarian." in answer.text
    assert "Dinas Kehutanan › Sekretariat Kehutanan" in answer.text
    assert "errorlist" not in answer.text  # one only searches: nothing else is complained about
    assert Posting.objects.filter(person=person).count() == 1


def test_the_present_unit_stays_while_nothing_else_is_chosen(
    government: Government, officer: Account, sign_in: SignIn
) -> None:
    here = Unit.objects.filter(name=TYPIST).first()
    assert here is not None
    person = make_person(here)
    client = sign_in(officer)
    address = reverse("people:register_posting", args=[person.pk])
    page = client.get(address).text
    assert radios(page) == [str(here.pk)]
    values = {
        "status": "pns",
        "position_level": "pengawas",
        "position": "Kepala Subbagian",
        "on": "2026-02-01",
    }
    assert client.post(address, {**values, "unit": ""}).status_code == 422
    client.post(address, {**values, "unit": "", "unit_choice": str(here.pk)})
    newest = Posting.objects.get(person=person, valid_to=None)
    assert (newest.unit, newest.position) == (here, "Kepala Subbagian")


def test_a_radio_of_an_earlier_search_does_not_win_over_new_words(
    government: Government, officer: Account, sign_in: SignIn
) -> None:
    person = make_person(Unit.objects.get(name="Dinas Kehutanan"))
    wrong = Unit.objects.get(name="Dinas Urusan 3")
    values = {"status": "pns", "position_level": "other", "on": "2026-02-01"}
    sign_in(officer).post(
        reverse("people:register_posting", args=[person.pk]),
        {**values, "unit": "dinas pendidikan", "unit_choice": str(wrong.pk)},
    )
    assert Posting.objects.get(person=person, valid_to=None).unit.name == "Dinas Pendidikan"


def test_slips_and_duties_are_found_the_same_way(
    government: Government, officer: Account, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    office = Unit.objects.get(name="Dinas Pendidikan")
    make_person(office)
    for address in (reverse("people:slips"), reverse("people:duties_grant")):
        assert client.get(address).text.count("<option") < 40
        answer = client.post(address, {"unit": "tata usaha", "unit_cari": "1"})
        assert "20 dari 25" in answer.text
    client.post(reverse("people:slips"), {"unit": "dinas pendidikan", "whom": "unclaimed"})
    assert SlipBatch.objects.get().unit == office
    colleague = make_account(government, "Rekan")
    client.post(
        reverse("people:duties_grant"),
        {
            "government": government.pk,
            "account": colleague.username,
            "kind": "organiser",
            "unit_choice": str(office.pk),
        },
    )
    assert Duty.objects.get(account=colleague).unit == office


def test_an_officer_of_a_subtree_finds_nothing_beside_it(
    government: Government, sign_in: SignIn
) -> None:
    office = Unit.objects.get(name="Dinas Pendidikan")
    outside = Unit.objects.get(name="Dinas Kehutanan")
    account = make_account(government)
    give_duty(account, government, "personnel", office)
    client = sign_in(account)
    for address in (reverse("people:slips"), reverse("people:duties_grant")):
        answer = client.post(address, {"unit": "kehutanan", "unit_cari": "1"})
        assert "Tidak ada unit yang cocok" in answer.text
        assert str(outside.pk) not in answer.text
        client.post(address, {"unit_choice": str(outside.pk), "account": "x"})
    assert not SlipBatch.objects.exists()


def test_whoever_is_listed_while_somebody_is_looked_for_learns_of_it(
    government: Government, officer: Account, sign_in: SignIn
) -> None:
    office = Unit.objects.get(name="Dinas Pendidikan")
    siti, sita, budi = (make_person(office, name) for name in ("Siti A", "Siti B", "Budi"))
    for person in (siti, sita):
        account = make_account(government, person.name)
        Account.objects.filter(pk=account.pk).update(person=person)
    client = sign_in(officer)
    looked = {
        reverse("people:units_head", args=[office.pk]): {"person": "siti", "person_cari": "1"},
        reverse("people:duties_grant"): {"account": "siti", "account_cari": "1"},
    }
    for address, typed in looked.items():
        NameListView.objects.all().delete()
        for _again in range(2):
            assert "Siti B" in client.post(address, typed).text
        (view,) = NameListView.objects.all()
        assert (view.what, view.actor, view.is_listed) == ("people.search", officer, True)
        assert set(view.shown.all()) == {siti, sita}
    NameListView.objects.all().delete()
    merge = reverse("people:register_merge", args=[budi.pk])
    assert "Siti B" in client.get(merge, {"other": "siti"}).text
    assert set(NameListView.objects.get().shown.all()) == {siti, sita}
    NameListView.objects.all().delete()
    client.post(reverse("people:units_head", args=[office.pk]), {"person": budi.number})
    client.post(reverse("people:units_head", args=[office.pk]), {"person": "tidak ada"})
    assert not NameListView.objects.exists(), "one who was meant is no list"


def test_typing_on_through_people_already_recorded_writes_and_locks_nothing(
    government: Government, officer: Account
) -> None:
    office = Unit.objects.get(name="Dinas Pendidikan")
    siti, sita, sigit = (make_person(office, name).pk for name in ("Siti", "Sita", "Sigit"))

    def search(*people: UUID, at: datetime = NOW) -> list[str]:
        with CaptureQueriesContext(connection) as seen:
            privacy.record_search(actor=officer, government=government, people=set(people), now=at)
        return [query["sql"].split()[0] for query in seen]

    assert "INSERT" in search(siti, sita)
    assert search() == []
    assert set(search(sita)) == set(search(siti, sita)) == {"SELECT"}
    assert "INSERT" in search(sita, sigit), "somebody new"
    assert set(search(siti, sigit)) == {"SELECT"}, "both were shown, on two lists"
    for at in (NOW + privacy.SAME_VISIT, NOW - timedelta(seconds=1)):
        assert "INSERT" in search(siti, sita, at=at)
    shown = NameListView.objects.filter(at=NOW).values_list("shown", flat=True)
    assert set(shown) == {siti, sita, sigit}


@pytest.mark.parametrize("others", [0, 30])
def test_the_name_itself_stands_first_then_names_that_begin_so(
    others: int, government: Government, officer: Account, sign_in: SignIn
) -> None:
    office = Unit.objects.get(name="Dinas Pendidikan")
    for name in ("Gusnita Eka Yusra", "Ahmad Gusnita Yusra", "GUSNITA YUSRA", "Gusnita Yusra B"):
        make_person(office, name)
    for number in range(others):
        make_person(office, f"Aa{number} Gusnita Yusra")
    client, address = sign_in(officer), reverse("people:units_head", args=[office.pk])

    def listed(text: str) -> list[str]:
        answer = client.post(address, {"person": text, "person_cari": "1"})
        return [line.name for line in answer.context["form"]["person"].field.widget.lines]

    shown = listed("gusnita yusra")
    assert shown[:2] == ["GUSNITA YUSRA", "Gusnita Yusra B"]
    if others:
        assert shown[2:] == sorted(shown[2:], key=str.casefold)
        assert len(shown) == len(set(shown)) == 20
    else:
        assert shown[2:] == ["Ahmad Gusnita Yusra", "Gusnita Eka Yusra"]
    assert listed("gusnita yusra, S.H.")[0] == "GUSNITA YUSRA", "by its bare name too"


def test_a_search_that_finds_few_asks_nothing_more(government: Government) -> None:
    office = Unit.objects.get(name="Dinas Pendidikan")
    for number in range(3):
        make_person(office, f"Gusnita {number}")
    reach = Reach(governments=frozenset({government.pk}), tops=frozenset())
    people = staff.staff(reach, government, staff.StaffFilters(text="gusnita"))
    for most, asked in ((4, 1), (3, 2)):
        with CaptureQueriesContext(connection) as seen:
            assert len(staff.best_named(people, "gusnita", most)) == 3
        assert len(seen) == asked
