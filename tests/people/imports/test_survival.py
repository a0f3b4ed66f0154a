"""Files that would harm, mislead or drown: each gets a clear answer, and nothing is kept of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from netral.people.intake import files
from netral.people.intake.files import Limits
from netral.people.models import Government, Import, ImportProblem, ImportRow, Person
from netral.people.queries import import_problems
from netral.people.queries import imports as sight
from netral.people.services import imports
from netral.people.services.imports import reading
from tests.people.imports import factories
from tests.people.imports.factories import SIMPEG, bring, codes, csv_text, number, read, staff, xlsx


def repacked(content: bytes, part: str, payload: bytes) -> bytes:
    """The workbook with one of its files replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, payload if name == part else old.read(name))
    return out.getvalue()


def failed(source: Import, code: str) -> None:
    assert source.state == Import.State.FAILED
    assert source.trouble["code"] == code
    assert source.failure
    assert source.file_path == ""
    assert not ImportRow.objects.exists()


@pytest.mark.django_db
def test_an_xlsx_bomb_is_refused_before_it_unfolds(government: Government, uploads: Path) -> None:
    spaces = b"<worksheet>" + b" " * 400_000_000 + b"</worksheet>"
    content = repacked(xlsx([SIMPEG, *staff(1)]), "xl/worksheets/sheet1.xml", spaces)
    assert len(content) < 2_000_000
    failed(read(government, content), "bomb")
    assert list(uploads.iterdir()) == []


@pytest.mark.django_db
def test_a_bomb_whose_directory_lies_is_stopped_by_the_memory_limit(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"<row r='{i}'><c r='A{i}' t='inlineStr'><is><t>{'x' * 900}</t></is></c>"
                   f"</row>" for i in range(1, 150_000))  # fmt: skip
    sheet = f"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{rows}</sheetData></worksheet>"
    content = repacked(xlsx([SIMPEG]), "xl/worksheets/sheet1.xml", sheet.encode())
    tight = Limits(10**10, 10**9, 260_000_000, 60)
    monkeypatch.setattr(reading, "COMMAND_LINE", tight)
    failed(read(government, content), "too_much_memory")


@pytest.mark.django_db
def test_a_file_that_takes_too_long_is_stopped(
    government: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "COMMAND_LINE", Limits(10**10, 200, 10**10, 1))
    failed(read(government, csv_text([SIMPEG, *staff(999) * 400])), "too_slow")


@pytest.mark.django_db
def test_a_file_of_200_mb_is_read_in_little_memory(
    government: Government, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "COMMAND_LINE", Limits(10**10, 200, 150_000_000, 60))
    uploads.mkdir(exist_ok=True)
    path = uploads / "besar.csv"
    with path.open("w") as stream:
        stream.write(f"NAMA,NIP,NAMA UNOR,CATATAN\nBudi Hartono,{number(1)},Dinas Sosial,\n")
        line = f",,,{'x' * 10_000}\n"
        for _ in range(20_500):
            stream.write(line)
    assert path.stat().st_size > 200_000_000
    source = imports.start(
        actor=None, government=government, upload_path=path, file_name="besar.csv", scope="part",
        effective_on=factories.TODAY, now=factories.NOW,
    )  # fmt: skip
    imports.read(str(source.pk), factories.NOW)
    source.refresh_from_db()
    assert (source.state, source.counts["create"]) == (Import.State.PREVIEW, 1)
    assert not path.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (files.OLE_SIGNATURE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (files.OLE_SIGNATURE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "old_excel"),
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"%PDF-1.7 ...", "not_a_spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_spreadsheet"),
        (b"<html><table><tr><td>NAMA</td></tr></table></html>", "web_page"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"satu baris tanpa tabel\n", "no_table"),
    ],
)
def test_what_is_no_readable_spreadsheet_is_named(
    government: Government, content: bytes, code: str
) -> None:
    failed(read(government, content), code)


@pytest.mark.django_db
def test_a_damaged_sheet_inside_a_sound_archive_is_named(government: Government) -> None:
    content = xlsx([SIMPEG, *staff(1)])
    failed(read(government, repacked(content, "xl/workbook.xml", b"<oops")), "damaged")


@pytest.mark.django_db
def test_a_wrong_sheet_goes_to_mapping_or_says_what_it_is(government: Government) -> None:
    tree = [["Id", "NamaUnor", "DiatasanId"], ["A", "Dinas A", ""]]
    failed(read(government, xlsx(tree)), "staff_expected")
    failed(read(government, xlsx([SIMPEG, *staff(1)]), scope="units"), "units_expected")
    source = read(government, xlsx([["Barang", "Jumlah", "Harga"], ["Meja", "x", "y"]]))
    assert source.state == Import.State.MAPPING
    assert not ImportRow.objects.exists()


@pytest.mark.django_db
def test_formulas_instead_of_values_are_obstacles_with_their_cell(government: Government) -> None:
    rows = [SIMPEG, *staff(3)]
    rows[1][0] = "=VLOOKUP(B2,Lain!A:B,2,0)"
    rows[2][5] = rows[2][6] = "=C1"
    source = read(government, xlsx(rows))
    found = {
        (p.line, p.column)
        for p in ImportProblem.objects.filter(source=source, code="formula_without_value")
    }
    assert {(2, "NAMA"), (3, "NAMA UNOR"), (3, "UNOR INDUK")} <= found
    assert source.counts == source.counts | {"create": 1, "bad": 2}
    as_text = read(government, csv_text(rows))
    assert "formula_text" in codes(as_text)


@pytest.mark.django_db
def test_a_formula_whose_value_the_file_holds_counts_as_that_value(government: Government) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, SIMPEG)
    sheet.write_row(1, 0, staff(1)[0])
    sheet.write_formula(1, 0, '=UPPER("Ani Lestari")', None, "ANI LESTARI")
    book.close()
    factories.apply(read(government, out.getvalue()))
    assert Person.objects.get().name == "ANI LESTARI"


@pytest.mark.django_db
def test_a_number_kept_as_a_number_is_saved_when_the_file_still_has_all_its_digits(
    government: Government,
) -> None:
    """Many export programs write all digits into the file, although no spreadsheet shows them."""
    rows: list[list[Any]] = [SIMPEG, *staff(2)]
    rows[1][1] = 77
    content = xlsx(rows)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    whole = sheet.replace(b"<v>77</v>", f"<v>{number(1)}</v>".encode())
    assert whole != sheet
    content = repacked(content, "xl/worksheets/sheet1.xml", whole)
    factories.apply(read(government, content))
    assert sorted(Person.objects.values_list("number", flat=True)) == [number(1), number(2)]


@pytest.mark.django_db
def test_a_number_that_lost_its_digits_is_an_obstacle_with_a_remedy(government: Government) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, SIMPEG)
    sheet.write_row(1, 0, staff(1)[0])
    sheet.write_number(1, 1, 1.98501012010011e17)
    sheet.write_row(2, 0, ["Ani", "1,98502E+17", "", "", "", "Bidang Satu", "Dinas Contoh"])
    book.close()
    source = read(government, out.getvalue())
    assert codes(source) == ["number_lost_digits", "number_lost_digits", "unit_new", "unit_new"]
    problem = source.problems.filter(code="number_lost_digits").first()
    assert (problem.line, problem.column, problem.severity) == (2, "NIP", "obstacle")
    assert "teks" in problem.remedy
    assert source.counts["bad"] == 2


@pytest.mark.django_db
def test_numbers_with_quotes_spaces_and_excel_armour_are_understood(government: Government) -> None:
    rows = [SIMPEG, *staff(4)]
    plain = [row[1] for row in rows[1:]]
    rows[1][1] = f"'{plain[0]}"
    rows[2][1] = f"{plain[1][:8]} {plain[1][8:14]} {plain[1][14]} {plain[1][15:]}"
    rows[3][1] = f'="{plain[2]}"'
    rows[4][1] = f" {plain[3]}\u00a0"
    source = factories.apply(read(government, csv_text(rows)))
    assert source.counts["create"] == 4
    assert sorted(Person.objects.values_list("number", flat=True)) == sorted(plain)


@pytest.mark.django_db
def test_doubles_in_the_file_and_against_the_register(government: Government) -> None:
    bring(government, [SIMPEG, *staff(2)])
    rows = [SIMPEG, *staff(3), ["Lain Orang", *staff(1)[0][1:]]]
    source = read(government, xlsx(rows))
    assert source.counts == source.counts | {"same": 2, "create": 1, "bad": 1}
    double = source.problems.get(code="number_twice_in_file")
    assert (double.line, double.details) == (5, {"sheet": "Data", "line": 2})
    assert "2" in double.sentence


@pytest.mark.django_db
def test_the_same_line_of_two_sheets_is_not_a_double(government: Government) -> None:
    rows = staff(2)
    source = read(government, xlsx({"A": [SIMPEG, rows[0]], "B": [SIMPEG, rows[1]]}))
    assert source.counts == source.counts | {"create": 2}
    again = read(government, xlsx({"A": [SIMPEG, rows[0]], "B": [SIMPEG, rows[0]]}))
    assert again.counts == again.counts | {"create": 1, "bad": 1}


@pytest.mark.django_db
def test_ten_thousand_problems_at_once_can_be_read_and_downloaded(
    government: Government, officer: Any
) -> None:
    rows = [
        [f"Orang {i}", f"{i}", "", "", "", "Bidang Satu", "Dinas Contoh"] for i in range(10_000)
    ]
    source = read(government, csv_text([SIMPEG, *rows]))
    obstacles = sight.problems(officer, source, "obstacle")
    assert obstacles.count() == 9_999  # "0" is how offices write "none"
    assert source.counts["obstacles"] == 9_999
    content = sight.problem_workbook(officer, source).read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.read("xl/worksheets/sheet2.xml").count(b"<row ") > 9_999


@pytest.mark.django_db
def test_personal_data_that_is_not_needed_is_nowhere_after_reading(
    government: Government, uploads: Path
) -> None:
    from tests.people.imports.test_shapes import SIASN, siasn_row

    secrets = {
        "NIK": "6472014102850001", "AGAMA NAMA": "Konghucu", "ALAMAT": "Jl. Rahasia 77",
        "TEMPAT LAHIR NAMA": "Tenggarong", "NPWP NOMOR": "091234567891000",
        "BPJS": "0001234567890", "TANGGAL LAHIR": "17-08-1971",
    }  # fmt: skip
    rows = [[*SIASN, "Catatan Bebas"], [*siasn_row(**secrets), "punya rahasia"]]
    nik_as_number = [*siasn_row(**secrets, **{"NIP BARU": "6472014102859999"}), "x"]
    source = read(government, xlsx([*rows, nik_as_number]))
    assert {"birth_not_in_number", "number_is_nik"} <= set(codes(source))
    kept = [
        *(str(value) for row in ImportRow.objects.values_list() for value in row),
        *(str(value) for row in ImportProblem.objects.values_list() for value in row),
        str(source.mapping),
    ]
    workbook = import_problems.workbook(source).read()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        kept += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    for secret in (*secrets.values(), "6472014102859999", "punya rahasia", "1971-08-17"):
        assert not any(secret in text for text in kept), secret
    waiting = b"".join(path.read_bytes() for path in uploads.iterdir())
    assert waiting.startswith(b"netral-upload")  # sealed, not even recognisable as a workbook
    assert b"PK" not in waiting[:64]
    factories.apply(source)
    (marked,) = uploads.iterdir()  # what was found in it, without the private columns, sealed
    assert marked.name.endswith(".marked.sealed")
    assert b"PK" not in marked.read_bytes()[:64]


@pytest.mark.django_db
def test_the_problem_sheet_holds_text_never_formulas(government: Government, officer: Any) -> None:
    rows = [SIMPEG, ["+SUM(A1)", "12", "", "", "", "=cmd|' /C calc'!A0", ""]]
    source = read(government, csv_text(rows))
    with zipfile.ZipFile(sight.problem_workbook(officer, source)) as archive:
        sheets = [archive.read(f"xl/worksheets/sheet{number}.xml") for number in (1, 2)]
    assert b"=cmd|" in sheets[1]
    assert not any(b"<f>" in sheet for sheet in sheets)
