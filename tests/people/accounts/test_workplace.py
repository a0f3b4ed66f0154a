"""An officer whose duties reach into several governments works in one of them at a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy

from netral.elections.models import Election
from netral.people.models import Account, Government, SlipBatch
from tests.people.accounts.factories import (
    NOW,
    give_duty,
    make_government,
    make_person,
    make_unit,
)
from tests.people.accounts.sessions import sign_in

ELECTIONS = reverse_lazy("elections:election_list")
SWITCH = "/akun/tempat-kerja/"


@pytest.fixture
def city() -> Government:
    made = make_government("Kota Seberang")
    make_person(make_unit(made, "Dinas Kota"), name="Warga Seberang")
    return made


@pytest.fixture
def both(personnel: Account, city: Government) -> Client:
    """The personnel officer of the province, who holds the duty in the city too."""
    make_person(make_unit(personnel.government), name="Warga Provinsi")  # type: ignore[arg-type]
    give_duty(personnel, "personnel", city)
    return sign_in(Client(), personnel, second_factor=True)


def test_the_switch_is_for_those_alone_who_need_it(
    both: Client, city: Government, officer_client: Client, government: Government
) -> None:
    page = both.get("/pegawai/").text
    assert SWITCH in page
    assert "Kota Seberang" in page
    city.duties.update(ended_at=NOW)
    assert SWITCH not in officer_client.get("/pegawai/").text
    assert officer_client.post(SWITCH, {"government": city.pk}).status_code == 404
    assert "Warga Seberang" not in officer_client.get("/pegawai/").text


def test_every_page_follows_the_choice(both: Client, city: Government) -> None:
    Election.objects.create(
        code="pemilihan-kota",
        kind="pemilihan",
        name="Pemilihan Kota Seberang",
        region_code=city.region_code,
        certainty="fictional",
        voting_on=date(2029, 11, 28),
        government=city,
    )
    assert "Warga Provinsi" in both.get("/pegawai/").text
    assert "Warga Seberang" not in both.get("/pegawai/").text
    assert "Pemilihan Kota Seberang" not in both.get(ELECTIONS).text
    answer = both.post(SWITCH, {"government": city.pk}, follow=True)
    assert "Anda sekarang bekerja di Kota Seberang." in answer.text
    page = both.get("/pegawai/").text
    assert "Warga Seberang" in page
    assert "Warga Provinsi" not in page
    assert 'eyebrow">Kota Seberang' in page
    assert "Dinas Kota" in both.get("/unit/").text
    assert "Pemilihan Kota Seberang" in both.get(ELECTIONS).text
    assert f'value="{city.pk}" selected' in both.get("/tugas/baru/").text
    assert both.get(reverse("people:imports")).status_code == 200
    assert both.get(reverse("pledges:coverage")).status_code == 200
    both.post("/slip/", {"whom": "unclaimed"})
    assert SlipBatch.objects.get().government == city


def test_a_choice_falls_with_the_duty(both: Client, city: Government) -> None:
    both.post(SWITCH, {"government": city.pk}, follow=True)
    city.duties.update(ended_at=NOW)
    page = both.get("/pegawai/").text
    assert "Warga Provinsi" in page
    assert "Warga Seberang" not in page
    assert "Kota Seberang" not in page


def test_nobody_chooses_a_government_without_a_duty_there(both: Client) -> None:
    elsewhere = make_government("Kabupaten Asing")
    assert both.post(SWITCH, {"government": elsewhere.pk}).status_code == 404
    assert both.post(SWITCH, {"government": "bukan"}).status_code == 404
    assert both.get(SWITCH).status_code == 405
