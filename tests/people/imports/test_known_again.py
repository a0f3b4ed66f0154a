"""People the register knows under another spelling or another entry, and a bar that moves."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from netral.base import events
from netral.people.events import RegisterChanged
from netral.people.models import Account, Change, Government, Import, Person
from netral.people.services.imports import applying
from tests.people.accounts.sessions import sign_in
from tests.people.imports.factories import SIMPEG, apply, bring, codes, number, read, staff, xlsx

NON_ASN = ["Nama", "Jabatan", "Unit Kerja", "ID Lokal"]


@pytest.mark.django_db
def test_another_spelling_of_a_name_is_no_change(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1)])
    written = Person.objects.get().name
    (row,) = staff(1)
    spelt = ["  ".join(written.upper().split()), *row[1:]]
    assert read(government, xlsx([SIMPEG, spelt])).counts["same"] == 1


@pytest.mark.django_db
def test_the_registers_spelling_stays_when_something_else_changes(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1)])
    person = Person.objects.get()
    (row,) = staff(1)
    bring(government, [SIMPEG, [person.name.upper(), *row[1:3], "Analis", *row[4:]]])
    name = person.name
    person.refresh_from_db()
    assert person.name == name
    assert person.postings.get(valid_to=None).position == "Analis"
    assert '"name"' not in Change.objects.latest("id").after


@pytest.mark.django_db
def test_a_really_different_name_is_still_a_change(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1)])
    (row,) = staff(1)
    bring(government, [SIMPEG, ["Nama Baru", *row[1:]]])
    person = Person.objects.get()
    assert (person.name, person.name_key, person.number) == ("Nama Baru", "nama baru", number(1))


@pytest.mark.django_db
def test_the_local_id_of_a_merged_double_finds_who_remains(government: Government) -> None:
    """Also when the one who remained was merged once more."""
    names = ("Joko", "Joko Susilo", "J. Susilo")
    bring(government, [NON_ASN, *([name, "Sopir", "Dinas A", ""] for name in names)])
    first, second, last = (Person.objects.get(name=name) for name in names)
    for dropped, kept in ((first, second), (second, last)):
        dropped.postings.all().delete()
        Person.objects.filter(pk=dropped.pk).update(merged_into=kept)
    source = read(government, xlsx([NON_ASN, ["Joko Susilo", "Sopir", "Dinas A", first.local_id]]))
    row = source.rows.get()
    assert (row.action, row.person_id) == ("change", last.pk)
    apply(source)
    last.refresh_from_db()
    assert last.name == "Joko Susilo"


@pytest.mark.django_db(transaction=True)
def test_the_bar_moves_while_the_transaction_is_open(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(applying, "SLICE", 2)
    source = read(government, xlsx([SIMPEG, *staff(5)]))
    seen: list[int] = []

    def look(event: RegisterChanged) -> None:
        beside = connection.copy()
        with beside.cursor() as cursor:
            cursor.execute("SELECT progress_done FROM people_import")
            seen.append(cursor.fetchone()[0])
        beside.close()

    if connection.vendor == "postgresql":  # SQLite lets nobody write beside
        events.subscribe(RegisterChanged, look)
        try:
            apply(source)
        finally:
            events._handlers[RegisterChanged].remove(look)
        assert seen == [5]
    else:
        apply(source)
    assert Person.objects.count() == 5
    applied = Import.objects.get()
    assert applied.progress_done == applied.progress_total == 5


@pytest.mark.django_db
def test_a_local_id_in_the_column_of_the_numbers_is_taken_as_one(government: Government) -> None:
    bring(government, [NON_ASN, ["Joko Susilo", "Sopir", "Dinas A", ""]])
    joko = Person.objects.get()
    mixed = ["Nama", "Jabatan", "Unit Kerja", "NIP"]
    said = f" {joko.local_id.lower()} "
    source = read(government, xlsx([mixed, ["Joko S.", "Sopir", "Dinas A", said]]), scope="part")
    assert (codes(source), source.counts["change"]) == ([], 1)
    broken = read(government, xlsx([mixed, ["Joko S.", "Sopir", "Dinas A", "N64-7K3M9Q3"]]))
    assert codes(broken) == ["number_not_digits"], "its last letter does not check"


@pytest.mark.django_db
def test_of_units_with_one_name_people_keep_their_own(government: Government) -> None:
    north, south, newcomer = staff(3)
    north[5], south[5] = "UPTD Utara > Seksi Pelayanan", "UPTD Selatan > Seksi Pelayanan"
    bring(government, [SIMPEG, north, south])
    bare = [[*row[:5], "Seksi Pelayanan", row[6]] for row in (north, south, newcomer)]
    source = read(government, xlsx([SIMPEG, *bare]), scope="full")
    assert (source.counts["same"], source.counts["bad"]) == (2, 1)
    assert codes(source) == ["unit_ambiguous", "unit_kept", "unit_kept"]
    ambiguous = source.problems.get(code="unit_ambiguous")
    assert ambiguous.value == "Seksi Pelayanan · Dinas Contoh", "the unit, not the person"


@pytest.mark.django_db
def test_a_namesake_with_a_number_is_asked_about_as_such(
    government: Government, officer: Account
) -> None:
    bring(government, [SIMPEG, *staff(1)])
    name, unit = staff(1)[0][0], staff(1)[0][5]
    rows = [["Nama", "Jabatan", "Unit Kerja", "Status"], [name, "Sopir", unit, "Non-ASN"]]
    source = read(government, xlsx(rows), actor=officer)
    assert codes(source) == ["same_name_numbered"]
    text = sign_in(Client(), officer, second_factor=True).get(f"/impor/{source.pk}/").text
    assert "Menunggu keputusan Anda" in text
    assert "sudah sama di register" not in text
