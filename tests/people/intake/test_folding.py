"""What the reader folds: headers, dates, numbers, words. Properties first, tables for the rest."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.people import folding
from netral.people.import_wording import FILE, PROBLEM
from netral.people.intake import numbers, values
from netral.people.intake.cells import FormulaFound, read_email, read_phone, text_of
from netral.people.intake.data import load
from netral.people.intake.dates import MONTHS, read_date
from netral.people.intake.delimited import delimiter_of
from netral.people.intake.headers import find_header, header_key, synonyms, understand
from netral.people.intake.problems import FILE_CODES, SEVERITY
from netral.people.intake.workbook import column_letters, column_number

DAYS = st.dates(date(1931, 1, 1), date(2090, 12, 31))
STAFF_HEADERS = [
    spelling for spellings in load("headers")["staff"]["kept"].values() for spelling in spellings
]


@given(DAYS)
def test_every_usual_way_to_write_a_day_is_read(day: date) -> None:
    month = next(name for name, number in MONTHS.items() if number == day.month)
    serial = (day - date(1899, 12, 30)).days
    ways: list[Any] = [
        day,
        datetime(day.year, day.month, day.day, 7, 30),
        day.isoformat(),
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        f"{day.day} {month.capitalize()} {day.year}",
        f"{day.day:02}-{month[:3]}-{day.year}" if month[:3] in MONTHS else day,
        f"{day:%Y%m%d}",
        f"{day.isoformat()} 00:00:00",
        f"'{day.day:02}-{day.month:02}-{day.year}",
        serial,
        float(serial),
        str(serial),
    ]
    assert {read_date(way) for way in ways} == {day.isoformat()}


@given(st.text() | st.integers() | st.floats() | st.booleans() | st.none())
def test_whatever_stands_in_a_date_cell_is_a_day_nothing_or_unreadable(cell: Any) -> None:
    read = read_date(cell)
    assert read is None or read == "" or date.fromisoformat(read)


@pytest.mark.parametrize("text", ["12/31/1985", "31-02-1985", "besok", "1985", "1-1-85"])
def test_a_date_that_could_be_two_days_or_none_is_never_guessed(text: str) -> None:
    assert read_date(text) is None


@given(
    st.from_regex(r"[0-9]{17}[1-9]", fullmatch=True),
    st.integers(0, 17),
    st.sampled_from(" .-'\u00a0"),
)
def test_a_number_survives_quotes_spaces_and_dots(number: str, at: int, junk: str) -> None:
    for written in (number, f"'{number}", f'="{number}"', f"{number[:at]}{junk}{number[at:]}"):
        assert numbers.read_number(written) == (number, "")


@given(st.integers(10**17, 10**18 - 1))
def test_a_spreadsheet_number_is_never_taken_for_a_staff_number(number: int) -> None:
    assert numbers.read_number(float(number)) == ("", "number_lost_digits")


@pytest.mark.parametrize("written", ["198502012010011000", "'19850201 201001 1 000"])
def test_a_number_that_excel_once_rounded_is_not_taken_for_one(written: str) -> None:
    assert numbers.read_number(written) == ("", "number_lost_digits")


@given(st.text(max_size=40))
def test_any_text_gives_a_number_nothing_or_a_known_problem(text: str) -> None:
    number, code = numbers.read_number(text)
    assert not (number and code)
    assert number == "" or re.fullmatch(r"\d{18}", number)
    assert code == "" or SEVERITY[code] == "obstacle"


@pytest.mark.parametrize(
    ("number", "facts", "codes"),
    [
        ("198502012010011001", {"birth": "1985-02-01", "start": "2010-01-01", "gender": "1"}, []),
        ("198502012010011001", {"birth": "1985-02-02"}, ["birth_not_in_number"]),
        ("198502012010011001", {"start": "2011-01-01"}, ["start_not_in_number"]),
        ("198502012010011001", {"gender": "2"}, ["gender_not_in_number"]),
        ("198502012023211001", {"start": "2022-06-01"}, ["pppk_year_not_in_number"]),
        ("198502012023211001", {"start": "2023-06-01"}, []),
        ("198513012010011001", {}, ["number_birth_invalid"]),
        ("198502012010001001", {}, ["number_month_invalid"]),
        ("198502012010013001", {}, ["number_gender_invalid"]),
        ("200002012010011001", {}, ["number_too_young"]),
        ("198502012027011001", {}, ["number_in_future"]),
    ],
)
def test_bkn_consistency_checks(number: str, facts: dict[str, str], codes: list[str]) -> None:
    known = {"birth": "", "start": "", "gender": "", **facts}
    found = numbers.check_number(number, today=date(2026, 11, 22), **known)
    assert [code for code, _field in found] == codes
    assert all(SEVERITY[code] == "warning" for code in codes)


@given(st.sampled_from(STAFF_HEADERS), st.data())
def test_a_header_is_known_in_any_case_with_any_separators(header: str, data: Any) -> None:
    letters = [
        letter.upper() if data.draw(st.booleans()) else letter
        for letter in header.replace(" ", data.draw(st.sampled_from(["_", "  ", ".", "-", "\n"])))
    ]
    assert header_key("".join(letters)) == header_key(header)
    assert synonyms("staff")[header_key(header)][0]


def test_every_header_is_a_text_and_not_what_yaml_makes_of_it() -> None:
    """An unquoted ``no`` is a boolean to YAML, and the column "No" was unknown for it."""
    for kind in ("staff", "units"):
        table = load("headers")[kind]
        spellings = [*table["forbidden"], *table["unneeded"]]
        for part in ("kept", "checked"):
            spellings += [spelling for listed in table[part].values() for spelling in listed]
        assert all(isinstance(spelling, str) for spelling in spellings), kind


def test_no_header_is_listed_twice() -> None:
    for kind in ("staff", "units"):
        table = load("headers")[kind]
        listed = [header_key(s) for spellings in table["kept"].values() for s in spellings]
        listed += [header_key(s) for spellings in table["checked"].values() for s in spellings]
        listed += [header_key(s) for s in (*table["forbidden"], *table["unneeded"])]
        assert sorted(listed) == sorted(set(listed))


def test_personal_data_cannot_be_mapped_back_in() -> None:
    columns = understand(["NIK", "N.I.K", "Agama", "Nama"], "staff", {"nik": "number"})
    assert [(c.field, c.why) for c in columns[:3]] == [("", "forbidden")] * 3


@given(st.permutations(["NIP", "NAMA", "JABATAN", "UNIT KERJA", "AGAMA", "Hobi"]))
def test_the_order_of_columns_does_not_matter(order: list[str]) -> None:
    header = find_header([["Daftar"], order], "staff", {})
    assert header
    assert header.line == 2
    fields = {order[at]: field for field, at in header.position_of().items()}
    assert fields == {
        "NIP": "number", "NAMA": "name", "JABATAN": "position", "UNIT KERJA": "unit_name",
    }  # fmt: skip


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_short_way_of_folding_a_name_equals_the_long_way(name: str) -> None:
    plain = folding._PLAIN
    folded = folding.matching_key(name)
    folding._PLAIN = re.compile(r"(?!)")
    try:
        assert folding.matching_key(name) == folded
    finally:
        folding._PLAIN = plain


@given(st.lists(st.from_regex(r"[A-Za-z]{2,9}|dan", fullmatch=True), min_size=1, max_size=5))
def test_the_short_way_equals_the_long_way_for_plain_words(words: list[str]) -> None:
    test_the_short_way_of_folding_a_name_equals_the_long_way.hypothesis.inner_test(" ".join(words))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("PNS Daerah Propinsi yang bekerja pada Propinsi", "pns"),
        ("P", "pns"), ("C", "cpns"), ("Calon PNS", "cpns"), ("CPNS", "cpns"),
        ("PPPK", "pppk"), ("P3K", "pppk"), ("PPPK Paruh Waktu", "pppk_part_time"),
        ("Tenaga Kontrak", "non_asn"), ("Non-ASN", "non_asn"), ("Honorer", "non_asn"),
        ("", ""), ("-", ""), ("Kawin", "?"),
    ],
)  # fmt: skip
def test_statuses(text: str, status: str) -> None:
    assert values.read_status(text) == status


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("III/a", "pns", ("III/a", "")), ("iii.A", "pns", ("III/a", "")),
        ("IIIa", "pns", ("III/a", "")), ("Penata Muda, (III/a)", "pns", ("III/a", "")),
        ("Penata Muda Tk. I", "pns", ("III/b", "")), ("31", "pns", ("III/a", "")),
        ("IX", "pppk", ("IX", "")), ("9", "pppk", ("IX", "")), ("XVII", "pppk", ("XVII", "")),
        ("III/a", "pppk", ("", "grade_not_of_status")),
        ("IX", "pns", ("", "grade_not_of_status")),
        ("V/a", "pns", ("", "grade_unknown")), ("tinggi", "pns", ("", "grade_unknown")),
        ("", "pns", ("", "")),
    ],
)  # fmt: skip
def test_grades(text: str, status: str, expected: tuple[str, str]) -> None:
    assert values.read_grade(text, status) == expected


@pytest.mark.parametrize(
    ("facts", "province", "level"),
    [
        (("I.b", "", ""), True, "jpt_madya"), (("II.a", "", ""), True, "jpt_pratama"),
        (("Eselon III.b", "", ""), True, "administrator"), (("42", "", ""), True, "pengawas"),
        (("", "Jabatan Struktural", "Sekretaris Daerah"), True, "jpt_madya"),
        (("", "Jabatan Struktural", "Sekretaris Daerah"), False, "jpt_pratama"),
        (("", "Struktural", "Camat Loa Kulu"), False, "administrator"),
        (("", "Struktural", "Lurah"), False, "pengawas"),
        (("", "Jabatan Fungsional Tertentu", "Guru"), True, "functional"),
        (("", "Jabatan Fungsional Umum", "Staf"), True, "pelaksana"),
        (("", "4", ""), True, "pelaksana"), (("", "Struktural", "Entah"), True, "?"),
        (("-", "", "Guru"), True, ""),
    ],
)  # fmt: skip
def test_levels(facts: tuple[str, str, str], province: bool, level: str) -> None:
    assert values.read_level(*facts, province=province) == level


@pytest.mark.parametrize(
    ("standing", "left"),
    [
        ("Pensiun BUP", True), ("Diberhentikan Dengan Hormat", True), ("Meninggal Dunia", True),
        ("Aktif", False), ("Pemberhentian Sementara", False), ("CLTN", False),
        ("Masa Persiapan Pensiun", False), ("Tugas Belajar", False), ("", False),
    ],
)  # fmt: skip
def test_who_left_and_who_only_stays_away(standing: str, left: bool) -> None:
    assert values.leaves(standing) is left


def test_titles_leave_the_name() -> None:
    assert values.split_titles("Drs. H. Ahmad Yani, M.Si., Ak.") == (
        "Drs. H.", "Ahmad Yani", "M.Si., Ak.",
    )  # fmt: skip
    assert values.split_titles("H Ahmad") == ("", "H Ahmad", "")


@given(st.text(max_size=30) | st.floats() | st.integers() | st.dates() | st.booleans() | st.none())
def test_any_cell_becomes_one_tidy_line_or_is_called_a_formula(cell: Any) -> None:
    try:
        text = text_of(cell)
    except FormulaFound:
        return
    assert text == text.strip() or unicodedata.category(text[-1])[0] == "Z"
    assert "\n" not in text
    assert "\x00" not in text


def test_contacts() -> None:
    assert read_email("Siti@Kantor.GO.ID") == "siti@kantor.go.id"
    assert read_email("siti(at)kantor") is None
    assert read_phone("+62 812-3456-7890") == "+6281234567890"
    assert read_phone("81234567890") == "081234567890"
    assert read_phone("12") is None


@given(st.integers(0, 20_000))
def test_columns_have_letters(position: int) -> None:
    assert column_number(column_letters(position)) == position


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_a_table(delimiter: str) -> None:
    rows = [delimiter.join(["Ahmad, S.E.".replace(",", ""), "2", "3"])] * 5
    assert delimiter_of("\n".join(rows)) == delimiter


def test_every_code_has_its_sentences_and_every_sentence_its_code() -> None:
    assert set(PROBLEM) == set(SEVERITY)
    assert set(FILE) >= FILE_CODES


SIASN = """pns_id nip_baru nip_lama nama gelar_depan gelar_belakang tempat_lahir_id tempat_lahir_nama
tanggal_lahir jenis_kelamin agama_id agama_nama jenis_kawin_id jenis_kawin_nama nik nomor_hp email
email_gov alamat npwp_nomor bpjs jenis_pegawai_id jenis_pegawai_nama kedudukan_hukum_id
kedudukan_hukum_nama status_cpns_pns kartu_asn_virtual nomor_sk_cpns tanggal_sk_cpns tmt_cpns
nomor_sk_pns tanggal_sk_pns tmt_pns gol_awal_id gol_awal_nama gol_akhir_id gol_akhir_nama
tmt_golongan mk_tahun mk_bulan jenis_jabatan_id jenis_jabatan_nama jabatan_id jabatan_nama
tmt_jabatan tingkat_pendidikan_id tingkat_pendidikan_nama pendidikan_id pendidikan_nama tahun_lulus
kpkn_id kpkn_nama lokasi_kerja_id lokasi_kerja_nama unor_id unor_nama instansi_induk_id
instansi_induk_nama instansi_kerja_id instansi_kerja_nama satuan_kerja_induk_id
satuan_kerja_induk_nama is_valid_nik"""
SIMPEG = """NAMA,NIP,GELAR DEPAN,GELAR BELAKANG,TEMPAT LAHIR,TANGGAL LAHIR,JENIS KELAMIN,AGAMA,
JENIS KAWIN,NIK,NOMOR HP,EMAIL,ALAMAT,NPWP,BPJS,JENIS PEGAWAI,KEDUDUKAN HUKUM,STATUS CPNS PNS,
KARTU ASN VIRTUAL,TMT CPNS,TMT PNS,GOL AWAL,GOL AKHIR,TMT GOLONGAN,MK TAHUN,MK BULAN,JENIS JABATAN,
NAMA JABATAN,TMT JABATAN,TINGKAT PENDIDIKAN,NAMA PENDIDIKAN,NAMA UNOR,UNOR INDUK"""


@pytest.mark.parametrize(
    "headers",
    [
        SIASN.split(),
        [name.upper().replace("_", " ") for name in SIASN.split()],
        SIMPEG.replace("\n", "").split(","),
    ],
    ids=["siasn table", "siasn export", "simpeg sheet"],
)
def test_of_the_exports_that_offices_have_every_column_is_known(headers: list[str]) -> None:
    columns = understand(headers, "staff", {})
    assert [column.header for column in columns if column.why == "unknown"] == []
    assert {column.field for column in columns} >= {"number", "name", "unit_name", "unit_top"}
    private = {"nik", "agama", "alamat", "npwp", "bpjs", "kawin"}
    for column in columns:
        words = set(re.split(r"[ _]", column.header.lower()))
        assert not words & private or column.why == "forbidden", column.header
