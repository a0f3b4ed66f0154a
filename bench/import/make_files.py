"""Makes the files of the benchmark: invented people in the shape of a SIMPEG export."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

HEADERS = [
    "NAMA", "NIP", "GELAR DEPAN", "GELAR BELAKANG", "TEMPAT LAHIR", "TANGGAL LAHIR",
    "JENIS KELAMIN", "AGAMA", "JENIS KAWIN", "NIK", "NOMOR HP", "EMAIL", "ALAMAT", "NPWP", "BPJS",
    "JENIS PEGAWAI", "KEDUDUKAN HUKUM", "STATUS CPNS PNS", "KARTU ASN VIRTUAL", "TMT CPNS",
    "TMT PNS", "GOL AWAL", "GOL AKHIR", "TMT GOLONGAN", "MK TAHUN", "MK BULAN", "JENIS JABATAN",
    "NAMA JABATAN", "TMT JABATAN", "TINGKAT PENDIDIKAN", "NAMA PENDIDIKAN", "NAMA UNOR",
    "UNOR INDUK",
]  # fmt: skip
KEPT = {0: "name", 1: "number", 2: "front_title", 3: "back_title", 10: "phone", 11: "email",
        15: "kind", 16: "standing", 17: "status", 19: "joined_on", 22: "grade", 26: "level",
        27: "position", 31: "unit", 32: "unit_top"}  # fmt: skip
"""The columns that every contender stores: position in the file → column of its table."""

GIVEN = (
    "Siti Ahmad Dewi Budi Rina Agus Maya Joko Lestari Hendra Wulan Rizki Nur Fitri Yusuf "
    "Putri Bayu Ratna Eko Indah Surya Kartika Dian Adi Sri Bambang Yuni Arif Tuti Slamet".split()
)
FAMILY = (
    "Rahman Hidayat Wijaya Saputra Lestari Susanti Nugroho Kurniawan Permata Santoso "
    "Utami Setiawan Pratama Maharani Firmansyah Gunawan Halim Iskandar Ramadhan Anggraini".split()
)
UNITS = [
    f"Bidang {word}" for word in "Satu Dua Tiga Empat Lima Enam Tujuh Delapan Sembilan".split()
]
TOPS = [f"Dinas Contoh {number}" for number in range(1, 46)]


def rows(count: int, seed: int = 7) -> Iterator[list[str]]:
    """``count`` different people; the same every time."""
    chance = random.Random(seed)
    for index in range(count):
        year, month, day = 1965 + index % 35, index // 35 % 12 + 1, index // 420 % 28 + 1
        start, sex = min(year + 20 + index % 8, 2024), 1 + index % 2
        number = f"{year}{month:02}{day:02}{start}{1 + index % 12:02}{sex}{index // 11760 + 1:03}"
        name = f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(FAMILY)}"
        yield [
            name, number, "Dr." if index % 50 == 0 else "", "S.T." if index % 2 else "", "Samarinda",
            f"{day:02}-{month:02}-{year}", "Pria" if sex == 1 else "Wanita", "Islam", "Menikah",
            f"6472{index:012}", f"0812{index:08}", f"p{index}@kantor.go.id", f"Jl. Contoh No. {index}",
            f"{index:015}", f"{index:013}", "PNS Daerah Propinsi yang bekerja pada Propinsi", "Aktif",
            "P", "Ada", f"01-{1 + index % 12:02}-{start}", f"01-{1 + index % 12:02}-{start}", "II/a",
            f"III/{'abcd'[index % 4]}", "01-04-2020", str(index % 30), str(index % 12),
            "Jabatan Fungsional Umum", f"Pengelola Layanan {index % 40}", "01-01-2021", "S-1",
            "Administrasi Publik", UNITS[index % 9], TOPS[index % 45],
        ]  # fmt: skip


def write_workbook(path: Path, count: int) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Data Pegawai")
    sheet.write_row(0, 0, HEADERS)
    for line, row in enumerate(rows(count), start=1):
        sheet.write_row(line, 0, row)
    book.close()


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADERS)
        writer.writerows(rows(count))
