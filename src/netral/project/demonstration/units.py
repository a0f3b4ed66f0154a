"""The unit tree of the demonstration's province: 45 perangkat daerah and what lies below them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass
class DemoUnit:
    """A unit before it is anybody's row. ``parent`` and ``top`` are places in the tree's list."""

    key: str
    """The id the UNOR export gives it, recognisably invented."""
    name: str
    parent: int
    top: int
    depth: int
    work: str
    """What is done there: ``office``, ``teaching``, ``care``, ``field``, ``guard``."""
    head: str
    """How its head is called."""
    weight: float
    """How much staff it draws beside its head."""


@lru_cache(maxsize=1)
def structure() -> dict[str, Any]:
    """The invented province as the data file describes it."""
    described: dict[str, Any] = yaml.safe_load((DATA / "structure.yaml").read_text("utf-8"))
    return described


class TreeBuilder:
    """Grows the tree, a top unit at a time, parents always before children."""

    def __init__(self, rng: random.Random, schools: int) -> None:
        self.rng = rng
        self.schools = schools
        self.units: list[DemoUnit] = []
        self.regencies: list[str] = structure()["regencies"]

    def build(self) -> list[DemoUnit]:
        grow = {
            "setda": self._setda,
            "pendidikan": self._education,
            "rs": self._hospital,
            "inspektorat": self._inspectorate,
        }
        for top in structure()["tops"]:
            root = self._add(top["name"], -1, "office", _head_of_top(top), 3)
            grow.get(top["form"], self._agency)(root, top)
        return self.units

    def _add(self, name: str, parent: int, work: str, head: str, weight: float) -> int:
        place = len(self.units)
        above = self.units[parent] if parent >= 0 else None
        self.units.append(
            DemoUnit(
                key=f"PERAGAAN-{place + 1:06d}",
                name=name,
                parent=parent,
                top=above.top if above else place,
                depth=above.depth + 1 if above else 0,
                work=work,
                head=head,
                weight=weight * self.rng.uniform(0.7, 1.4),
            )
        )
        return place

    def _secretariat(self, root: int, name: str = "Sekretariat") -> None:
        secretariat = self._add(name, root, "office", "Sekretaris", 2)
        for section in ("Umum dan Kepegawaian", "Keuangan dan Aset", "Perencanaan dan Evaluasi"):
            title = f"Subbagian {section}"
            self._add(title, secretariat, "office", f"Kepala {title}", 5)

    def _agency(self, root: int, top: dict[str, Any]) -> None:
        self._secretariat(root)
        form = "Subbidang" if top["form"] == "badan" else "Seksi"
        work = "guard" if top["form"] == "satpol" else "office"
        for field in top["bidang"]:
            bidang = self._add(f"Bidang {field}", root, "office", f"Kepala Bidang {field}", 1.5)
            for stage in ("Perencanaan", "Pelaksanaan", "Pengendalian"):
                title = f"{form} {stage} {field}"
                drawn = 30 if work == "guard" and stage == "Pelaksanaan" else 4
                self._add(title, bidang, work, f"Kepala {title}", drawn)
        self._technical_units(root, top)

    def _technical_units(self, root: int, top: dict[str, Any]) -> None:
        listed = iter(top.get("uptd", ()))
        for topic, count in zip(listed, listed, strict=True):
            for number in range(count):
                place = self.regencies[number % len(self.regencies)]
                name = f"UPTD {topic}" if count == 1 else f"UPTD {topic} {place}"
                unit = self._add(name, root, "field", f"Kepala {name}", 9)
                self._add("Subbagian Tata Usaha", unit, "office", "Kepala Subbagian Tata Usaha", 4)
                for section in ("Teknis", "Pelayanan"):
                    title = f"Seksi {section}"
                    self._add(title, unit, "field", f"Kepala {title}", 5)

    def _setda(self, root: int, top: dict[str, Any]) -> None:
        for number, field in enumerate(("Pemerintahan", "Perekonomian", "Administrasi Umum")):
            title = f"Asisten {field}"
            assistant = self._add(title, root, "office", title, 0.5)
            for bureau in top["bidang"][number * 3 : number * 3 + 3]:
                self._bureau(assistant, bureau)

    def _bureau(self, assistant: int, field: str) -> None:
        bureau = self._add(f"Biro {field}", assistant, "office", f"Kepala Biro {field}", 2)
        for part in ("Kebijakan", "Pelaksanaan", "Tata Usaha"):
            title = f"Bagian {part} {field}"
            section = self._add(title, bureau, "office", f"Kepala {title}", 3)
            below = f"Subbagian {part} {field}"
            self._add(below, section, "office", f"Kepala {below}", 4)

    def _inspectorate(self, root: int, top: dict[str, Any]) -> None:
        self._secretariat(root)
        for number in top["bidang"]:
            title = f"Inspektur Pembantu {number}"
            self._add(title, root, "office", title, 12)

    def _education(self, root: int, top: dict[str, Any]) -> None:
        self._agency(root, top)
        branches = []
        for regency in self.regencies:
            name = f"Cabang Dinas Pendidikan {regency}"
            branch = self._add(name, root, "office", f"Kepala {name}", 3)
            title = "Subbagian Tata Usaha"
            self._add(title, branch, "office", f"Kepala {title}", 2)
            branches.append((branch, regency))
        for name, place in self._school_names(len(branches)):
            branch, regency = branches[place]
            full = f"{name} {regency}"
            self._add(full, branch, "teaching", "Kepala Sekolah", _school_size(name, self.rng))

    def _school_names(self, places: int) -> Iterator[tuple[str, int]]:
        """Schools over the regencies, the first ones with more of them, as towns have."""
        numbers: dict[tuple[str, int], int] = {}
        for _school in range(self.schools):
            kind = self.rng.choices(["SMA", "SMK", "SLB"], weights=[52, 38, 10])[0]
            place = min(int(self.rng.triangular(0, places, 2)), places - 1)
            number = numbers[kind, place] = numbers.get((kind, place), 0) + 1
            yield f"{kind} Negeri {number}", place

    def _hospital(self, root: int, top: dict[str, Any]) -> None:
        hospital = structure()["hospital"]
        for field in hospital["bidang"]:
            bidang = self._add(f"Bidang {field}", root, "office", f"Kepala Bidang {field}", 4)
            for number in ("I", "II"):
                title = f"Seksi {field} {number}"
                self._add(title, bidang, "office", f"Kepala {title}", 5)
        # A smaller hospital has fewer departments.
        kept = max(8, min(len(hospital["departments"]), round(top["staff"] / 60)))
        for department in hospital["departments"][:kept]:
            self._add(department, root, "care", f"Kepala {department}", 34)


def _head_of_top(top: dict[str, Any]) -> str:
    name: str = top["name"]
    special = {
        "setda": "Sekretaris Daerah",
        "setwan": "Sekretaris DPRD",
        "inspektorat": "Inspektur Daerah",
        "rs": f"Direktur {name}",
    }
    return special.get(top["form"], f"Kepala {name}")


def _school_size(name: str, rng: random.Random) -> float:
    """Schools differ much: the first of a town is several times the last one built."""
    return (6 if name.startswith("SLB") else 16) * rng.lognormvariate(0, 0.45)


def make_tree(*, seed: int, size: int) -> list[DemoUnit]:
    """The province's units, parents before children; 45 of depth 0 whatever the size.

    ``size`` is the number of people: a larger province has more schools, not larger ones.
    """
    schools = max(12, min(6000, round(size / 70)))
    return TreeBuilder(random.Random(seed), schools).build()
