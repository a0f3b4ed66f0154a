"""Writes the register as an office would: right in substance, dirty in form.

The workbook has an ASN sheet in the shape of a SIASN export (title rows, headers in every
spelling, numbers with quotes and spaces, dates in five forms, columns that Netral must drop) and a
plain list of non-ASN staff without any number. The unit tree is a CSV in the shape of SIASN's UNOR.
The same people and seed give the same bytes.
"""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from netral.project.demonstration.staff import DemoPerson
from netral.project.demonstration.units import DemoUnit

ASN_SHEET = "Data ASN"
NON_ASN_SHEET = "Non ASN"
MONTHS = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
).split()
EMPTY_ROW_EVERY = 700
ASN_HEADERS = (
    "No",
    "PNS ID",
    "NIP BARU",
    " Nama",
    "gelar_depan",
    "GELAR  BELAKANG",
    "TEMPAT LAHIR",
    "Tanggal Lahir",
    "JENIS KELAMIN",
    "AGAMA",
    "JENIS KAWIN",
    "NIK",
    "Nomor HP",
    "EMAIL GOV",
    "ALAMAT",
    "NPWP",
    "JENIS PEGAWAI",
    "KEDUDUKAN HUKUM",
    "STATUS CPNS PNS",
    "TMT CPNS",
    "GOL AKHIR",
    "JENIS JABATAN",
    "NAMA JABATAN",
    "UNOR ID",
    "Nama_Unor",
    "UNOR INDUK",
)
NON_ASN_HEADERS = (
    "No.",
    "Perangkat Daerah",
    "Unit Kerja",
    "Nama Lengkap",
    "Tugas",
    "Mulai Bekerja",
    "No. HP",
    "Alamat Rumah",
    "No. KTP",
)
PROVINCE = "Pemerintah Provinsi Demo Nusantara"


@dataclass(frozen=True)
class Slips:
    """What was got wrong on purpose, and how often, so that a test can ask the importer."""

    birth_not_in_number: int
    gender_not_in_number: int
    start_not_in_number: int
    email_malformed: int
    grade_unknown: int


def write_tree(path: Path, units: list[DemoUnit]) -> None:
    """The UNOR tree: BOM, semicolons, names with two dashes per level, roots without a parent."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Id", "NamaUnor", "DiatasanId"])
    for unit in units:
        above = units[unit.parent].key if unit.parent >= 0 else ""
        writer.writerow([unit.key, "--" * (unit.depth + 1) + unit.name, above])
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())


def write_register(
    path: Path,
    units: list[DemoUnit],
    asn: Iterable[DemoPerson],
    non_asn: Iterable[DemoPerson],
    *,
    seed: int,
) -> Slips:
    """Writes both sheets row by row, in constant memory; returns the slips made on purpose."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False})
    book.set_properties(
        {"title": "Data peragaan, seluruhnya rekaan", "created": datetime(2026, 9, 1)}  # noqa: DTZ001
    )
    slips = _AsnSheet(book, units, random.Random(seed + 3)).write(asn)
    _write_non_asn(book, units, non_asn, random.Random(seed + 4))
    book.close()
    return slips


class _AsnSheet:
    """The SIASN-like sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, units: list[DemoUnit], rng: random.Random
    ) -> None:
        self.sheet: Worksheet = book.add_worksheet(ASN_SHEET)
        self.units = units
        self.rng = rng
        self.day_format = book.add_format({"num_format": "dd/mm/yyyy"})
        self.slips: Counter[str] = Counter()
        self.row = _title(book, self.sheet, len(ASN_HEADERS), "DATA PEGAWAI ASN")
        self.sheet.write_row(self.row, 0, ASN_HEADERS)
        self.sheet.write_row(self.row + 1, 0, range(1, len(ASN_HEADERS) + 1))
        self.row += 2

    def write(self, people: Iterable[DemoPerson]) -> Slips:
        for count, person in enumerate(people, start=1):
            if count % EMPTY_ROW_EVERY == 0:
                self.row += 1
            self._person(count, person)
            self.row += 1
        return Slips(**{name: self.slips[name] for name in Slips.__dataclass_fields__})

    def _person(self, count: int, person: DemoPerson) -> None:
        unit = self.units[person.unit]
        top = self.units[unit.top].name
        born_on, sex, started_on = self._facts(person)
        is_pppk = "PPPK" in person.status
        email, grade = self._email(count, person), self._grade(person)
        cells = (
            count,
            f"PERAGAAN{count:08d}",
            self._number(person.number),
            self._name(person.name),
            person.front_title,
            person.back_title,
            "Kota Rekaan",
            born_on,
            sex,
            "REKAAN",
            "Rekaan",
            f"'99{count:014d}",
            f"0899-0000-{count:05d}" if count % 3 else f"8990000{count:05d}",
            email,
            f"Jalan Rekaan Nomor {count}",
            f"00.000.000.{count % 10}-000.000",
            person.status if is_pppk else "PNS Daerah Propinsi yang bekerja pada Propinsi",
            "PPPK Aktif" if is_pppk else "Aktif",
            "" if is_pppk else ("C" if person.status == "CPNS" else "P"),
            started_on,
            grade,
            person.position_kind,
            person.position,
            unit.key,
            unit.name,
            top,
        )
        write = self.sheet.write_string
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                if cell:
                    write(self.row, column, cell)
            elif isinstance(cell, date):
                self._day(column, cell)
            else:
                self.sheet.write_number(self.row, column, cell)

    def _facts(self, person: DemoPerson) -> tuple[date, str, date]:
        """Birth, sex and appointment as the sheet says them; one in some hundred contradicts."""
        draw = self.rng.random()
        born_on, sex, started_on = person.born_on, person.sex, person.started_on
        if draw < 0.010:
            self.slips["birth_not_in_number"] += 1
            born_on = born_on + timedelta(days=31)
        elif draw < 0.014:
            self.slips["gender_not_in_number"] += 1
            sex = "P" if sex == "L" else "L"
        elif draw < 0.018 and "PPPK" not in person.status:
            self.slips["start_not_in_number"] += 1
            started_on = date(started_on.year, started_on.month % 12 + 1, 1)
        return born_on, self.rng.choice(SEX_WORDS[sex]), started_on

    def _number(self, number: str) -> str:
        """A NIP as offices keep it in Excel: as text, behind a quote, in groups."""
        draw = self.rng.random()
        if draw < 0.45:
            return number
        if draw < 0.70:
            return f"'{number}"
        if draw < 0.95:
            return f"{number[:8]} {number[8:14]} {number[14]} {number[15:]}"
        return f"{number[:8]}\u00a0{number[8:]}"

    def _name(self, name: str) -> str:
        draw = self.rng.random()
        return name.upper() if draw < 0.25 else f" {name} " if draw < 0.28 else name

    def _day(self, column: int, day: date) -> None:
        draw = self.rng.randrange(5)
        if draw == 0:
            moment = datetime(day.year, day.month, day.day)  # noqa: DTZ001 (a spreadsheet's day)
            self.sheet.write_datetime(self.row, column, moment, self.day_format)
        else:
            self.sheet.write_string(self.row, column, DAY_FORMS[draw - 1](day))

    def _email(self, count: int, person: DemoPerson) -> str:
        draw = self.rng.random()
        if draw < 0.15:
            return ""
        word = person.name.split()[-1].lower()
        if draw < 0.153:
            self.slips["email_malformed"] += 1
            return f"{word}{count}(at)peragaan"
        return f"{word}{count}@peragaan.invalid"

    def _grade(self, person: DemoPerson) -> str:
        draw = self.rng.random()
        if draw < 0.002:
            self.slips["grade_unknown"] += 1
            return "belum diisi"
        if person.status in ("PNS", "CPNS") and draw < 0.2:
            return person.grade.replace("/", ".")
        return person.grade


SEX_WORDS = {"L": ("L", "Laki-laki", "Pria"), "P": ("P", "Perempuan", "Wanita")}
DAY_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: day.isoformat(),
    lambda day: day.strftime("%d-%m-%Y"),
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
)


def _title(book: xlsxwriter.Workbook, sheet: Worksheet, width: int, text: str) -> int:
    """Three merged rows above the table; returns the row of its header."""
    bold = book.add_format({"bold": True, "align": "center"})
    for row, line in enumerate((text, PROVINCE.upper(), "PERAGAAN: SEMUA DATA REKAAN")):
        sheet.merge_range(row, 0, row, width - 1, line, bold)
    return 4


def _write_non_asn(
    book: xlsxwriter.Workbook,
    units: list[DemoUnit],
    people: Iterable[DemoPerson],
    rng: random.Random,
) -> None:
    """A list kept by hand: a heading per perangkat daerah, no number, the date in any form."""
    sheet = book.add_worksheet(NON_ASN_SHEET)
    band = book.add_format({"bold": True, "bg_color": "#EFE8D8"})
    row = _title(book, sheet, len(NON_ASN_HEADERS), "DAFTAR PEGAWAI NON ASN")
    sheet.write_row(row, 0, NON_ASN_HEADERS)
    paths = list(_paths(units))
    last_top = -1
    for count, person in enumerate(people, start=1):
        top = units[person.unit].top
        row += 1
        if top != last_top:
            last_top = top
            sheet.merge_range(row + 1, 0, row + 1, len(NON_ASN_HEADERS) - 1, units[top].name, band)
            row += 2
        cells = (
            str(count),
            units[top].name,
            paths[person.unit],
            person.name.upper() if rng.random() < 0.3 else person.name,
            person.position,
            DAY_FORMS[rng.randrange(4)](person.started_on),
            f"0898 0000 {count:05d}",
            f"Jalan Rekaan Nomor {count} RT 00",
            f"98{count:014d}",
        )
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell)


def _paths(units: list[DemoUnit]) -> Iterator[str]:
    """How a list without UNOR ids names each unit: its name, with the unit above if need be."""
    times = Counter((unit.top, unit.name.casefold()) for unit in units)
    for unit in units:
        is_clear = times[unit.top, unit.name.casefold()] == 1
        above = units[unit.parent].name if unit.parent >= 0 else ""
        yield unit.name if is_clear or unit.depth == 0 else f"{above} > {unit.name}"
