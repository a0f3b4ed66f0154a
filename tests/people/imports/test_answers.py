"""What an officer answers about units and people: remembered, changeable, kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from netral.people.models import Government, Import, ImportUnit, Person, Posting, Unit
from netral.people.queries import import_doubtful
from netral.people.queries import imports as sight
from netral.people.services import imports
from netral.people.services.imports import spelling
from tests.people.accounts.sessions import sign_in
from tests.people.imports.factories import NOW, SIMPEG, apply, bring, read, staff, xlsx

NON_ASN = ["Nama", "Tugas", "Unit Kerja"]


@pytest.mark.parametrize(
    ("new", "old", "is_close"),
    [
        ("dinas kesehtan", "dinas kesehatan", True),
        ("bidang pembinan sma", "bidang pembinaan sma", True),
        ("bidang sarana prasarana", "bidang sarana dan prasarana", True),
        ("sma negeri 1 samarinda", "sma negeri 2 samarinda", False),
        ("bidang pembinaan sma", "bidang pembinaan smk", False),
        ("seksi pengawasan i", "seksi pengawasan ii", False),
        ("dinas sosial", "dinas kehutanan", False),
        ("sma negri samarinda", "sma negeri 1 samarinda", True),
        ("seksi pengawasan", "seksi pengawasan ii", True),
        ("seksi pengawasan ii", "seksi pengawasan", False),
    ],
)
def test_a_typing_error_is_told_from_a_sibling(new: str, old: str, is_close: bool) -> None:
    assert (spelling.close_ones(new, [(old, old)]) == [old]) is is_close


@pytest.mark.django_db
def test_a_misspelled_unit_is_asked_about_and_the_answer_is_remembered(
    government: Government, officer: Any
) -> None:
    bring(government, [SIMPEG, *staff(3, unit="Bidang Kesehatan Masyarakat")])
    wrong = [SIMPEG, *staff(2, unit="Bidang Kesehatan Masyrakat")]
    source = read(government, xlsx(wrong), actor=officer)
    assert source.counts == source.counts | {"move": 2, "unit_create": 1, "unit_doubtful": 1}
    asked = ImportUnit.objects.get(source=source)
    assert Unit.objects.get(pk=asked.similar_id).name == "Bidang Kesehatan Masyarakat"
    meant = {asked.pk: asked.similar_id}
    imports.settle_units(actor=officer, source=source, answers=meant, now=NOW)
    source.refresh_from_db()
    assert source.state == Import.State.READING
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    assert source.counts == {"rows": 2, "same": 2, "unit_same": 1}
    assert read(government, xlsx(wrong)).counts == source.counts

    # Thought again: it really is another unit.
    asked = ImportUnit.objects.get(source=source)
    assert asked.answer == "same"
    imports.settle_units(actor=officer, source=source, answers={asked.pk: "new"}, now=NOW)
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    assert source.counts["move"] == 2
    assert "unit_doubtful" not in source.counts
    apply(source)
    assert Unit.objects.filter(name__startswith="Bidang Kesehatan").count() == 2


@pytest.mark.django_db
def test_a_misspelled_unit_at_the_top_is_asked_about_too(
    government: Government, officer: Any
) -> None:
    bring(government, [NON_ASN, ["Adi", "Sopir", "Dinas Kesehatan"]])
    again = [NON_ASN, ["Adi", "Sopir", "Dinas Keshatan"]]
    source = read(government, xlsx(again), actor=officer)
    asked = ImportUnit.objects.get(source=source)
    meant = {asked.pk: asked.similar_id}
    imports.settle_units(actor=officer, source=source, answers=meant, now=NOW)
    imports.read(str(source.pk), NOW)
    apply(Import.objects.get(pk=source.pk))
    assert (Unit.objects.count(), Person.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_misspelled_unit_deeper_under_the_same_office_is_asked_about(
    government: Government,
) -> None:
    bring(government, [NON_ASN, ["Adi", "Guru", "Dinas A > Cabang Satu > SMA Negeri 1 Cendana"]])
    head = ["Nama", "Tugas", "Perangkat Daerah", "Unit Kerja"]
    rows = [["Beni", "Guru", "Dinas A", "SMA Negeri 1 Cendna"],
            ["Cici", "Guru", "Dinas A", "SMA Negeri 2 Cendana"]]  # fmt: skip
    source = read(government, xlsx([head, *rows]))
    asked = source.units.exclude(similar_id=None).values_list("name", flat=True)
    assert list(asked) == ["SMA Negeri 1 Cendna"]


@pytest.mark.django_db
def test_an_answer_can_be_changed_until_applying_and_survives_reading_again(
    government: Government, officer: Any
) -> None:
    bring(government, [NON_ASN, ["Joko", "Sopir", "Dinas A"], ["Rina", "Operator", "Dinas A"]])
    rows = [["NIP", *NON_ASN], ["198502012023211001", "Joko", "Sopir", "Dinas A"],
            ["", "Rina", "Operator", "Dinas A"]]  # fmt: skip
    source = read(government, xlsx(rows), scope="full", actor=officer)
    row = source.rows.get(action="ask")
    joko = Person.objects.get(name="Joko")
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id=joko.pk)
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id="new")
    source.refresh_from_db()
    assert source.counts == source.counts | {"create": 1, "missing": 1, "asked": 1}
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id=joko.pk)
    source.refresh_from_db()
    assert "missing" not in source.counts
    assert [one.answer for one in sight.rows(officer, source, "ask")] == ["person"]

    imports.set_mapping(actor=officer, source=source, sheet="", mapping={"Tugas": ""}, now=NOW)
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    assert "ask" not in source.counts
    apply(source)
    joko.refresh_from_db()
    assert joko.number == "198502012023211001"
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_new_and_then_somebody_leaves_their_status_alone(
    government: Government, officer: Any
) -> None:
    """Answering "new" must not write a status into a row that says nothing about one."""
    head = ["Nama", "Status", "Unit Kerja"]
    bring(government, [[*head, "NIP"], ["Ani", "PPPK", "Dinas A", "198502012023211001"]])
    source = read(government, xlsx([head, ["Ani", "", "Dinas A"]]), actor=officer)
    row = source.rows.get(action="ask")
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id="new")
    ani = Person.objects.get()
    imports.decide(actor=officer, source=source, row_id=row.pk, person_id=ani.pk)
    source.refresh_from_db()
    apply(source)
    assert Posting.objects.get(valid_to=None).status == "pppk"


NAMESAKES = [
    ["Adi", "Sopir", "Dinas A > Sekretariat"],
    ["Beni", "Sopir", "Dinas B > Sekretariat"],
    ["Cici", "Guru", "SMA Negeri 1 Cendana"],
    ["Dedi", "Guru", "SMA Negeri 2 Cendana"],
]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "shown"),
    [
        ("Sekretarat", {"Sekretariat · Dinas A", "Sekretariat · Dinas B"}),
        ("SMA Negri Cendana", {"SMA Negeri 1 Cendana", "SMA Negeri 2 Cendana"}),
        ("Dinas B > Sekretarat", {"Sekretariat · Dinas B"}),
    ],
)
def test_a_name_that_resembles_several_units_shows_them_all(
    government: Government, officer: Any, wrong: str, shown: set[str]
) -> None:
    bring(government, [NON_ASN, *NAMESAKES])
    before = Unit.objects.count()
    content = xlsx([NON_ASN, ["Orang Baru", "Sopir", wrong]])
    source = read(government, content, actor=officer)
    assert source.counts["unit_doubtful"] == 1
    (line,) = import_doubtful.doubtful_units(source)
    assert {candidate.label for candidate in line.candidates} == shown
    said = source.problems.get(code="unit_new")
    assert all(name.partition(" · ")[0] in said.remedy for name in shown)

    meant = min(line.candidates, key=lambda one: one.label)
    answers: Any = {line.unit.pk: UUID(meant.key)}
    imports.settle_units(actor=officer, source=source, answers=answers, now=NOW)
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    (again,) = import_doubtful.doubtful_units(source)
    assert again.answer == meant.key
    assert {one.label for one in again.candidates} == shown, "to think again"
    apply(source)
    assert Unit.objects.count() == before
    assert Posting.objects.get(person__name="Orang Baru").unit_id == UUID(meant.key)


@pytest.mark.django_db
def test_units_that_resemble_others_are_never_created_without_a_word(
    government: Government, officer: Any
) -> None:
    bring(government, [NON_ASN, *NAMESAKES])
    source = read(government, xlsx([NON_ASN, ["Orang Baru", "Sopir", "Sekretarat"]]), actor=officer)
    with pytest.raises(imports.ImportRefused, match="1 unit baru mirip"):
        imports.confirm(actor=officer, source=source, close_missing=False, now=NOW)
    source.refresh_from_db()
    assert source.state == Import.State.PREVIEW
    imports.confirm(
        actor=officer, source=source, close_missing=False, new_units_are_meant=True, now=NOW
    )
    imports.apply(str(source.pk), NOW)
    assert Unit.objects.filter(name="Sekretarat").exists()


@pytest.mark.django_db
def test_only_a_unit_that_was_offered_can_be_chosen(government: Government, officer: Any) -> None:
    bring(government, [NON_ASN, *NAMESAKES])
    source = read(government, xlsx([NON_ASN, ["Orang Baru", "Sopir", "Sekretarat"]]), actor=officer)
    asked = source.units.get()
    other = Unit.objects.get(name="SMA Negeri 1 Cendana")
    with pytest.raises(imports.ImportRefused, match="di antara pilihannya"):
        imports.settle_units(actor=officer, source=source, answers={asked.pk: other.pk}, now=NOW)


@pytest.mark.django_db
def test_of_very_many_namesakes_some_are_offered_and_the_rest_is_said(
    government: Government, officer: Any
) -> None:
    names = [f"Orang {letter}" for letter in "abcdefghijklmn"]
    bring(government, [NON_ASN, *([n, "Staf", f"Dinas {n[-1]} > Tata Usaha"] for n in names)])
    source = read(government, xlsx([NON_ASN, ["Orang Baru", "Staf", "Tata Usha"]]), actor=officer)
    (line,) = import_doubtful.doubtful_units(source)
    assert (len(line.candidates), line.has_more) == (10, True)
    page = sign_in(Client(), officer, second_factor=True).get(f"/impor/{source.pk}/?lihat=unit")
    assert "isi juga unit induknya di berkas" in page.text


@pytest.mark.django_db
def test_a_unit_tree_that_spells_a_unit_otherwise_is_asked_about_too(
    government: Government, officer: Any
) -> None:
    """The answer "that unit" gives it the name of the tree; its people stay in it."""
    bring(government, [NON_ASN, ["Adi", "Sopir", "Dinas A > Bidang Kesehatan"],
                       ["Beni", "Sopir", "Dinas A > Bidang Kesehatan Ibu"]])  # fmt: skip
    tree = [["ID", "Nama Unor", "ID Atasan"], ["A", "Dinas A", ""], ["B", "Bidang Keshatan", "A"],
            ["C", "Bidang Kesehatan Ibu", "A"]]  # fmt: skip
    source = read(government, xlsx(tree), scope="units", actor=officer)
    assert source.counts["unit_doubtful"] == 1
    with pytest.raises(imports.ImportRefused, match="1 unit baru mirip"):
        imports.confirm(actor=officer, source=source, close_missing=False, now=NOW)
    (line,) = import_doubtful.doubtful_units(source)
    (candidate,) = line.candidates
    assert candidate.label == "Bidang Kesehatan · Dinas A"
    answers: Any = {line.unit.pk: UUID(candidate.key)}
    imports.settle_units(actor=officer, source=source, answers=answers, now=NOW)
    imports.read(str(source.pk), NOW)
    source.refresh_from_db()
    (again,) = import_doubtful.doubtful_units(source)
    assert again.answer == candidate.key
    apply(source)
    unit = Unit.objects.get(pk=candidate.key)
    assert (unit.name, unit.external_id, Unit.objects.count()) == ("Bidang Keshatan", "B", 3)
    assert read(government, xlsx(tree), scope="units").counts["same"] == 3
