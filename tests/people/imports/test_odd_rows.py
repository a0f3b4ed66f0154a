"""Rows that are not simply somebody: nothing that says something is lost without a word."""

from __future__ import annotations

import pytest

from netral.people.models import Government, Unit
from tests.people.imports.factories import SIMPEG, apply, read, staff, xlsx

HEAD = ["No", "Nama", "Tugas", "Unit Kerja"]


@pytest.mark.django_db
def test_a_row_with_a_unit_or_other_data_but_no_name_is_a_problem(government: Government) -> None:
    rows = [
        HEAD,
        [1, "Adi", "Sopir", "Dinas A"],
        [2, "", "", "Dinas Hanya Disebut"],
        ["", "", "", "Dinas B"],
        [4, "", "Operator", ""],
        [5, "", "", ""],  # numbered beforehand, still empty
    ]
    source = read(government, xlsx(rows))
    assert source.counts == source.counts | {"create": 1, "bad": 3, "obstacles": 3}
    found = source.problems.order_by("line").values_list("line", "column", "code")
    assert [row for row in found if row[2] != "unit_new"] == [
        (3, "Nama", "name_missing"), (4, "Nama", "name_missing"), (5, "Nama", "name_missing"),
    ]  # fmt: skip
    apply(source)
    assert set(Unit.objects.values_list("name", flat=True)) == {"Dinas A"}


@pytest.mark.django_db
def test_a_row_of_which_only_private_columns_are_filled_is_a_problem_without_their_values(
    government: Government,
) -> None:
    head = ["No", "NIK", "Agama", "Nama", "Unit Kerja"]
    rows = [head, [1, "6472014102850001", "Hindu", "Adi", "Dinas A"],
            [2, "6472014102850002", "Islam", "", ""]]  # fmt: skip
    source = read(government, xlsx(rows))
    problem = source.problems.get(code="name_missing")
    assert (problem.line, problem.value) == (3, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "total",
    [
        ["", "Jumlah", "", 2],
        ["TOTAL PEGAWAI", "", "", ""],
        ["", "Sub Total", "2 orang", ""],
        ["", " jumlah seluruhnya : ", 45, ""],
    ],
)
def test_a_total_is_nobody_and_is_said_to_be_skipped(
    government: Government, total: list[object]
) -> None:
    rows = [HEAD, [1, "Adi", "Sopir", "Dinas A"], [2, "Totalina Jumlahwati", "Sopir", "Dinas A"]]
    source = read(government, xlsx([*rows, total, ["", "Mengetahui, Kepala Dinas", "", ""]]))
    assert source.counts == {
        "rows": 2, "create": 2, "unit_create": 1, "warnings": 3,
    }  # fmt: skip
    codes = dict(source.problems.values_list("line", "code"))
    assert (codes[4], codes[5]) == ("row_is_total", "row_outside_table")


@pytest.mark.django_db
def test_a_heading_with_the_unit_of_the_rows_below_is_no_problem(government: Government) -> None:
    rows = [
        HEAD,
        ["DINAS A", "", "", ""],
        [1, "Adi", "Sopir", "Dinas A"],
        ["CATATAN", "", "", ""],
        [2, "Beni", "Sopir", "Dinas A"],
        ["Ditetapkan di kota", "", "", ""],
    ]
    source = read(government, xlsx(rows))
    outside = source.problems.filter(code="row_outside_table").values_list("line", flat=True)
    assert sorted(outside) == [4, 6]


@pytest.mark.django_db
def test_a_total_in_the_column_of_numbers_is_nobody_too(government: Government) -> None:
    source = read(government, xlsx([SIMPEG, *staff(2), ["Jumlah", 2, "", "", "", "", ""]]))
    assert source.counts["rows"] == 2
    assert source.problems.get(code="row_is_total").line == 4


@pytest.mark.django_db
def test_a_total_under_a_unit_tree_is_no_unit(government: Government) -> None:
    rows = [["Nama Unor", "Jumlah"], ["Dinas A", 4], ["Total", 4]]
    source = read(government, xlsx(rows), scope="units")
    assert source.counts["create"] == 1
    assert source.problems.get(code="row_is_total").line == 3
