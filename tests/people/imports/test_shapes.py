"""The shapes in which registers arrive, as real generated files through the real import."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from netral.people.models import Government, Import, Person, Posting, Unit
from tests.people.imports import factories
from tests.people.imports.factories import SIMPEG, bring, codes, csv_text, number, read, staff, xlsx

SIASN = [
    "PNS ID", "NIP BARU", "NIP LAMA", "NAMA", "GELAR DEPAN", "GELAR BELAKANG", "TEMPAT LAHIR NAMA",
    "TANGGAL LAHIR", "JENIS KELAMIN", "AGAMA NAMA", "NIK", "NOMOR HP", "EMAIL", "EMAIL GOV",
    "ALAMAT", "NPWP NOMOR", "BPJS", "JENIS PEGAWAI NAMA", "KEDUDUKAN HUKUM NAMA",
    "STATUS CPNS PNS", "TMT CPNS", "GOL AKHIR NAMA", "JENIS JABATAN NAMA", "JABATAN NAMA",
    "UNOR ID", "UNOR NAMA", "SATUAN KERJA INDUK NAMA",
]  # fmt: skip


def siasn_row(**changes: Any) -> list[Any]:
    values = {
        "PNS ID": "A1B2", "NIP BARU": "'198502012010012001", "NIP LAMA": "470012345",
        "NAMA": "SITI RAHMA", "GELAR DEPAN": "Dr.", "GELAR BELAKANG": "S.H., M.Si.",
        "TEMPAT LAHIR NAMA": "SAMARINDA", "TANGGAL LAHIR": "01-02-1985",
        "JENIS KELAMIN": "Wanita", "AGAMA NAMA": "Islam", "NIK": "6472014102850001",
        "NOMOR HP": "+62 812-3456-7890", "EMAIL": "siti@pribadi.example",
        "EMAIL GOV": "Siti@Kantor.go.id", "ALAMAT": "Jl. Rahasia 5", "NPWP NOMOR": "091234567891000",
        "BPJS": "0001234567890", "JENIS PEGAWAI NAMA": "PNS Daerah Propinsi yang bekerja pada "
        "Propinsi", "KEDUDUKAN HUKUM NAMA": "Aktif", "STATUS CPNS PNS": "P",
        "TMT CPNS": "01-01-2010", "GOL AKHIR NAMA": "III/d",
        "JENIS JABATAN NAMA": "Jabatan Struktural", "JABATAN NAMA": "Kepala Bidang Tata Usaha",
        "UNOR ID": "466D9577C0930F89E050640A29022FEF", "UNOR NAMA": "Bidang Tata Usaha",
        "SATUAN KERJA INDUK NAMA": "Dinas Kehutanan",
    }  # fmt: skip
    return [{**values, **changes}[header] for header in SIASN]


@pytest.mark.django_db
def test_a_siasn_export_becomes_a_person_a_unit_path_and_a_posting(government: Government) -> None:
    source = bring(government, [SIASN, siasn_row()])
    person = Person.objects.get()
    posting = Posting.objects.get()
    assert source.state == Import.State.APPLIED
    assert (person.number, person.name) == ("198502012010012001", "SITI RAHMA")
    assert person.full_name == "Dr. SITI RAHMA, S.H., M.Si."
    assert (person.email, person.phone) == ("siti@kantor.go.id", "+6281234567890")
    assert person.joined_on == date(2010, 1, 1)
    assert (posting.status, posting.grade, posting.position_level) == (
        "pns",
        "III/d",
        "administrator",
    )
    assert (posting.unit.name, posting.unit.parent.name) == ("Bidang Tata Usaha", "Dinas Kehutanan")
    assert posting.unit.external_id == "466D9577C0930F89E050640A29022FEF"
    assert codes(source) == ["unit_new", "unit_new"]


@pytest.mark.django_db
def test_headers_are_found_whatever_their_case_spaces_underscores_and_order(
    government: Government,
) -> None:
    rows = [["unit_kerja", "nip_baru", "Nama  Lengkap"], ["Dinas Sosial", number(1), "Rina Dewi"]]
    bring(government, rows)
    assert Person.objects.get().number == number(1)
    assert Posting.objects.get().unit.name == "Dinas Sosial"


@pytest.mark.django_db
def test_title_rows_a_second_header_row_and_a_row_of_column_numbers_are_passed_over(
    government: Government,
) -> None:
    rows = [
        ["DAFTAR NOMINATIF PEGAWAI"],
        ["Keadaan 1 November 2026"],
        [],
        ["NO", "NAMA", "NIP", "JABATAN", "", "UNIT KERJA"],
        ["", "", "", "NAMA JABATAN", "ESELON", ""],
        ["1", "2", "3", "4", "5", "6"],
        ["1", "Budi Hartono", number(1), "Kepala Dinas", "II.a", "Dinas Sosial"],
        [],
        ["2", "Ani Lestari", number(2), "Staf", "", "Dinas Sosial"],
        ["", "", "", "", "Samarinda, 1 November 2026"],
    ]
    source = bring(government, rows)
    levels = dict(Posting.objects.values_list("person__name", "position_level"))
    assert levels == {"Budi Hartono": "jpt_pratama", "Ani Lestari": "other"}
    assert source.counts["create"] == 2
    assert source.counts.get("bad", 0) == 0


@pytest.mark.django_db
def test_a_plain_list_of_non_asn_without_any_number_gets_local_ids(government: Government) -> None:
    rows = [
        ["No", "Nama", "Tugas", "Tempat Tugas", "Mulai Bekerja"],
        [1, "Joko Susilo", "Pengemudi", "Dinas Sosial", "1 Januari 2019"],
        [2, "Wulan Sari, A.Md.", "Operator", "Dinas Sosial", datetime(2020, 3, 2)],
    ]
    bring(government, rows, scope="full_non_asn")
    people = {person.name: person for person in Person.objects.all()}
    assert set(people) == {"Joko Susilo", "Wulan Sari"}
    assert people["Wulan Sari"].back_title == "A.Md."
    assert people["Wulan Sari"].joined_on == date(2020, 3, 2)
    assert people["Joko Susilo"].joined_on == date(2019, 1, 1)
    assert all(person.local_id.startswith("N64-") for person in people.values())
    assert set(Posting.objects.values_list("status", flat=True)) == {"non_asn"}


@pytest.mark.django_db
def test_unit_headings_inside_the_table_and_merged_unit_cells_name_the_unit(
    government: Government,
) -> None:
    rows = [
        ["Nama", "Tugas"],
        ["DINAS SOSIAL"],
        ["Joko Susilo", "Pengemudi"],
        ["DINAS KESEHATAN"],
        ["Wulan Sari", "Operator"],
    ]
    bring(government, rows)
    merged = [
        ["Nama", "Unit Kerja", "Tugas"],
        ["Adi Putra", "Dinas Pendidikan", "Staf"],
        ["Beni Putra", None, "Staf"],
        ["Cici Putri", "Dinas Pangan", "Staf"],
    ]

    def merge(book: openpyxl.Workbook) -> None:
        book.active.merge_cells("B2:B3")

    factories.apply(read(government, xlsx(merged, tidy=merge)))
    where = dict(Posting.objects.values_list("person__name", "unit__name"))
    assert where == {
        "Joko Susilo": "DINAS SOSIAL",
        "Wulan Sari": "DINAS KESEHATAN",
        "Adi Putra": "Dinas Pendidikan",
        "Beni Putra": "Dinas Pendidikan",
        "Cici Putri": "Dinas Pangan",
    }


@pytest.mark.django_db
def test_every_sheet_with_a_table_is_read_and_the_others_are_named(government: Government) -> None:
    content = xlsx(
        {
            "Rekap": [["Rekapitulasi"], ["Jumlah", 2]],
            "PNS": [SIMPEG, *staff(1)],
            "PPPK": [
                ["Nama", "NI PPPK", "Gol", "OPD"],
                ["Dewi Ayu", number(7, pppk=True), "IX", "Dinas Contoh"],
            ],
        }
    )
    source = factories.apply(read(government, content))
    assert source.counts["create"] == 2
    assert Posting.objects.get(person__name="Dewi Ayu").status == "pppk"
    skipped = source.problems.get(code="sheet_skipped")
    assert (skipped.sheet, skipped.line) == ("Rekap", 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        csv_text([SIMPEG, *staff(2)], delimiter=";", encoding="utf-8-sig"),
        csv_text([SIMPEG, *staff(2)], delimiter="\t"),
        csv_text([SIMPEG, *staff(2)], encoding="utf-16"),
        b"sep=;\r\n" + csv_text([SIMPEG, *staff(2)], delimiter=";"),
    ],
    ids=["bom-semicolon", "tab", "utf-16", "excel-sep-line"],
)
def test_csv_in_its_usual_disguises(government: Government, content: bytes) -> None:
    source = factories.apply(read(government, content))
    assert source.counts["create"] == 2
    assert sorted(Person.objects.values_list("number", flat=True)) == [number(1), number(2)]


@pytest.mark.django_db
def test_a_csv_in_windows_1252_keeps_its_letters(government: Government) -> None:
    rows = [SIMPEG, ["André Müller – Ōe".replace("Ō", "O"), *staff(1)[0][1:]]]
    factories.apply(read(government, csv_text(rows, encoding="cp1252")))
    assert Person.objects.get().name == "André Müller – Oe"


@pytest.mark.django_db
def test_a_unor_tree_with_dashes_bom_and_semicolons_becomes_units(government: Government) -> None:
    rows = [
        ["Id", "NamaUnor", "DiatasanId"],
        ["AA00", "Pemerintah Provinsi Contoh", ""],
        ["AA01", "--Dinas Komunikasi dan Informatika", "AA00"],
        ["AA02", "----Sekretariat", "AA01"],
        ["AA03", "------Sub Bagian Umum", "AA02"],
        ["AA04", "----Bidang Statistik", "AA01"],
    ]
    content = csv_text(rows, delimiter=";", encoding="utf-8-sig")
    source = factories.apply(read(government, content, scope="units"))
    tree = {
        unit.name: (unit.parent and unit.parent.name, unit.depth) for unit in Unit.objects.all()
    }
    assert tree == {
        "Dinas Komunikasi dan Informatika": (None, 0),
        "Sekretariat": ("Dinas Komunikasi dan Informatika", 1),
        "Sub Bagian Umum": ("Sekretariat", 2),
        "Bidang Statistik": ("Dinas Komunikasi dan Informatika", 1),
    }
    assert source.counts["create"] == 4
    top = Unit.objects.get(external_id="AA01")
    assert top.below.count() == 4
    again = read(government, content, scope="units")
    assert (again.counts["same"], again.counts.get("create", 0)) == (4, 0)


@pytest.mark.django_db
def test_a_unor_tree_moves_and_renames_known_units(government: Government) -> None:
    head = ["Id", "NamaUnor", "DiatasanId"]
    first = [head, ["A", "Dinas A", ""], ["B", "Dinas B", ""], ["C", "Seksi C", "A"]]
    factories.apply(read(government, xlsx(first), scope="units"))
    second = [head, ["A", "Dinas A", ""], ["B", "Badan B", ""], ["C", "Seksi C", "B"]]
    source = factories.apply(read(government, xlsx(second), scope="units"))
    assert (source.counts["move"], source.counts["change"], source.counts["same"]) == (1, 1, 1)
    assert Unit.objects.get(external_id="C").parent.name == "Badan B"
    ancestors = set(
        Unit.objects.get(external_id="C").above.values_list("ancestor__name", flat=True)
    )
    assert ancestors == {"Badan B", "Seksi C"}


@pytest.mark.django_db
def test_units_are_matched_by_unor_id_before_their_name(government: Government) -> None:
    tree = [["Id", "NamaUnor", "DiatasanId"], ["A", "Dinas A", ""], ["B", "Sekretariat", "A"]]
    factories.apply(read(government, xlsx(tree), scope="units"))
    rows = [
        ["Nama", "NIP", "Unor ID", "Unor Nama"],
        ["Adi", number(1), "B", "Nama Lama Sekretariat"],
    ]
    source = bring(government, rows)
    assert Posting.objects.get().unit.external_id == "B"
    assert source.counts.get("unit_create", 0) == 0


@pytest.mark.django_db
def test_a_unit_name_that_several_units_bear_is_an_obstacle(government: Government) -> None:
    bring(government, [SIMPEG, *staff(1, unit="Sekretariat", top="Dinas A")])
    bring(government, [SIMPEG, *staff(1, unit="Sekretariat", top="Dinas B")])
    rows = [["Nama", "NIP", "Unit Kerja"], ["Budi", number(9), "SEKRETARIAT"]]
    source = read(government, xlsx(rows))
    assert codes(source) == ["unit_ambiguous"]
    assert source.counts["bad"] == 1
