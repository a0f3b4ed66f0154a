"""The staff list as a file: whose rows are in it, and who learns that they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from netral.people.models import Account
from netral.people.services import postings

from .factories import NOW, TODAY, make_government, make_officer, make_person, make_unit

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
