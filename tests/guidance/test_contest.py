"""Who the check of a text knows: what the recorded elections hold, on the day of asking."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from netral.elections import services
from netral.elections.models import Election, Party, Ticket
from netral.guidance.queries.contest import contest_for
from netral.law.posts import Contest, check
from netral.people.models import Government
from tests.people.accounts.factories import make_government

pytestmark = pytest.mark.django_db
CAMPAIGN = datetime(2024, 10, 7, 3, tzinfo=UTC)
BETWEEN = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def kukar() -> Government:
    """A regency that elected its regent and its governor on one day."""
    services.load_known_elections(now=CAMPAIGN)
    return make_government("Kabupaten Satu", "64.02")


def kinds(text: str, contest: Contest) -> frozenset[str]:
    return check(text, contest=contest).kinds


def names_on(code: str) -> list[str]:
    """The first name of each ticket of an election."""
    tickets = Ticket.objects.filter(election__code=code, is_blank=False).order_by("number")
    return [names.partition(" – ")[0] for names in tickets.values_list("names", flat=True)]


def test_every_ballot_of_the_day_is_known(kukar: Government) -> None:
    contest = contest_for(None, CAMPAIGN)
    for code in ("pemilihan-2024-64", "pemilihan-2024-64-02"):
        for name in names_on(code):
            assert "support" in kinds(f"Ayo menangkan {name}", contest), name
    assert contest.numbers == {1, 2, 3}


def test_one_name_of_each_ballot_does_not_balance_the_other(kukar: Government) -> None:
    contest = contest_for(None, CAMPAIGN)
    governor, regent = names_on("pemilihan-2024-64")[0], names_on("pemilihan-2024-64-02")[1]
    other = names_on("pemilihan-2024-64")[1]
    assert kinds(f"Mantap {governor}, mantap {regent}", contest)
    assert not kinds(f"{governor} nomor urut 1, {other} nomor urut 2", contest)


def test_a_party_is_known_between_elections_but_not_by_its_old_number(kukar: Government) -> None:
    contest = contest_for(None, BETWEEN)
    assert not contest.is_under_way
    for party in Party.objects.filter(election__code="pemilu-2024"):
        assert kinds(f"Ayo gabung partai {party.short_name}, idola kita", contest), party.name
    assert not kinds(f"Ayo menangkan {names_on('pemilihan-2024-64')[0]}", contest)


@pytest.mark.parametrize(
    "text",
    ["Selamat Hari Buruh", "Terbang naik Garuda", "Konser di Gelora", "kopi cap banteng mantap"],
)
def test_a_party_named_like_a_thing_is_not_seen_in_the_thing(kukar: Government, text: str) -> None:
    assert not kinds(text, contest_for(None, BETWEEN))


def test_titles_before_and_after_a_name_do_not_hide_it(kukar: Government) -> None:
    ticket = Ticket.objects.filter(election__code="pemilihan-2024-64-02").first()
    assert ticket
    ticket.names = "Dr. H. Ranu Kelana, S.E., M.Si. & Hj. Sita Maheswari, S.Pd."
    ticket.save()
    contest = contest_for(None, CAMPAIGN)
    assert ("Ranu Kelana", "Sita Maheswari") in {item.names for item in contest.contestants}
    assert "hashtag" in kinds("pagi #PagiRanuKelana", contest)


def test_the_blank_column_is_a_side_too() -> None:
    services.load_known_elections(now=CAMPAIGN)
    election = Election.objects.filter(tickets__is_blank=True).first()
    assert election
    make_government("Kota Dua", election.region_code)
    voting = datetime(election.voting_on.year, election.voting_on.month, 20, tzinfo=UTC)
    contest = contest_for(None, voting)
    assert "hashtag" in kinds("pagi #MenangkanKolomKosong", contest)
    assert "support" in kinds("Saatnya kolom kosong menang", contest)


def test_several_governments_and_a_stranger_know_nobody(kukar: Government) -> None:
    make_government("Provinsi Tiga", "73")
    assert contest_for(None, CAMPAIGN) == Contest()
