"""The people of the demonstration: who works where, as what, since when."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from netral.project.demonstration.names import make_name
from netral.project.demonstration.units import DemoUnit, structure

REFERENCE_DAY = date(2026, 9, 1)
"""The register's state. Fixed, so that the same seed gives the same file on every day."""
ASN_SHARE = (10, 18)
"""10,000 of 18,000."""
STATUS_WEIGHTS = {"PNS": 61, "CPNS": 2, "PPPK": 28, "PPPK Paruh Waktu": 9}


@dataclass(frozen=True)
class DemoPerson:
    """One invented person. ``number`` is empty for non-ASN staff."""

    unit: int
    name: str
    sex: str
    front_title: str
    back_title: str
    number: str
    born_on: date
    started_on: date
    status: str
    position: str
    position_kind: str
    """As SIASN says it: Jabatan Struktural, Fungsional Tertentu, Fungsional Umum."""
    grade: str
    is_head: bool


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` split by ``weights`` into whole numbers that add up to it (largest remainder)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(part) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda index: parts[index] - exact[index])
    for index in by_rest[: total - sum(parts)]:
        parts[index] += 1
    return parts


def asn_count(size: int) -> int:
    """How many of ``size`` are ASN: 10,000 of 18,000."""
    return round(size * ASN_SHARE[0] / ASN_SHARE[1])


def make_asn(units: list[DemoUnit], *, seed: int, size: int) -> Iterator[DemoPerson]:
    """Every ASN, unit by unit, the head of a unit first."""
    rng = random.Random(seed + 1)
    numbers = StaffNumbers()
    tops = structure()["tops"]
    weights = [top["staff"] - top["non_asn"] for top in tops]
    for unit, count in _placed(units, shared_out(asn_count(size), weights), with_heads=True):
        for place in range(count):
            yield _asn(rng, numbers, unit, units[unit], is_head=place == 0)


def make_non_asn(units: list[DemoUnit], *, seed: int, size: int) -> Iterator[DemoPerson]:
    """Every non-ASN member of staff, unit by unit; no two of the same name in one unit."""
    rng = random.Random(seed + 2)
    weights = [top["non_asn"] for top in structure()["tops"]]
    shares = shared_out(size - asn_count(size), weights)
    for unit, count in _placed(units, shares, with_heads=False):
        taken: set[str] = set()
        for _place in range(count):
            yield _non_asn(rng, unit, units[unit], taken)


def _placed(
    units: list[DemoUnit], shares: list[int], *, with_heads: bool
) -> Iterator[tuple[int, int]]:
    """(unit, how many) within each top unit: heads first, from the top, then by weight."""
    roots = [place for place, unit in enumerate(units) if unit.depth == 0]
    inside: dict[int, list[int]] = {root: [] for root in roots}
    for place, unit in enumerate(units):
        inside[unit.top].append(place)
    for root, share in zip(roots, shares, strict=True):
        places = inside[root]
        by_depth = sorted(places, key=lambda place: (units[place].depth, place))
        headed = set(by_depth[: share if with_heads else 0])
        counts = shared_out(share - len(headed), [units[place].weight for place in places])
        for place, count in zip(places, counts, strict=True):
            yield place, count + (place in headed)


class StaffNumbers:
    """Hands out NIP and NI PPPK, each once."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}

    def give(self, born_on: date, started_on: date, status: str, sex: str) -> str:
        """18 digits: birth, appointment (month for PNS, 21 for PPPK), sex, sequence."""
        appointed = started_on.strftime("%Y%m" if "PPPK" not in status else "%Y21")
        stem = f"{born_on:%Y%m%d}{appointed}{'1' if sex == 'L' else '2'}"
        sequence = self.taken[stem] = self.taken.get(stem, 0) + 1
        return f"{stem}{sequence:03d}"


def _asn(
    rng: random.Random, numbers: StaffNumbers, place: int, unit: DemoUnit, *, is_head: bool
) -> DemoPerson:
    is_leader = is_head and unit.depth <= 1
    status = (
        "PNS" if is_head else rng.choices(list(STATUS_WEIGHTS), list(STATUS_WEIGHTS.values()))[0]
    )
    sex = rng.choices("LP", [46, 54] if unit.work in ("teaching", "care") else [60, 40])[0]
    born_on, started_on = _days(rng, status, is_leader=is_leader)
    years = (REFERENCE_DAY - started_on).days / 365.25
    position, kind, back = _work(rng, unit, is_head=is_head, years=years)
    return DemoPerson(
        unit=place,
        name=make_name(rng, sex),
        sex=sex,
        front_title=_front_title(rng, position, is_leader=is_leader),
        back_title=f"{back}, M.Si." if is_leader and back else back,
        number=numbers.give(born_on, started_on, status, sex),
        born_on=born_on,
        started_on=started_on,
        status=status,
        position=position,
        position_kind=kind,
        grade=_grade(rng, status, kind, years, is_leader=is_leader),
        is_head=is_head,
    )


def _non_asn(rng: random.Random, place: int, unit: DemoUnit, taken: set[str]) -> DemoPerson:
    sex = rng.choices("LP", [58, 42])[0]
    name = make_name(rng, sex)
    while name in taken:
        name = make_name(rng, sex)
    taken.add(name)
    born_on = date(1975, 1, 1) + timedelta(days=rng.randrange(28 * 365))
    started_on = date(2010, 1, 4) + timedelta(days=rng.randrange(15 * 365))
    if (started_on - born_on).days < 18 * 366:
        started_on = born_on + timedelta(days=19 * 366)
    return DemoPerson(
        unit=place,
        name=name,
        sex=sex,
        front_title="",
        back_title="",
        number="",
        born_on=born_on,
        started_on=started_on,
        status="Non-ASN",
        position=rng.choice(NON_ASN_WORK[unit.work]),
        position_kind="",
        grade="",
        is_head=False,
    )


def _days(rng: random.Random, status: str, *, is_leader: bool) -> tuple[date, date]:
    """(born, appointed): at least 19 years apart, nobody past the age of retirement."""
    youngest, oldest = (44, 58) if is_leader else (24, 57)
    if status == "CPNS":
        youngest, oldest = 22, 34
    age = rng.uniform(youngest, oldest)
    born_on = REFERENCE_DAY - timedelta(days=int(age * 365.25))
    if status == "CPNS":
        return born_on, date(2026, 4, 1)
    if "PPPK" in status:
        return born_on, date(rng.choice([2021, 2022, 2023, 2024, 2025]), rng.choice([3, 5, 7]), 1)
    most = max(1.5, age - 22)
    years = rng.uniform(15 if is_leader else 1.5, max(most, 15.5 if is_leader else 1.6))
    day = REFERENCE_DAY - timedelta(days=int(min(years, age - 19.5) * 365.25))
    return born_on, day.replace(day=1)


TEACHERS = ("Guru Ahli Pertama", "Guru Ahli Muda", "Guru Ahli Madya")
CARERS = (
    ("Perawat Terampil", "A.Md.Kep."),
    ("Perawat Ahli Pertama", "S.Kep., Ns."),
    ("Perawat Ahli Muda", "S.Kep., Ns."),
    ("Bidan Mahir", "A.Md.Keb."),
    ("Dokter Ahli Muda", ""),
    ("Dokter Ahli Pertama", ""),
    ("Apoteker Ahli Pertama", "S.Farm., Apt."),
    ("Pranata Laboratorium Kesehatan Terampil", "A.Md.Kes."),
    ("Radiografer Terampil", "A.Md.Rad."),
    ("Nutrisionis Ahli Pertama", "S.Gz."),
    ("Perekam Medis Terampil", "A.Md.RMIK."),
)
OFFICE = (
    "Analis Kebijakan Ahli Muda",
    "Perencana Ahli Pertama",
    "Pranata Komputer Ahli Pertama",
    "Arsiparis Terampil",
)
CLERKS = (
    "Pengadministrasi Umum",
    "Pengelola Keuangan",
    "Pengolah Data",
    "Penyusun Laporan",
    "Pengelola Barang Milik Daerah",
    "Bendahara",
)
FIELD = ("Pengelola Sarana Teknis", "Petugas Teknis Lapangan", "Penyuluh Ahli Pertama", "Operator")
GUARD = ("Polisi Pamong Praja Pemula", "Polisi Pamong Praja Terampil", "Pengelola Ketertiban")
NON_ASN_WORK = {
    "office": ("Tenaga Administrasi", "Tenaga Kebersihan", "Pengemudi", "Operator Komputer"),
    "teaching": ("Guru Honorer", "Tenaga Tata Usaha", "Penjaga Sekolah", "Tenaga Laboran"),
    "care": ("Perawat Kontrak", "Bidan Kontrak", "Tenaga Kebersihan", "Petugas Pendaftaran"),
    "field": ("Tenaga Lapangan", "Penjaga Pintu Air", "Tenaga Administrasi", "Pengemudi"),
    "guard": ("Banpol", "Petugas Pemadam", "Tenaga Pengamanan"),
}
DEGREES = ("S.Sos.", "S.E.", "S.H.", "S.T.", "S.Kom.", "S.AP.", "A.Md.", "")


def _work(
    rng: random.Random, unit: DemoUnit, *, is_head: bool, years: float
) -> tuple[str, str, str]:
    """(position, kind of position, degree behind the name)."""
    functional, common = "Jabatan Fungsional Tertentu", "Jabatan Fungsional Umum"
    degree = rng.choice(DEGREES)
    if is_head:
        is_functional = unit.work in ("teaching", "care")
        return (
            unit.head,
            functional if is_functional else "Jabatan Struktural",
            "S.Pd." if unit.work == "teaching" else degree or "S.E.",
        )
    if unit.work == "teaching":
        if rng.random() < 0.9:
            return TEACHERS[min(2, int(years / 9))], functional, rng.choice(["S.Pd.", "S.Si."])
        return "Pengadministrasi Sekolah", common, degree
    if unit.work == "care":
        position, degree = rng.choice(CARERS)
        return position, functional, degree
    if unit.work == "guard":
        position = rng.choice(GUARD)
        return position, functional if "Polisi" in position else common, degree
    choice = FIELD if unit.work == "field" else OFFICE if rng.random() < 0.3 else CLERKS
    position = rng.choice(choice)
    is_functional = "Ahli" in position or "Terampil" in position
    return position, functional if is_functional else common, degree


def _front_title(rng: random.Random, position: str, *, is_leader: bool) -> str:
    if position.startswith(("Dokter", "Direktur")):
        return "dr."
    if is_leader and rng.random() < 0.2:
        return rng.choice(["Dr.", "Drs.", "Ir.", "Dra."])
    return "Hj." if rng.random() < 0.01 else ""


def _grade(rng: random.Random, status: str, kind: str, years: float, *, is_leader: bool) -> str:
    if status in ("PNS", "CPNS"):
        ladder = ["II/c", "II/d", "III/a", "III/b", "III/c", "III/d", "IV/a", "IV/b", "IV/c"]
        start = 2 if kind != "Jabatan Fungsional Umum" else rng.choice([0, 2])
        return ladder[
            min(8 if is_leader else 7, start + int(years / 4.2) + (2 if is_leader else 0))
        ]
    return "V" if kind == "Jabatan Fungsional Umum" else rng.choice(["VII", "IX", "IX", "X"])
