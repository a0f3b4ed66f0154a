"""The officers' pages, through the real addresses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from netral.elections import services
from netral.elections.models import DemoDay, Election, Phase, PhaseOverride
from netral.people.models import Duty
from tests.elections.factories import NOON, make_government, make_officer
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db
AFTER_2024 = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
FORM = {
    "kind": "pemilihan",
    "name": "Pemungutan suara ulang 2027",
    "region_code": "64.02",
    "basis": "Keputusan KPU 1/2027",
    "candidacy_from": "2027-01-01",
    "determined_on": "01/02/2027",
    "campaign_from": "4.2.2027",
    "campaign_to": "2027-03-20",
    "voting_on": "2027-03-24",
    "count_to": "2027-04-10",
    "tickets": "2. Calon B\n1) Calon A\n",
}


@pytest.fixture
def loaded() -> None:
    services.load_known_elections(now=NOON)


def _client(kind: str = Duty.Kind.PERSONNEL, region: str = "64") -> Client:
    officer = make_officer(make_government(region), kind)
    return sign_in(Client(), officer, second_factor=True)


@pytest.mark.parametrize("kind", Duty.Kind.values)
@pytest.mark.usefixtures("loaded")
def test_any_officer_reads_every_election(kind: str) -> None:
    client = _client(kind)
    assert client.get(reverse("elections:election_list")).status_code == 200
    for election in Election.objects.all():
        address = reverse("elections:election_detail", args=[election.pk])
        assert client.get(address).status_code == 200


def test_strangers_are_sent_to_sign_in() -> None:
    answer = Client().get(reverse("elections:election_list"))
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.usefixtures("loaded")
def test_the_ballot_is_shown_in_the_order_of_the_numbers_without_pictures() -> None:
    election = Election.objects.get(code="pemilihan-2024-53-71")
    page = _client().get(reverse("elections:election_detail", args=[election.pk])).content.decode()
    places = [page.index(ticket.names) for ticket in election.tickets.all()]
    assert len(places) == 5
    assert places == sorted(places)
    assert "<img" not in page
    assert "sumber 1" in page
    assert "dua sumber atau lebih sepakat" in page


@pytest.mark.usefixtures("loaded")
def test_the_blank_column_is_no_name_and_the_forecast_has_no_date() -> None:
    client = _client()
    blank = Election.objects.get(code="pemilihan-2024-19-71")
    page = client.get(reverse("elections:election_detail", args=[blank.pk])).content.decode()
    assert "Kolom kosong" in page
    assert "belum diperiksa pada sumber" in page
    forecast = Election.objects.get(code="pemilu-2029")
    page = client.get(reverse("elections:election_detail", args=[forecast.pk])).content.decode()
    assert "belum ditetapkan" in page
    assert "Tahapan utama" not in page


@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize(
    ("moment", "order"),
    [
        (NOON, ["pemilihan-2024-64", "pemilihan-2024", "pemilu-2029", "pemilu-2024"]),
        (AFTER_2024, ["pemilu-2029", "pemilu-daerah-2031", "pemilihan-2024", "pemilu-2024"]),
    ],
)
def test_what_is_to_come_stands_above_what_has_been(moment: datetime, order: list[str]) -> None:
    keys = {election.code: str(election.pk) for election in Election.objects.all()}
    with time_machine.travel(moment, tick=False):
        page = _client().get(reverse("elections:election_list")).content.decode()
    places = [page.index(f"/pemilu/{keys[code]}/") for code in order]
    assert places == sorted(places)


@pytest.mark.usefixtures("loaded")
@time_machine.travel(NOON, tick=False)
def test_the_current_phase_stands_on_every_officers_page() -> None:
    page = _client().get(reverse("elections:election_list")).content.decode()
    assert "Kampanye · hari ke-13 dari 60" in page
    assert 'aria-current="step"' in page


def test_an_officer_records_and_corrects_an_election() -> None:
    client = _client()
    answer = client.post(reverse("elections:election_add"), FORM)
    election = Election.objects.get()
    assert answer.url == reverse("elections:election_detail", args=[election.pk])
    assert [str(ticket) for ticket in election.tickets.all()] == ["1. Calon A", "2. Calon B"]
    change = reverse("elections:election_change", args=[election.pk])
    shown = client.get(change).context["form"].initial
    assert shown["determined_on"].isoformat() == "2027-02-01"
    client.post(change, {**FORM, "name": "Nama lain"})
    assert Election.objects.get().name == "Nama lain"


def test_a_wrong_date_is_answered_beside_its_field_and_nothing_is_lost() -> None:
    answer = _client().post(reverse("elections:election_add"), {**FORM, "voting_on": "2027-03-01"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["voting_on"] == [
        "Tanggal ini harus sesudah tanggal sebelumnya."
    ]
    assert "Calon B" in answer.content.decode()
    assert not Election.objects.exists()


def test_short_names_and_slogans_stand_behind_a_bar_and_come_back_into_the_form() -> None:
    client = _client()
    told = "1. Calon A – Wakil A | A-A, Maju Terus\n2. Calon B"
    client.post(reverse("elections:election_add"), {**FORM, "tickets": told})
    first = Election.objects.get().tickets.get(number=1)
    assert (first.names, first.other_names) == ("Calon A – Wakil A", ["A-A", "Maju Terus"])
    change = reverse("elections:election_change", args=[first.election_id])
    assert client.get(change).context["form"].initial["tickets"] == told


def test_an_unreadable_ballot_line_is_named() -> None:
    answer = _client().post(reverse("elections:election_add"), {**FORM, "tickets": "1. A\n2. -\n"})
    assert "Baris 2" in answer.context["form"].errors["tickets"][0]


@pytest.mark.usefixtures("loaded")
def test_readers_see_no_way_to_change_and_are_refused_when_they_try() -> None:
    client = _client(Duty.Kind.AUDITOR)
    phase = Phase.objects.get(election__code="pemilihan-2024", code="quiet")
    addresses = [
        reverse("elections:election_add"),
        reverse("elections:election_override", args=[phase.election_id, phase.pk]),
        reverse("elections:election_change", args=[phase.election_id]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 403
    page = client.get(reverse("elections:election_detail", args=[phase.election_id])).content
    assert b"Sesuaikan" not in page


@pytest.mark.usefixtures("loaded")
def test_own_days_are_marked_with_the_loaded_ones_beside_them() -> None:
    client = _client()
    phase = Phase.objects.get(election__code="pemilihan-2024", code="quiet")
    address = reverse("elections:election_override", args=[phase.election_id, phase.pk])
    days = {"starts_on": "2024-11-24", "ends_on": "2024-11-25", "reason": "Keputusan setempat"}
    assert client.post(address, days).status_code == 302
    detail = reverse("elections:election_detail", args=[phase.election_id])
    page = client.get(detail).content.decode()
    assert "jadwal setempat" in page
    assert "Bawaan: 24 November 2024 sampai 26 November 2024" in page
    assert "Keputusan setempat" in page
    withdraw = reverse("elections:election_withdraw", args=[phase.election_id, phase.pk])
    assert client.post(withdraw).status_code == 302
    assert "jadwal setempat" not in client.get(detail).content.decode().replace(
        "Catat pemilihan", ""
    )
    assert PhaseOverride.objects.count() == 1


@pytest.mark.usefixtures("loaded")
def test_a_loaded_election_is_not_found_where_own_ones_are_changed() -> None:
    election = Election.objects.get(code="pemilu-2024")
    address = reverse("elections:election_change", args=[election.pk])
    assert _client().get(address).status_code == 404


def test_another_governments_election_is_not_found() -> None:
    _client().post(reverse("elections:election_add"), FORM)
    election = Election.objects.get()
    other = _client(region="61")
    assert other.get(reverse("elections:election_detail", args=[election.pk])).status_code == 404
    assert FORM["name"] not in other.get(reverse("elections:election_list")).content.decode()


@pytest.mark.usefixtures("loaded")
@time_machine.travel(NOON, tick=False)
def test_in_the_demonstration_the_strip_moves_the_day(settings: Any) -> None:
    settings.DEMO = True
    client = _client(Duty.Kind.AUDITOR)
    listing = reverse("elections:election_list")
    assert 'value="2024-10-07"' in client.get(listing).content.decode()
    moved = client.post(reverse("elections:demo_day"), {"day": "2024-11-27", "next": listing})
    assert moved.url == listing
    page = client.get(listing).content.decode()
    assert "digeser dari hari sebenarnya" in page
    assert 'aria-current="step">Pemungutan' in page
    client.post(reverse("elections:demo_day"), {"day": "2024-11-27", "today": "1"})
    assert "hari ke-13 dari 60" in client.get(listing).content.decode()


def test_the_strip_never_redirects_elsewhere(settings: Any) -> None:
    settings.DEMO = True
    answer = _client().post(
        reverse("elections:demo_day"), {"day": "2024-11-27", "next": "https://example.org/"}
    )
    assert answer.url == "/"


def test_outside_a_demonstration_there_is_no_strip_and_the_day_stays(settings: Any) -> None:
    settings.DEMO = False
    client = _client()
    assert client.post(reverse("elections:demo_day"), {"day": "2024-11-27"}).status_code == 403
    assert not DemoDay.objects.exists()
    assert "demo-day" not in client.get(reverse("elections:election_list")).content.decode()


def test_staff_without_a_duty_cannot_move_the_day(settings: Any) -> None:
    settings.DEMO = True
    government = make_government("64")
    account = make_officer(government)
    account.duties.update(ended_at=NOON)
    client = sign_in(Client(), account, second_factor=True)
    assert client.post(reverse("elections:demo_day"), {"day": "2024-11-27"}).status_code == 403
