"""Files that say the office of a person and not the unit in it: nobody is moved up by them."""

from __future__ import annotations

import pytest
from django.test import Client

from netral.people.models import Account, Government, Person, Posting
from tests.people.accounts.sessions import sign_in
from tests.people.imports.factories import SIMPEG, bring, codes, read, staff, xlsx

STRANGE = [*SIMPEG[:5], "SEKARANG DI", SIMPEG[6]]
"""A header of which the column of the unit is not recognised."""
NON_ASN = ["Nama", "Jabatan", "Unit Kerja", "Perangkat Daerah"]


@pytest.mark.django_db
@pytest.mark.parametrize("header", [STRANGE, SIMPEG], ids=["unknown column", "empty cells"])
def test_people_stay_in_their_unit_when_only_its_office_is_named(
    government: Government, header: list[str]
) -> None:
    bring(government, [SIMPEG, *staff(3)])
    rows = [[*row[:5], "di mana" if header is STRANGE else "", row[6]] for row in staff(3)]
    source = read(government, xlsx([header, *rows]), scope="full")
    assert (source.counts["same"], source.counts.get("move", 0)) == (3, 0)
    assert codes(source) == ["unit_office_only"] * 3


@pytest.mark.django_db
def test_another_office_is_still_a_move(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1)])
    (row,) = staff(1, unit="", top="Dinas Lain")
    bring(government, [SIMPEG, row])
    assert Posting.objects.get(valid_to=None).unit.name == "Dinas Lain"


@pytest.mark.django_db
def test_the_government_named_as_the_office_says_nothing_of_the_unit(
    government: Government,
) -> None:
    bring(government, [SIMPEG, *staff(2)])
    rows = staff(3, unit="", top=f"Pemerintah {government.name}")
    source = read(government, xlsx([SIMPEG, *rows]))
    assert (source.counts["same"], source.counts["bad"]) == (2, 1)
    assert codes(source) == ["unit_missing"], "only the new person needs one"


@pytest.mark.django_db
def test_the_office_named_as_the_unit_is_meant(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1)])
    bring(government, [SIMPEG, *staff(1, unit="Dinas Contoh")])
    assert Posting.objects.get(valid_to=None).unit.name == "Dinas Contoh"


@pytest.mark.django_db
def test_staff_without_a_number_are_found_anywhere_in_the_office(government: Government) -> None:
    bring(government, [NON_ASN, ["Sari Utami", "Sopir", "Bidang Satu", "Dinas Contoh"]])
    source = read(government, xlsx([NON_ASN, ["Sari Utami", "Sopir", "", "Dinas Contoh"]]))
    assert source.counts["same"] == 1
    twice = [["Dewi Lestari", "Sopir", unit, "Dinas Contoh"] for unit in ("Satu", "Dua")]
    bring(government, [NON_ASN, *twice])
    assert Person.objects.count() == 3
    source = read(government, xlsx([NON_ASN, ["Dewi Lestari", "Sopir", "", "Dinas Contoh"]]))
    assert source.counts["ask"] == 1, "there are two of that name in the office"


@pytest.mark.django_db
def test_the_preview_says_loudly_that_no_column_says_the_unit(
    government: Government, officer: Account
) -> None:
    bring(government, [SIMPEG, *staff(2)])
    page = sign_in(Client(), officer, second_factor=True)
    unknown = read(government, xlsx([STRANGE, *staff(2)]), actor=officer)
    text = page.get(f"/impor/{unknown.pk}/").text
    assert "Kolom unit tidak dikenal" in text
    assert f"/impor/{unknown.pk}/kolom" in text.partition("Kolom unit tidak dikenal")[2]
    known = read(government, xlsx([SIMPEG, *staff(2)]), actor=officer)
    assert "Kolom unit tidak dikenal" not in page.get(f"/impor/{known.pk}/").text
