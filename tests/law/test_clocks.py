"""Deadlines: a table for people, and what must hold for all of them."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.law import ClockError, NotFoundError
from netral.law.clocks import Span, count, deadline
from netral.law.procedures import Counting, procedures, step, steps
from netral.law.workdays import WorkCalendar, Zone

TABLE = Path(__file__).parent / "tables" / "clocks.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8", newline="")))
DAYS = st.dates(date(2023, 1, 1), date(2027, 6, 30))
IN_DAYS = [
    item for item in steps().values() if item.counting not in (Counting.HOURS, Counting.UNKNOWN)
]


def optional_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    "row",
    ROWS,
    ids=lambda row: f"{row['step']}-{row['start']}-{row['region']}-{row['week']}-{row['extended']}",
)
def test_table_of_deadlines(row: dict[str, str]) -> None:
    found = deadline(
        row["step"],
        date.fromisoformat(row["start"]),
        work=WorkCalendar(region=row["region"], week=int(row["week"])),
        extended=row["extended"] == "yes",
    )
    assert (found.due, found.safe_day) == (optional_day(row["due"]), optional_day(row["safe"])), (
        row["why"]
    )


def test_every_step_counted_in_days_is_in_the_table() -> None:
    timed = {item.id for item in steps().values() if item.counting is not Counting.HOURS}
    assert timed == {row["step"] for row in ROWS}


@pytest.mark.parametrize("name", [item.id for item in steps().values() if item.length is None])
def test_no_deadline_is_invented(name: str) -> None:
    found = deadline(name, date(2024, 10, 7))
    assert found.due is None and found.safe_day is None and found.moment is None
    assert found.overdue(date(2099, 1, 1)) is None
    assert found.warnings[0].en == "No time limit for this step was found in law."
    assert found.warnings[0].id.startswith("Tidak ditemukan batas waktu dalam peraturan")


@given(st.sampled_from(IN_DAYS), DAYS, st.integers(0, 60))
def test_a_later_start_never_ends_earlier(item: object, start: date, delay: int) -> None:
    first = deadline(item, start)  # type: ignore[arg-type]
    second = deadline(item, start + timedelta(days=delay))  # type: ignore[arg-type]
    assert first.due and second.due
    assert first.due <= second.due
    assert first.safe_day is not None and second.safe_day is not None
    assert first.safe_day <= second.safe_day


@given(st.sampled_from(IN_DAYS), DAYS)
def test_the_safe_day_is_never_later_and_the_start_never_counts(item: object, start: date) -> None:
    found = deadline(item, start)  # type: ignore[arg-type]
    assert found.safe_day is not None and found.due is not None
    assert start < found.safe_day <= found.due or found.safe_day == found.due
    assert found.safe_day <= min(reading.due for reading in found.readings)


@given(DAYS, st.integers(1, 20), st.integers(0, 15), st.integers(0, 15), st.booleans())
def test_a_suspension_moves_the_end_by_its_days(
    start: date, length: int, offset: int, days: int, working: bool
) -> None:
    span = Span(start + timedelta(days=offset), start + timedelta(days=offset + days), "menunggu")
    work = WorkCalendar()
    plain = count(start, length, working, work)
    moved = count(start, length, working, work, [span])
    assert moved >= plain
    assert not span.start <= moved <= span.end
    if plain < span.start:
        assert moved == plain


def test_extension_only_where_a_provision_gives_one() -> None:
    with pytest.raises(ClockError, match="no provision extends 'pp94/summons'"):
        deadline("pp94/summons", date(2024, 10, 7), extended=True)


def test_hours_run_by_the_clock_in_the_zone_of_the_place() -> None:
    instant = datetime.fromisoformat("2024-10-07T23:30:00+07:00")
    found = deadline("crime_pemilihan/police", instant, zone=Zone.WIT)
    assert found.started == date(2024, 10, 8)
    assert found.moment == datetime.fromisoformat("2024-10-09T01:30:00+09:00")
    assert found.moment.utcoffset() == timedelta(hours=9)
    assert found.due == date(2024, 10, 9)


@pytest.mark.parametrize("name", ["correction", "access", "restriction", "breach"])
def test_data_protection_gives_three_days_in_hours(name: str) -> None:
    instant = datetime.fromisoformat("2026-11-20T08:00:00+08:00")
    found = deadline(f"data_protection/{name}", instant, zone=Zone.WITA)
    assert found.moment == datetime.fromisoformat("2026-11-23T08:00:00+08:00")


def test_hours_need_a_time() -> None:
    with pytest.raises(ClockError, match="give the time too"):
        deadline("crime_pemilu/police", date(2024, 10, 7))


def test_an_instant_may_start_a_limit_in_days() -> None:
    instant = datetime.fromisoformat("2024-10-07T20:00:00+00:00")
    assert deadline("pp94/summons", instant, zone=Zone.WIB).started == date(2024, 10, 8)


def test_overdue_begins_the_day_after() -> None:
    found = deadline("pp94/summons", date(2024, 10, 7))
    assert found.overdue(date(2024, 10, 16)) is False
    assert found.overdue(date(2024, 10, 17)) is True


def test_bare_days_give_both_readings() -> None:
    found = deadline("pp94/effect", date(2024, 12, 20))
    assert [(item.counting, item.due) for item in found.readings] == [
        (Counting.CALENDAR, date(2025, 1, 4)),
        (Counting.WORKING, date(2025, 1, 15)),
    ]


def test_an_unverified_calendar_is_said() -> None:
    assert "2027" in deadline("pp94/delivery", date(2027, 1, 4)).warnings[0].id
    assert deadline("pp94/delivery", date(2024, 10, 7)).warnings == ()
    assert deadline("bawaslu_pemilihan/report", date(2027, 1, 4)).warnings == ()


def test_an_unknown_step_names_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match="pp94/summons"):
        step("pp94/nothing")


def test_a_negative_length_is_refused() -> None:
    with pytest.raises(ClockError, match="negative"):
        count(date(2024, 10, 7), -1, False, WorkCalendar())


def test_procedures_begin_and_end() -> None:
    assert not procedures()["pp94"].in_force(date(2021, 8, 30))
    assert procedures()["pp94"].in_force(date(2021, 8, 31))
    assert not procedures()["bkn"].in_force(date(2024, 9, 30))
