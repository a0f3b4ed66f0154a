"""People the register knows under another spelling or another entry, and a bar that moves."""

from __future__ import annotations

import pytest
from django.db import connection

from netral.base import events
from netral.people.events import RegisterChanged
from netral.people.models import Change, Government, Import, Person
from netral.people.services.imports import applying
from tests.people.imports.factories import SIMPEG, apply, bring, number, read, staff, xlsx

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
