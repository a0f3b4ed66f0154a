"""Election calendars: the phase follows from the day, and days out of order are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from netral.law import DataError, elections
from netral.law.vocabulary import Phase


def test_phases_follow_the_calendar() -> None:
    pilkada = elections.calendar("pilkada-2024")
    days = {
        Phase.BEFORE_CANDIDACY: date(2024, 5, 4),
        Phase.CANDIDACY: date(2024, 5, 5),
        Phase.DETERMINED: date(2024, 9, 22),
        Phase.CAMPAIGN: date(2024, 9, 25),
        Phase.QUIET: date(2024, 11, 24),
        Phase.VOTING: date(2024, 11, 27),
        Phase.COUNT: date(2024, 11, 28),
        Phase.AFTER: date(2024, 12, 17),
    }
    assert {phase: pilkada.phase_on(day) for phase, day in days.items()} == {
        phase: phase for phase in days
    }
    assert elections.calendar("pemilu-2024").phase_on(date(2023, 11, 8)) is None
    assert (
        elections.calendar("pemilu-2024").phase_on(date(2023, 11, 8), "legislature")
        is Phase.DETERMINED
    )
    assert elections.calendar("pemilu-2024").phase_on(date(2023, 11, 8), "regional_head") is None


def test_the_last_day_of_a_phase_still_belongs_to_it() -> None:
    pilkada = elections.calendar("pilkada-2024")
    last = (pilkada.campaign_end, pilkada.voting, pilkada.count_end)
    assert [pilkada.phase_on(day) for day in last] == [Phase.CAMPAIGN, Phase.VOTING, Phase.COUNT]


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("voting: 2024-02-14", "voting: 2024-02-09", "pemilu-2024: the days must stand in order"),
        ("end: 2023-06-21", "end: 2022-10-13", "'Pemutakhiran data pemilih' ends before it starts"),
    ],
)
def test_a_calendar_out_of_order_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, message: str
) -> None:
    told = elections._FILE.read_text(encoding="utf-8")
    assert old in told
    path = tmp_path / "elections.yaml"
    path.write_text(told.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(elections, "_FILE", path)
    elections.calendars.cache_clear()
    try:
        with pytest.raises(DataError, match=message):
            elections.calendars()
    finally:
        elections.calendars.cache_clear()
