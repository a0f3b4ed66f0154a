"""The calendar that comes with Netral: its days, and what it must never claim."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from netral.elections.known import ElectionDataError, KnownElection, known_elections

KNOWN = {election.code: election for election in known_elections()}


def _main(election: KnownElection) -> dict[str, tuple[date, date]]:
    return {row.code: (row.starts_on, row.ends_on) for row in election.phases if row.is_main}


def test_pemilu_2024() -> None:
    election = KNOWN["pemilu-2024"]
    assert election.voting_on == date(2024, 2, 14)
    assert _main(election)["campaign"] == (date(2023, 11, 28), date(2024, 2, 10))
    assert _main(election)["quiet"] == (date(2024, 2, 11), date(2024, 2, 13))
    assert len(election.phases) == 19
    assert [party.number for party in election.parties] == list(range(1, 25))
    assert {party.number for party in election.parties if party.only_in} == set(range(18, 24))
    assert [ticket.number for ticket in election.tickets] == [1, 2, 3]


def test_pemilihan_2024_has_sixty_days_of_campaign() -> None:
    first, last = _main(KNOWN["pemilihan-2024"])["campaign"]
    assert (first, last, (last - first).days + 1) == (date(2024, 9, 25), date(2024, 11, 23), 60)


@pytest.mark.parametrize(
    ("code", "region", "numbers"),
    [
        ("pemilihan-2024-64", "64", [1, 2]),
        ("pemilihan-2024-61-72", "61.72", [1, 2, 3]),
        ("pemilihan-2024-53-71", "53.71", [1, 2, 3, 4, 5]),
        ("pemilihan-2024-19-71", "19.71", [1, 2]),
        ("pemilihan-ulang-2025-19-71", "19.71", [1, 2, 3, 4]),
        ("pemilihan-2024-64-02", "64.02", [1, 2, 3]),
        ("psu-2025-64-02", "64.02", [1, 2, 3]),
    ],
)
def test_ballots_of_single_regions(code: str, region: str, numbers: list[int]) -> None:
    election = KNOWN[code]
    assert election.region_code == region
    assert [ticket.number for ticket in election.tickets] == numbers


def test_regional_ballots_take_over_the_national_calendar() -> None:
    assert _main(KNOWN["pemilihan-2024-64"]) == _main(KNOWN["pemilihan-2024"])


def test_a_repeated_vote_claims_no_more_than_its_day() -> None:
    assert list(_main(KNOWN["psu-2025-64-02"])) == ["voting"]


def test_a_forecast_has_no_day_and_no_phase() -> None:
    forecasts = [election for election in KNOWN.values() if election.certainty == "forecast"]
    assert {election.code for election in forecasts} == {"pemilu-2029", "pemilu-daerah-2031"}
    for election in forecasts:
        assert election.voting_on is None
        assert not election.phases
        assert election.voting_window.id
        assert election.voting_window.en
        assert election.sources


def test_what_is_trusted_has_a_source_and_what_has_none_says_so() -> None:
    for election in KNOWN.values():
        for row in [*election.phases, *election.tickets]:
            if row.confidence == "agreed":
                assert len(row.sources) >= 2, (election.code, row)
            if row.confidence == "single":
                assert row.sources, (election.code, row)
            if not row.sources:
                assert row.confidence == "unverified", (election.code, row)


def test_every_text_is_in_both_languages() -> None:
    for election in KNOWN.values():
        for words in [
            election.name,
            election.voting_window,
            *(row.note for row in election.phases),
        ]:
            assert bool(words.id) == bool(words.en), election.code
        for row in election.phases:
            assert bool(row.name.id) == bool(row.name.en)
            assert row.is_main or row.name.id


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            "code: campaign, main: true, to: 2024-01-02, confidence: sure, sources: []",
            "confidence 'sure'",
        ),
        (
            "code: kampanye, main: true, to: 2024-01-02, confidence: unverified, sources: []",
            "kampanye is no code",
        ),
        (
            "code: quiet, main: true, to: 2024-01-02, confidence: single, sources: [nowhere]",
            "nowhere",
        ),
        ("code: campaign, confidence: unverified, sources: []", "'to'"),
    ],
)
def test_a_slip_in_the_data_names_the_file_and_the_election(
    tmp_path: Path, line: str, complaint: str
) -> None:
    text = (
        "code: coba\nkind: pemilu\nname: {id: a, en: b}\nregion: '00'\ncertainty: fixed\nbasis: x\n"
        f"voting_on: 2024-01-03\nsources: {{}}\nphases:\n"
        f"  - {{from: 2024-01-01, {line}}}\n"
    )
    (tmp_path / "coba.yaml").write_text(text, "utf-8")
    with pytest.raises(ElectionDataError) as problem:
        known_elections(tmp_path)
    assert "coba.yaml: coba:" in str(problem.value)
    assert complaint in str(problem.value)
