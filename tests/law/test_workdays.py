"""Working days, days off and the three time zones."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.law import ClockError
from netral.law.workdays import WorkCalendar, Zone, days_off, legal_day, unverified_years

DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))
TABLE = Path(__file__).parent / "tables" / "workdays.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
DECREES = list(csv.DictReader(TABLE.with_name("holidays.csv").open(encoding="utf-8", newline="")))
WEEK = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['day']}-{row['region'] or 'nation'}")
def test_table_of_days(row: dict[str, str]) -> None:
    calendar = WorkCalendar(region=row["region"], week=int(row["week"]))
    assert calendar.is_working(date.fromisoformat(row["day"])) is (row["working"] == "yes"), row[
        "why"
    ]


@pytest.mark.parametrize("year", range(2023, 2028))
def test_the_table_agrees_with_the_holidays_library(year: int) -> None:
    holidays = pytest.importorskip("holidays")
    expected = set(holidays.country_holidays("ID", years=year, categories=("public", "government")))
    assert {
        day for day, entries in days_off(year).items() if any(not item.region for item in entries)
    } == expected


@pytest.mark.parametrize("row", DECREES, ids=lambda row: f"{row['year']}-{row['kind']}")
def test_the_days_off_are_those_of_the_joint_decrees(row: dict[str, str]) -> None:
    """The decrees, restated in a table of its own, with the day of the week that they print beside
    each date: a slip in either table shows."""
    listed = [told.partition(":") for told in row["days"].split()]
    days = {date.fromisoformat(f"{row['year']}-{day}"): name for name, _, day in listed}
    assert {day: WEEK[day.weekday()] for day in days} == days
    held = {
        day
        for day, entries in days_off(int(row["year"])).items()
        for item in entries
        if item.kind == row["kind"] and not item.region
    }
    assert held == set(days), row["decree"]
    assert not any(WorkCalendar(week=6).is_working(day) for day in days)


def test_no_year_without_a_decree_counts_as_verified() -> None:
    decided = {int(row["year"]) for row in DECREES}
    verified = {
        year
        for year in range(2023, 2028)
        if all(
            item.verified or item.region for entries in days_off(year).values() for item in entries
        )
    }
    assert verified == decided


@pytest.mark.parametrize(
    "year, number", [(2023, 27), (2024, 29), (2025, 28), (2026, 25), (2027, 26)]
)
def test_the_number_of_national_days_off(year: int, number: int) -> None:
    nation = [
        day for day, entries in days_off(year).items() if any(not item.region for item in entries)
    ]
    assert len(nation) == number


def test_a_year_outside_the_table_comes_from_the_library() -> None:
    pytest.importorskip("holidays")
    assert date(2020, 12, 25) in days_off(2020)
    assert unverified_years(date(2020, 1, 1), date(2020, 2, 1)) == (2020,)


def test_a_year_without_any_table_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "holidays", None)
    days_off.cache_clear()
    with pytest.raises(ClockError, match=r"add the days to days\.csv"):
        days_off(2019)
    days_off.cache_clear()


def test_an_office_may_add_its_own_days_off() -> None:
    calendar = WorkCalendar(extra={date(2024, 10, 8): "Hari jadi kota"})
    assert calendar.why_off(date(2024, 10, 8)) == "Hari jadi kota"
    assert calendar.add(date(2024, 10, 7), 1) == date(2024, 10, 9)


def test_a_week_of_four_days_is_refused() -> None:
    with pytest.raises(ClockError, match="5 or 6"):
        WorkCalendar(week=4)


@given(DAYS, st.integers(1, 40))
def test_adding_lands_on_a_working_day_and_counts_back(start: date, days: int) -> None:
    calendar = WorkCalendar()
    end = calendar.add(start, days)
    assert calendar.is_working(end)
    assert calendar.between(start, end) == days


@given(DAYS, st.integers(0, 40))
def test_a_longer_week_never_ends_later(start: date, days: int) -> None:
    assert WorkCalendar(week=6).add(start, days) <= WorkCalendar(week=5).add(start, days)


@pytest.mark.parametrize(
    "zone, expected",
    [(Zone.WIB, date(2024, 10, 7)), (Zone.WITA, date(2024, 10, 7)), (Zone.WIT, date(2024, 10, 8))],
)
def test_the_legal_day_depends_on_the_zone(zone: Zone, expected: date) -> None:
    instant = datetime.fromisoformat("2024-10-07T15:30:00+00:00")
    assert legal_day(instant, zone) == expected
    assert zone.offset.utcoffset(None) == timedelta(hours={"WIB": 7, "WITA": 8, "WIT": 9}[zone])


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ClockError, match="has no zone"):
        legal_day(datetime(2024, 10, 7, 12), Zone.WIB)
