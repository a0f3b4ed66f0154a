"""The staff list as a file: whose rows are in it, and who learns that they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from netral.people.models import Account, NameListView, Person
from netral.people.queries.privacy import list_views_about
from netral.people.services import postings, privacy

from .factories import (
    NOW,
    TODAY,
    give_duty,
    make_government,
    make_officer,
    make_person,
    make_unit,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]


@pytest.fixture
def world() -> dict:
    government = make_government()
    office = make_unit(government, "Dinas Pendidikan")
    return {
        "government": government,
        "office": office,
        "siti": make_person(office, "Siti Rahma"),
        "budi": make_person(office, "Budi Santoso", status="non_asn"),
        "officer": make_officer(government),
    }


def as_rows(kind: str, answer: object) -> list[list[str]]:
    content = b"".join(answer)  # type: ignore[call-overload]
    if kind == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return book.get_sheet_by_index(0).to_python()
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_those_who_left_are_downloaded_too(kind: str, world: dict, sign_in: SignIn) -> None:
    siti = world["siti"]
    postings.leave(actor=world["officer"], person=siti, on=TODAY, reason="pensiun", now=NOW)
    client = sign_in(world["officer"])
    answer = client.get(f"/pegawai/unduh.{kind}", {"keadaan": "gone"})
    assert answer.status_code == 200
    _header, row = as_rows(kind, answer)
    assert row[0].removeprefix("'") == siti.number
    assert (row[3], row[5], row[7]) == ("Siti Rahma", "", "")


def test_a_filtered_download_is_told_to_those_on_it_only(world: dict, sign_in: SignIn) -> None:
    client, siti, budi = sign_in(world["officer"]), world["siti"], world["budi"]
    for filters in ({"q": "siti"}, {"status": "pns"}, {"unit": world["office"].pk, "q": "siti"}):
        client.get("/pegawai/unduh.csv", filters)
        assert [view.people for view in list_views_about(siti)] == [1]
        assert list_views_about(budi) == []
        NameListView.objects.all().delete()
    client.get("/pegawai/unduh.csv", {"keadaan": "gone"})
    assert not NameListView.objects.exists()


def test_all_of_a_place_is_told_without_a_row_for_each(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    for filters, unit in (({}, None), ({"unit": world["office"].pk}, world["office"])):
        client.get("/pegawai/unduh.csv", {"q": "", "status": "", **filters})
        view = NameListView.objects.get()
        assert (view.unit, view.people, view.is_listed, view.shown.count()) == (unit, 2, False, 0)
        view.delete()


def test_a_download_within_subtrees_is_told_within_them(world: dict, sign_in: SignIn) -> None:
    government, elsewhere = world["government"], make_unit(world["government"], "Dinas Lain")
    nur = make_person(elsewhere, "Nur Aini")
    officer = make_officer(government, unit=world["office"])
    sign_in(officer).get("/pegawai/unduh.csv")
    view = NameListView.objects.get()
    assert (view.unit, view.is_listed, view.people) == (world["office"], False, 2)
    third = make_person(make_unit(government, "Dinas Ketiga"), "Tiga")
    give_duty(officer, government, "personnel", third.postings.get().unit)
    sign_in(officer).get("/pegawai/unduh.xlsx")
    view = NameListView.objects.get(what="people.staff.xlsx")
    assert set(view.shown.all()) == {world["siti"], world["budi"], third}
    assert list_views_about(nur) == []


def test_more_than_one_question_holds_are_all_recorded(
    world: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy, "ASKED_AT_ONCE", 3)
    everybody = [make_person(world["office"], f"Orang {number}").pk for number in range(8)]

    def export(people: list, minutes: int) -> None:
        privacy.record_list_view(
            actor=world["officer"],
            government=world["government"],
            what="people.staff.csv",
            count=len(people),
            people=people,
            now=NOW + timedelta(minutes=minutes),
        )

    export(everybody, minutes=0)
    export(everybody[::-1], minutes=1)
    view = NameListView.objects.get()
    assert set(view.shown.all()) == set(Person.objects.filter(pk__in=everybody))
    export([*everybody[:-1], world["siti"].pk], minutes=2)
    assert NameListView.objects.count() == 2
