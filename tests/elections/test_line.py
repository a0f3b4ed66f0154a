"""What the phase line and the chip say, and how little they ask the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation

from netral.elections import frame, queries, services
from netral.elections.calendars import KEPT_SECONDS, calendar_of
from netral.elections.models import Election, Phase
from netral.elections.phases import PhaseCode
from netral.people.models import Government
from tests.elections.factories import NOON, make_government, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def kaltim() -> Government:
    services.load_known_elections(now=NOON)
    return make_government("64")


def test_the_thirteenth_day_of_the_campaign(kaltim: Government) -> None:
    line = queries.phase_line(kaltim.pk, NOON)
    assert line.chip == "Masa kampanye · hari ke-13"
    assert [piece.label for piece in line.segments] == [
        "Sebelum",
        "Pencalonan",
        "Penetapan 22 Sep",
        "Kampanye · hari ke-13 dari 60",
        "Tenang",
        "Pemungutan 27 Nov",
        "Penghitungan",
        "Sesudah",
    ]
    assert line.segments[3].title == "Kampanye, 25 September 2024 sampai 23 November 2024"
    assert line.template == "elections/parts/phase_line.html"


def test_the_line_in_english(kaltim: Government) -> None:
    with translation.override("en"):
        line = queries.phase_line(kaltim.pk, NOON)
    assert line.chip == "Campaign · day 13"
    assert line.election == "2024 East Kalimantan governor election"
    assert line.segments[3].label == "Campaign · day 13 of 60"


def test_voting_day_has_no_counter(kaltim: Government) -> None:
    line = queries.phase_line(kaltim.pk, datetime(2024, 11, 27, 3, tzinfo=UTC))
    assert line.chip == "Hari pemungutan suara"
    assert [piece.label for piece in line.segments if piece.state == "current"] == ["Pemungutan"]


def test_between_elections_the_next_one_is_named_as_a_forecast(kaltim: Government) -> None:
    line = queries.phase_line(kaltim.pk, datetime(2026, 11, 22, tzinfo=UTC))
    assert line.chip == "Di luar masa pemilu; Pemilu 2029 (perkiraan)"
    assert line.segments == []
    assert queries.current_phase(kaltim, datetime(2026, 11, 22, tzinfo=UTC)) is None


def test_with_no_election_at_all_it_still_says_so() -> None:
    line = queries.phase_line(make_government("64").pk, NOON)
    assert line.chip == "Di luar masa pemilu"


def test_of_two_at_once_the_one_in_which_more_is_forbidden_shows(kaltim: Government) -> None:
    # From 27 February 2024 the calendar of the Pemilihan ran while the Pemilu was counted.
    both = datetime(2024, 3, 1, tzinfo=UTC)
    assert queries.current_election(kaltim, both).code == "pemilu-2024"
    assert queries.current_phase(kaltim, both) == PhaseCode.COUNT
    later = datetime(2024, 3, 25, tzinfo=UTC)
    assert queries.current_election(kaltim, later).code == "pemilihan-2024-64"


def test_the_narrower_region_wins(kaltim: Government) -> None:
    kukar = make_government("64.02")
    assert queries.current_election(kaltim, NOON).code == "pemilihan-2024-64"
    assert queries.current_election(kukar, NOON).code == "pemilihan-2024-64-02"
    elsewhere = make_government("73", "Asia/Makassar")
    assert queries.current_election(elsewhere, NOON).code == "pemilihan-2024"


def test_the_line_costs_no_query_while_its_calendar_is_kept(
    kaltim: Government, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        queries.phase_line(kaltim.pk, NOON)
    with django_assert_num_queries(0):
        queries.phase_line(kaltim.pk, NOON + timedelta(days=50))


def test_a_kept_calendar_is_read_anew_after_a_minute(
    kaltim: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr("netral.elections.calendars.time.monotonic", lambda: clock[0])
    calendar_of(kaltim.pk)
    Phase.objects.filter(election__code="pemilihan-2024-64", code="campaign").update(
        ends_on=date(2024, 11, 22)
    )
    kept = {item.id: item for item in calendar_of(kaltim.pk).elections}
    clock[0] += KEPT_SECONDS + 1
    anew = {item.id: item for item in calendar_of(kaltim.pk).elections}
    election = Election.objects.get(code="pemilihan-2024-64").pk
    assert [s.days for s in kept[election].spans if s.code == "campaign"] == [60]
    assert [s.days for s in anew[election].spans if s.code == "campaign"] == [59]


def test_a_kept_calendar_switches_at_midnight_all_the_same(kaltim: Government) -> None:
    midnight = datetime(2024, 11, 23, 16, tzinfo=UTC)
    assert queries.phase_line(kaltim.pk, midnight - timedelta(seconds=1)).code == "campaign"
    assert queries.phase_line(kaltim.pk, midnight).code == "quiet"


def test_whose_line_a_page_shows(kaltim: Government) -> None:
    class Nobody:
        is_authenticated = False

    request = RequestFactory().get("/")
    request.user = Nobody()
    assert frame.line_for(request) is not None, "the only government there is"
    make_government("61")
    assert frame.line_for(request) is None, "nobody knows whose"
    request.user = make_officer(kaltim)
    assert frame.line_for(request) is not None
