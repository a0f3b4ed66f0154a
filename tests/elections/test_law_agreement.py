"""The calendar and the law package speak of the same phases on the same days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from netral.elections.known import known_elections
from netral.elections.phases import ORDER
from netral.elections.rules import Span, in_order, phase_on

vocabulary = pytest.importorskip("netral.law.vocabulary")
law_elections = pytest.importorskip("netral.law.elections")


def test_one_vocabulary() -> None:
    assert [phase.value for phase in vocabulary.Phase] == ORDER


@pytest.mark.parametrize(
    ("ours", "theirs", "race"),
    [
        ("pemilihan-2024", "pilkada-2024", "regional_head"),
        # The phase line follows the earliest candidacy and determination, which is DPD's.
        ("pemilu-2024", "pemilu-2024", "senate"),
    ],
)
def test_the_same_phase_on_every_day(ours: str, theirs: str, race: str) -> None:
    known = {election.code: election for election in known_elections()}[ours]
    spans = in_order(
        Span(row.code, row.starts_on, row.ends_on) for row in known.phases if row.is_main
    )
    calendar = law_elections.calendars()[theirs]
    day = spans[0].starts_on - timedelta(days=5)
    while day <= spans[-1].ends_on + timedelta(days=5):
        assert phase_on(spans, day) == calendar.phase_on(day, race).value, day
        day += timedelta(days=1)
    assert day > date(2024, 1, 1)
