"""A real installation begins empty: somebody has to be able to make its government."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from netral.people.models import Account, Change, Government
from netral.people.services import accounts, governments
from tests.people.accounts.factories import NOW
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Account:
    return accounts.create_first_administrator(name="Dewi", username="dewi", now=NOW).account


@pytest.mark.parametrize(
    ("code", "level", "zone"),
    [
        ("64", "province", "Asia/Makassar"),
        ("35.09", "regency", "Asia/Jakarta"),
        ("91.71", "city", "Asia/Jayapura"),
        ("51.02", "regency", "Asia/Makassar"),
    ],
)
def test_level_and_zone_follow_from_the_code(code: str, level: str, zone: str) -> None:
    made = governments.establish(actor=None, region_code=f" {code} ", name="Contoh", now=NOW)
    assert (made.region_code, made.level, made.time_zone) == (code, level, zone)
    change = Change.objects.get(subject_id=made.pk)
    assert (change.kind, change.actor) == ("created", None)


@pytest.mark.parametrize("code", ["", "6", "064", "64.2", "64.00", "64-02", "6402", "٦٤"])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match="region_code"):
        governments.establish(actor=None, region_code=code, name="Contoh", now=NOW)


def test_a_code_serves_one_government_and_the_demonstration_stays_alone() -> None:
    first = governments.establish(actor=None, region_code="64", name="Contoh", now=NOW)
    with pytest.raises(ValidationError, match="Contoh"):
        governments.establish(actor=None, region_code="64", name="Lain", now=NOW)
    Government.objects.filter(pk=first.pk).update(is_demo=True)
    with pytest.raises(ValidationError, match="peragaan"):
        governments.establish(actor=None, region_code="65", name="Lain", now=NOW)


def test_only_the_administrator_of_the_installation_makes_one(admin: Account) -> None:
    there = governments.establish(actor=admin, region_code="64", name="Contoh", now=NOW)
    officer = accounts.create_first_administrator(
        name="Ratna", username="ratna", government=there, now=NOW
    ).account
    with pytest.raises(PermissionDenied):
        governments.establish(actor=officer, region_code="65", name="Lain", now=NOW)


def test_an_empty_installation_leads_to_its_first_government(admin: Account) -> None:
    client = sign_in(Client(), admin, second_factor=True)
    page = client.get("/tugas/").content.decode()
    assert "Belum ada pemerintah daerah" in page
    assert "/pemerintah/baru" in page
    assert "/tugas/baru/" not in page
    wrong = client.post("/pemerintah/baru", {"region_code": "x", "name": "Contoh"})
    assert wrong.status_code == 422
    assert "64.02 untuk kabupaten" in wrong.content.decode()
    client.post("/pemerintah/baru", {"region_code": "64.02", "name": "Pemerintah Kabupaten Contoh"})
    page = client.get("/tugas/").content.decode()
    assert "Pemerintah Kabupaten Contoh (64.02)" in page
    assert "--government 64.02" in page
