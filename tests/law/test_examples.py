"""The tables beside the data: each row is a test, and each change of law has its pair of days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from netral.law import library
from netral.law.examples import Example, examples, misses
from netral.law.library import DATA

ROWS = list(examples(DATA / "examples"))

# Every change in force that the issue names, as the first day of the new state.
TURNS = [
    date(2021, 8, 31),  # PP 53/2010 -> PP 94/2021
    date(2022, 9, 22),  # circular of 2017 -> SKB 2/2022
    date(2023, 1, 3),  # SE 01/2023 for non-ASN
    date(2023, 10, 31),  # UU 5/2014 -> UU 20/2023
    date(2023, 11, 3),  # final parliamentary lists
    date(2023, 11, 13),  # presidential tickets
    date(2023, 11, 28),  # start of the campaign
    date(2024, 8, 24),  # KASN -> BKN
    date(2024, 9, 22),  # regional tickets
    date(2024, 10, 1),  # BKN flow
    date(2024, 10, 30),  # Bawaslu circular 111
    date(2025, 1, 1),  # end of the cycle SE 01/2023 speaks of
    date(2025, 10, 16),  # MK 121
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.place)
def test_example(row: Example) -> None:
    assert misses(library(), row) == [], row.situation


def test_there_are_enough_rows_and_no_row_twice() -> None:
    assert len(ROWS) >= 400
    seen = Counter(
        (row.asked.act, row.on, row.asked.calendar, tuple(sorted(row.asked.facts.items())))
        for row in ROWS
    )
    assert [key for key, number in seen.items() if number > 1] == []


@pytest.mark.parametrize("turn", TURNS, ids=str)
def test_each_change_has_a_pair_of_days(turn: date) -> None:
    asked = {
        day: {(row.asked.act, row.asked.facts.get("status")) for row in ROWS if row.on == day}
        for day in (turn - timedelta(days=1), turn)
    }
    before, after = asked.values()
    assert before & after


def test_every_act_has_an_example() -> None:
    assert set(library().acts) - {row.asked.act for row in ROWS} == NOT_YET


# Acts that differ from a tested one only in their circumstances; kept short on purpose.
NOT_YET: set[str] = set()
