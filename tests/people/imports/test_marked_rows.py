"""The workbook of problems: the office's own rows, marked, to be corrected and sent again."""

from __future__ import annotations

import io
import resource
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from netral.people.models import Account, Government, Import, ImportProblem
from netral.people.queries import import_problems
from netral.people.queries import imports as sight
from netral.people.services.imports import keeping
from tests.people.accounts.sessions import sign_in
from tests.people.imports.factories import (
    NOW,
    SIMPEG,
    apply,
    codes,
    csv_text,
    number,
    read,
    staff,
    xlsx,
)

NIK = "6472014102850001"
HEAD = ["No", "NIP", "Nama", "NIK", "Agama", "Status", "Unit Kerja", "Catatan Bebas", "Tgl Lahir"]
ROWS = [
    ["DAFTAR PEGAWAI DINAS CONTOH"],
    ["Keadaan November 2026"],
    [],
    HEAD,
    [1, number(1), "Adi", NIK, "Islam", "PNS", "Dinas A", "rahasia", "01-02-1985"],
    [2, "12345", "Beni", NIK, "Hindu", "PNS", "Dinas A", "rahasia", "01-02-1985"],
    [3, NIK, "Cici", NIK, "Kristen", "PNS", "Dinas A", "rahasia", "01-02-1985"],
    [4, number(4), "", NIK, "Budha", "PNS", "Dinas A", "rahasia", "01-02-1985"],
]


def marked(source: Import) -> openpyxl.Workbook:
    return openpyxl.load_workbook(import_problems.workbook(source))


@pytest.mark.django_db
def test_own_rows_come_back_marked_and_without_private_columns(government: Government) -> None:
    book = marked(read(government, xlsx({"Dinas A": ROWS, "PPPK": [SIMPEG, *staff(1)]})))
    assert book.sheetnames == ["Ringkasan Netral", "Dinas A", "PPPK"]
    sheet = book["Dinas A"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert values[0][0] == "DAFTAR PEGAWAI DINAS CONTOH"
    assert values[1][0] == "Keadaan November 2026"
    own = ["No", "NIP", "Nama", "Status", "Unit Kerja"]
    assert values[3] == [*own, "Masalah menurut Netral", "Cara memperbaiki menurut Netral"]
    assert values[4][:5] == [1, number(1), "Adi", "PNS", "Dinas A"]
    assert values[5][1] == "12345"
    assert values[6][1] is None  # a NIK, wherever it stands
    colours = {
        cell.coordinate: cell.fill.fgColor.rgb
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type
    }
    assert colours["B6"] == colours["B7"] == colours["C8"] == "FFF3D6CF"
    assert "B5" not in colours
    assert "18 angka" in values[5][5]
    assert values[5][6]
    text = str([[cell.value for row in page.iter_rows() for cell in row] for page in book])
    for private in (NIK, "Islam", "Kristen", "rahasia", "01-02-1985", "1985-02-01"):
        assert private not in text, private
    assert "NIK, Agama" in text
    assert "Catatan Bebas" in text


@pytest.mark.django_db
def test_what_was_corrected_is_uploaded_as_it_is(government: Government) -> None:
    first = read(government, xlsx({"Dinas A": ROWS}))
    assert first.counts == first.counts | {"create": 1, "bad": 3}
    book = marked(first)
    sheet = book["Dinas A"]
    sheet["B6"], sheet["B7"], sheet["C8"] = number(2), number(3), "Didi"
    out = io.BytesIO()
    book.save(out)
    again = read(government, out.getvalue())
    assert again.counts == again.counts | {"rows": 4, "create": 4}
    assert set(codes(again)) == {"unit_new"}
    assert [report["name"] for report in again.mapping["sheets"]] == ["Dinas A"]


@pytest.mark.django_db
def test_a_csv_and_a_unit_tree_come_back_marked_too(government: Government) -> None:
    csv = marked(read(government, csv_text([SIMPEG, ["Adi", "123", "", "", "", "Bidang", "D"]])))
    assert csv["Data"]["B2"].fill.fill_type == "solid"
    tree = [["Id", "NamaUnor", "DiatasanId"], ["A1", "Dinas A", ""], ["A2", "Bidang", "X9"],
            ["A1", "Dinas B", ""]]  # fmt: skip
    units = marked(read(government, xlsx(tree), scope="units"))
    assert units["Data"]["D4"].value


@pytest.mark.django_db
def test_ten_thousand_errors_are_marked_in_bounded_memory(
    government: Government, officer: Any
) -> None:
    rows = [[f"Orang {i}", f"1{i}", "", "", "", "Bidang Satu", "Dinas"] for i in range(18_000)]
    for row in rows[10_000:]:
        row[1] = ""
    source = read(government, csv_text([SIMPEG, *rows]))
    assert source.counts["obstacles"] == 10_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    content = sight.problem_workbook(officer, source)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 60_000, f"{grown} KB"
    sheet = openpyxl.load_workbook(content, read_only=True)["Data"]
    rows_there = list(sheet.iter_rows(values_only=True))
    assert len(rows_there) == 18_001
    assert sum(bool(row[7]) for row in rows_there[1:]) == 10_000


@pytest.mark.django_db
def test_marked_rows_stay_after_applying_until_the_staged_rows_go(
    government: Government, uploads: Path
) -> None:
    source = apply(read(government, xlsx({"Dinas A": ROWS})))
    assert source.file_path == ""
    assert marked(source)["Dinas A"]["B6"].value == "12345"
    keeping.drop_uploads(before=NOW.replace(year=2030))
    assert len(list(uploads.iterdir())) == 1
    keeping.drop_staged(before=NOW.replace(year=2030))
    assert list(uploads.iterdir()) == []
    assert marked(source).sheetnames == ["Masalah"]  # nothing is kept of it any more


@pytest.mark.django_db
def test_an_import_without_problems_leaves_nothing_on_disk(
    government: Government, uploads: Path
) -> None:
    apply(read(government, xlsx([SIMPEG, *staff(1)])))
    second = read(government, xlsx([SIMPEG, *staff(1)]))
    assert codes(second) == []
    apply(second)
    assert len(list(uploads.iterdir())) == 1  # that of the first: its unit was new


@pytest.mark.django_db
def test_notes_under_the_table_are_still_notes_when_the_marked_file_comes_back(
    government: Government,
) -> None:
    rows = [HEAD, *ROWS[4:], [], ["Contoh, 22 November 2026"], ["Kepala Badan"]]
    before = read(government, xlsx(rows))
    again = read(government, sight_of(before))
    for source in (before, again):
        assert codes(source).count("row_outside_table") == 2
    assert codes(again).count("name_missing") == codes(before).count("name_missing") == 1


def sight_of(source: Import) -> bytes:
    """The marked workbook as it is uploaded again."""
    content: bytes = import_problems.workbook(source).read()
    return content


@pytest.mark.django_db
def test_the_way_back_stands_above_the_rows_that_were_left_out(
    government: Government, officer: Account
) -> None:
    source = apply(read(government, xlsx(ROWS), actor=officer))
    page = sign_in(Client(), officer, second_factor=True).get(f"/impor/{source.pk}/").text
    assert page.index(f"/impor/{source.pk}/batalkan") < page.index("Yang dilewati, dan masalahnya")


def coloured(source: Import, columns: str) -> set[str]:
    """The cells of the office's own columns that are marked."""
    sheet = marked(source).worksheets[1]
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.fill.fill_type)
    return {cell.coordinate for cell in cells if cell.column_letter in columns}


@pytest.mark.django_db
def test_of_an_ambiguous_unit_the_cell_that_names_it_is_coloured(government: Government) -> None:
    """Also when it is the office above that is ambiguous, or the only thing the row says."""
    for at, office in enumerate(("Dinas A", "Dinas B"), start=1):
        apply(read(government, xlsx([SIMPEG, [*staff(at)[-1][:5], "Sekretariat", office]])))
    person = staff(9)[-1][:5]
    for unit, office, cell in (
        ("Sekretariat", "", "F2"), ("Seksi Satu", "Sekretariat", "G2"), ("", "Sekretariat", "G2"),
    ):  # fmt: skip
        source = read(government, xlsx([SIMPEG, [*person, unit, office]]))
        assert codes(source) == ["unit_ambiguous"]
        assert coloured(source, "ABCDEFG") == {cell}
        found = source.problems.get()
        assert found.column == {"F2": "NAMA UNOR", "G2": "UNOR INDUK"}[cell]


@pytest.mark.django_db
def test_without_a_column_for_the_unit_its_row_is_marked_at_the_name(
    government: Government,
) -> None:
    head = ["No", "Nama", "Tugas"]
    apply(read(government, xlsx([["Nama", "Unit Kerja"], ["Adi", "Dinas A > Sekretariat"],
                                 ["Beni", "Dinas B > Sekretariat"]])))  # fmt: skip
    rows = [head, ["", "SEKRETARIAT", ""], [1, "Cici", "Sopir"]]
    source = read(government, xlsx(rows))
    assert codes(source) == ["unit_ambiguous"]
    assert coloured(source, "ABC") == {"B3"}


@pytest.mark.django_db
def test_an_unknown_parent_in_a_tree_is_coloured_where_it_stands(government: Government) -> None:
    tree = [["Id", "NamaUnor", "DiatasanId"], ["A1", "Dinas A", ""], ["A2", "----Bidang", "X9"]]
    source = read(government, xlsx(tree), scope="units")
    assert coloured(source, "ABC") == {"C3"}


@pytest.mark.django_db
def test_every_problem_says_sheet_row_column_value_and_remedy(government: Government) -> None:
    apply(read(government, xlsx({"Dinas A": [SIMPEG, *staff(1)]})))
    rows = [*staff(3), ["Lain Orang", *staff(2)[1][1:]], ["Nomor Rusak", "12", *staff(1)[0][2:]]]
    source = read(government, xlsx({"Dinas A": [SIMPEG, *rows]}))
    said = {problem.code: problem for problem in source.problems.filter(severity="obstacle")}
    places = {code: (one.sheet, one.line, one.column, one.value) for code, one in said.items()}
    assert places == {
        "number_twice_in_file": ("Dinas A", 5, "NIP", number(2)),
        "number_wrong_length": ("Dinas A", 6, "NIP", "2 angka"),
    }
    assert all(one.sentence and one.remedy for one in said.values())


@pytest.mark.django_db
def test_problems_stand_by_gravity_and_then_by_row(
    government: Government, officer: Account
) -> None:
    source = read(government, xlsx([SIMPEG, *staff(1)]))
    source.problems.all().delete()
    for severity, sheet, line in (
        ("warning", "A", 9),
        ("question", "A", 4),
        ("obstacle", "B", 2),
        ("obstacle", "A", 11),
        ("warning", "A", 3),
        ("obstacle", "A", 5),
        ("obstacle", "A", 0),
    ):
        ImportProblem.objects.create(
            source=source, sheet=sheet, line=line, severity=severity, code="name_missing"
        )
    shown = sight.problems(officer, source)
    assert [(one.severity, one.sheet, one.line) for one in shown] == [
        ("obstacle", "A", 0),
        ("obstacle", "A", 5),
        ("obstacle", "A", 11),
        ("obstacle", "B", 2),
        ("question", "A", 4),
        ("warning", "A", 3),
        ("warning", "A", 9),
    ]
