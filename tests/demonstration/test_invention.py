"""What is invented: always the same, in the right numbers, and nobody's real data."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
from collections import Counter
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from netral.people.intake.numbers import check_number, is_pppk
from netral.project.demonstration.build import SEED
from netral.project.demonstration.register_file import write_register, write_tree
from netral.project.demonstration.staff import (
    REFERENCE_DAY,
    DemoPerson,
    make_asn,
    make_non_asn,
    shared_out,
)
from netral.project.demonstration.units import DemoUnit, make_tree, structure

SIZE = 18_000
DIGEST = "9b8c32899695072f73f402f08bdb9fa7bb6fde407e9bb8319c562dbdc61be221"


@pytest.fixture(scope="module")
def units() -> list[DemoUnit]:
    return make_tree(seed=SEED, size=SIZE)


@pytest.fixture(scope="module")
def asn(units: list[DemoUnit]) -> list[DemoPerson]:
    return list(make_asn(units, seed=SEED, size=SIZE))


@pytest.fixture(scope="module")
def non_asn(units: list[DemoUnit]) -> list[DemoPerson]:
    return list(make_non_asn(units, seed=SEED, size=SIZE))


def test_the_same_seed_gives_the_same_register_for_ever(
    units: list[DemoUnit], asn: list[DemoPerson], non_asn: list[DemoPerson]
) -> None:
    tree = [(unit.key, unit.name, unit.parent, unit.head) for unit in units]
    text = "\n".join(map(repr, itertools.chain(tree, asn, non_asn)))
    assert hashlib.sha256(text.encode()).hexdigest() == DIGEST


def test_another_seed_gives_another_register(asn: list[DemoPerson]) -> None:
    other = make_asn(make_tree(seed=1, size=SIZE), seed=1, size=SIZE)
    assert next(other) != asn[0]


def test_ten_thousand_asn_and_eight_thousand_others_in_45_units(
    units: list[DemoUnit], asn: list[DemoPerson], non_asn: list[DemoPerson]
) -> None:
    assert (len(asn), len(non_asn)) == (10_000, 8_000)
    assert sum(unit.depth == 0 for unit in units) == 45
    assert 800 <= len(units) <= 2_500
    by_top = Counter(units[units[person.unit].top].name for person in [*asn, *non_asn])
    assert len(by_top) == 45
    assert min(by_top.values()) > 20
    taught_or_healed = sum(
        count
        for name, count in by_top.items()
        if name.startswith(("Dinas Pendidikan", "Dinas Kesehatan", "RSUD", "Rumah Sakit"))
    )
    assert 0.55 < taught_or_healed / SIZE < 0.75


@pytest.mark.parametrize("size", [45, 1000, 40_000])
def test_other_sizes_come_out_exactly_too(size: int) -> None:
    tree = make_tree(seed=SEED, size=size)
    people = [*make_asn(tree, seed=SEED, size=size), *make_non_asn(tree, seed=SEED, size=size)]
    assert len(people) == size
    assert sum(unit.depth == 0 for unit in tree) == 45


def test_parents_stand_before_their_children(units: list[DemoUnit]) -> None:
    for place, unit in enumerate(units):
        assert unit.parent < place
        above = units[unit.parent] if unit.parent >= 0 else None
        assert unit.depth == (above.depth + 1 if above else 0)
        assert unit.top == (above.top if above else place)
    assert len({unit.key for unit in units}) == len(units)


def test_every_number_is_given_once_and_agrees_with_its_bearer(asn: list[DemoPerson]) -> None:
    assert len({person.number for person in asn}) == len(asn)
    for person in asn:
        assert is_pppk(person.number) == ("PPPK" in person.status)
        assert not check_number(
            person.number,
            birth=person.born_on.isoformat(),
            start=person.started_on.isoformat(),
            gender="1" if person.sex == "L" else "2",
            today=REFERENCE_DAY,
        )


def test_no_two_without_a_number_share_a_name_in_a_unit(non_asn: list[DemoPerson]) -> None:
    names = Counter((person.unit, person.name.casefold()) for person in non_asn)
    assert max(names.values()) == 1


def test_no_politician_is_made_to_work_there(
    asn: list[DemoPerson], non_asn: list[DemoPerson]
) -> None:
    famous = {
        "prabowo", "subianto", "gibran", "rakabuming", "widodo", "jokowi", "anies", "baswedan",
        "muhaimin", "ganjar", "pranowo", "mahfud", "megawati", "yudhoyono", "sandiaga",
    }  # fmt: skip
    words = {word for person in [*asn, *non_asn] for word in person.name.casefold().split()}
    assert not words & famous


def test_shares_add_up_and_follow_the_weights() -> None:
    assert shared_out(10, [1, 1, 1]) in ([4, 3, 3], [3, 4, 3], [3, 3, 4])
    assert shared_out(100, [3, 1]) == [75, 25]
    assert sum(shared_out(17_999, [unit["staff"] for unit in structure()["tops"]])) == 17_999


def test_the_files_are_as_dirty_as_promised(tmp_path: Path) -> None:
    units = make_tree(seed=SEED, size=1800)
    asn = list(make_asn(units, seed=SEED, size=1800))
    path = tmp_path / "register.xlsx"
    slips = write_register(path, units, asn, make_non_asn(units, seed=SEED, size=1800), seed=SEED)
    book = CalamineWorkbook.from_path(path)
    sheet = book.get_sheet_by_name("Data ASN")
    rows = sheet.to_python(skip_empty_area=False)
    assert sheet.merged_cell_ranges
    assert rows[0][0] == "DATA PEGAWAI ASN"
    assert rows[3] == [""] * len(rows[3])
    assert [] in [[cell for cell in row if cell != ""] for row in rows[10:]], "an empty row"
    header = rows[4]
    assert {"NIK", "AGAMA", "ALAMAT"} <= set(header)
    numbers = [row[header.index("NIP BARU")] for row in rows[6:] if row[2]]
    assert len(numbers) == len(asn)
    assert any(number.startswith("'") for number in numbers)
    assert any(" " in number for number in numbers)
    days = [row[header.index("Tanggal Lahir")] for row in rows[6:] if row[2]]
    assert len({type(day) for day in days}) == 2
    assert slips.birth_not_in_number > 0
    assert "Non ASN" in book.sheet_names


def test_the_same_seed_writes_the_same_bytes(tmp_path: Path) -> None:
    units = make_tree(seed=SEED, size=90)
    written = []
    for name in ("a.xlsx", "b.xlsx"):
        asn, others = make_asn(units, seed=3, size=90), make_non_asn(units, seed=3, size=90)
        write_register(tmp_path / name, units, asn, others, seed=3)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]


def test_the_tree_file_is_in_the_shape_of_siasn(tmp_path: Path, units: list[DemoUnit]) -> None:
    write_tree(tmp_path / "unor.csv", units)
    content = (tmp_path / "unor.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfId;NamaUnor;DiatasanId\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]
    assert len(rows) == len(units)
    assert sum(row[2] == "" for row in rows) == 45
