"""A register as offices send it: titles above the table, mixed dates, what must not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

from tests.e2e.world import SITI, UNITS

if TYPE_CHECKING:
    from pathlib import Path

HEADER = (
    "No", "NIP BARU", "Nama_Lengkap", "Gelar Belakang", "NIK", "AGAMA", "Status Pegawai",
    "Unit Kerja", "Jabatan", "Gol. Ruang", "TMT CPNS",
)  # fmt: skip
SECRET_NIK = "6472011203850001"
STAFF = 24
NAMES = ("Andi", "Baiq", "Dewi", "Eka", "Fitri", "Gede", "Hasan", "Intan")


def number_of(place: int) -> str:
    """A staff number that passes every check: born 1986, appointed March 2011."""
    return f"19860203201103{1 + place % 2}{place + 1:03d}"


def write_dirty_register(path: Path, units: tuple[str, ...] = UNITS) -> Path:
    """``STAFF`` officials, six people without a number, one double, one line without a name."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    sheet = book.add_worksheet("DATA PEGAWAI")
    sheet.merge_range(0, 0, 0, len(HEADER) - 1, "DAFTAR PEGAWAI PROVINSI NUSA REKAAN")
    sheet.write(1, 0, "Keadaan November 2026")
    sheet.write_row(3, 0, HEADER)
    for place, row in enumerate(_rows(units), start=4):
        sheet.write_row(place, 0, row)
    book.close()
    return path


def _rows(units: tuple[str, ...]) -> list[list[object]]:
    rows: list[list[object]] = []
    for place in range(STAFF):
        name = f"{NAMES[place % len(NAMES)]} Rekaan {place + 1}"
        rows.append(_row(f"'{number_of(place)}", name, "PNS", units[place % len(units)]))
    rows[0][1:3] = [f"{SITI[:8]} {SITI[8:14]} {SITI[14]} {SITI[15:]}", "Siti Rekaan"]
    for place in range(6):
        rows.append(_row("", f"Honorer Rekaan {place + 1}", "Honorer", units[place % 3]))
    rows.insert(5, [""] * len(HEADER))
    rows.append(list(rows[3]))
    rows.append(_row(number_of(90), "", "PNS", units[0]))
    return rows


def _row(number: str, name: str, status: str, unit: str) -> list[object]:
    grade = "III/b" if status == "PNS" else ""
    return [
        "",
        number,
        name,
        "S.Pd.",
        SECRET_NIK,
        "Islam",
        status,
        unit,
        "Guru",
        grade,
        "01-03-2011",
    ]
