"""The calendar to the second, in all three zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netral.elections import rules
from netral.elections.phases import ORDER, PhaseCode
from netral.elections.rules import Milestones, OverlapError, Span

SPANS = [
    Span("candidacy", date(2024, 8, 27), date(2024, 9, 21)),
    Span("determined", date(2024, 9, 22), date(2024, 9, 24)),
    Span("campaign", date(2024, 9, 25), date(2024, 11, 23)),
    Span("quiet", date(2024, 11, 24), date(2024, 11, 26)),
    Span("voting", date(2024, 11, 27), date(2024, 11, 27)),
    Span("count", date(2024, 11, 28), date(2024, 12, 16)),
]
# Midnight local time, in UTC: seven, eight and nine hours earlier.
ZONES = {"Asia/Jakarta": 17, "Asia/Makassar": 16, "Asia/Jayapura": 15}


@pytest.mark.parametrize(("zone", "utc_hour"), ZONES.items())
def test_every_phase_switches_at_local_midnight_to_the_second(zone: str, utc_hour: int) -> None:
    before = "before_candidacy"
    for span in SPANS:
        eve = span.starts_on - timedelta(days=1)
        midnight = datetime(eve.year, eve.month, eve.day, utc_hour, tzinfo=UTC)
        assert rules.phase_at(SPANS, midnight - timedelta(seconds=1), zone) == before
        assert rules.phase_at(SPANS, midnight, zone) == span.code
        before = span.code
    end = datetime(2024, 12, 16, utc_hour, tzinfo=UTC)
    assert rules.phase_at(SPANS, end - timedelta(seconds=1), zone) == "count"
    assert rules.phase_at(SPANS, end, zone) == "after"


def test_the_same_second_is_campaign_in_one_zone_and_quiet_in_another() -> None:
    moment = datetime(2024, 11, 23, 16, 30, tzinfo=UTC)
    found = [rules.phase_at(SPANS, moment, zone) for zone in ZONES]
    assert found == ["campaign", "quiet", "quiet"]


@pytest.mark.parametrize("zone", ZONES)
def test_switches_are_the_moments_at_which_phase_at_changes(zone: str) -> None:
    for moment, code in rules.switches(SPANS, zone):
        assert rules.phase_at(SPANS, moment, zone) == code
        assert rules.phase_at(SPANS, moment - timedelta(microseconds=1), zone) != code


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        rules.local_day(datetime(2024, 11, 27), "Asia/Jakarta")


def test_a_day_nobody_claims_belongs_to_the_phase_before_it() -> None:
    gap = [
        Span("campaign", date(2024, 1, 1), date(2024, 1, 5)),
        Span("voting", date(2024, 1, 9), date(2024, 1, 9)),
    ]
    assert rules.phase_on(gap, date(2024, 1, 7)) == "campaign"
    pieces = rules.segments(gap, date(2024, 1, 1), date(2024, 1, 7))
    assert [piece.state for piece in pieces] == ["current", "future", "future"]
    assert pieces[0].day_number is None


def test_overlapping_main_phases_are_refused() -> None:
    twice = [
        Span("campaign", date(2024, 1, 1), date(2024, 1, 5)),
        Span("quiet", date(2024, 1, 5), date(2024, 1, 6)),
    ]
    with pytest.raises(OverlapError) as problem:
        rules.in_order(twice)
    assert problem.value.args == ("campaign", "quiet")


def test_the_thirteenth_of_sixty_days_of_campaign() -> None:
    pieces = rules.segments(SPANS, date(2024, 2, 27), date(2024, 10, 7))
    assert [piece.code for piece in pieces] == ORDER
    current = [piece for piece in pieces if piece.state == "current"]
    assert [(piece.code, piece.day_number, piece.day_count) for piece in current] == [
        ("campaign", 13, 60)
    ]
    assert [piece.state for piece in pieces] == ["past"] * 3 + ["current"] + ["future"] * 4


@given(st.dates(date(2024, 2, 27), date(2025, 3, 1)))
def test_exactly_one_segment_is_current_and_it_is_the_phase_of_that_day(day: date) -> None:
    pieces = rules.segments(SPANS, date(2024, 2, 27), day)
    current = [piece.code for piece in pieces if piece.state == "current"]
    assert current == [rules.phase_on(SPANS, day)]
    states = [piece.state for piece in pieces]
    assert states == sorted(states, key=["past", "current", "future"].index)


def test_how_long_an_election_stays_on_the_line() -> None:
    opens = date(2024, 2, 27)
    assert not rules.is_under_way(SPANS, opens, date(2024, 2, 26))
    assert rules.is_under_way(SPANS, opens, opens)
    last = SPANS[-1].ends_on + rules.AFTER_SHOWN_FOR
    assert rules.is_under_way(SPANS, opens, last)
    assert not rules.is_under_way(SPANS, opens, last + timedelta(days=1))


@pytest.mark.parametrize(
    ("election", "government", "expected"),
    [
        ("00", "64.02", True),
        ("64", "64.02", True),
        ("64", "64", True),
        ("64.02", "64", False),
        ("6", "64", False),
        ("64.0", "64.02", False),
        ("61", "64", False),
    ],
)
def test_which_regions_an_election_covers(election: str, government: str, expected: bool) -> None:
    assert rules.covers(election, government) is expected
    assert (election in rules.regions_above(government)) is expected


MILESTONES = Milestones(
    candidacy_from=date(2027, 1, 1),
    determined_on=date(2027, 2, 1),
    campaign_from=date(2027, 2, 4),
    campaign_to=date(2027, 3, 20),
    voting_on=date(2027, 3, 24),
    count_to=date(2027, 4, 10),
)


def test_the_main_phases_follow_from_the_milestones() -> None:
    spans = rules.spans_from(MILESTONES)
    assert rules.in_order(spans) == spans
    assert rules.is_in_order([span.code for span in spans])
    assert [(span.code, span.days) for span in spans] == [
        ("candidacy", 31),
        ("determined", 3),
        ("campaign", 45),
        ("quiet", 3),
        ("voting", 1),
        ("count", 17),
    ]
    assert rules.first_out_of_order(MILESTONES) is None


def test_a_phase_of_no_days_is_left_out() -> None:
    straight = Milestones(**{**vars(MILESTONES), "campaign_to": date(2027, 3, 23)})
    assert "quiet" not in [span.code for span in rules.spans_from(straight)]


@pytest.mark.parametrize(
    "field", ["determined_on", "campaign_from", "campaign_to", "voting_on", "count_to"]
)
def test_the_first_milestone_out_of_order_is_named(field: str) -> None:
    wrong = Milestones(**{**vars(MILESTONES), field: date(2026, 1, 1)})
    assert rules.first_out_of_order(wrong) == field


def test_every_code_has_its_rank() -> None:
    assert sorted(rules.urgency(code) for code in ORDER) == list(range(len(PhaseCode)))
