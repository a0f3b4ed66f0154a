"""The second officer on the pages: told that something waits, shown what, asked in plain words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from netral.people.models import Account, Duty, DutyDeed, Government, Unit
from netral.people.services import duties
from tests.people.accounts.factories import (
    NOW,
    give_duty,
    holds,
    make_account,
    make_officer,
    make_person,
    make_unit,
)
from tests.people.accounts.sessions import sign_in


@pytest.fixture
def colleague(unit: Unit) -> Account:
    return make_account(make_person(unit, name="Bayu Prakoso"))


@pytest.fixture
def waiting(personnel: Account, colleague: Account, government: Government, unit: Unit) -> Duty:
    give_duty(colleague, "organiser", government)
    return duties.grant(
        actor=personnel,
        account=colleague,
        kind="auditor",
        government=government,
        unit=unit,
        reason="SP 7/2026",
        now=NOW,
    )


@pytest.fixture
def second(government: Government) -> Client:
    return sign_in(Client(), make_officer("personnel", government), second_factor=True)


BADGE = '<span class="badge">1</span>'


def test_only_who_may_confirm_sees_that_something_waits(
    waiting: Duty, second: Client, officer_client: Client, government: Government
) -> None:
    assert BADGE in second.get("/tugas/catatan/").text
    assert BADGE not in officer_client.get("/tugas/catatan/").text  # who proposed it
    auditor = sign_in(Client(), make_officer("auditor", government), second_factor=True)
    assert BADGE not in auditor.get("/tugas/catatan/").text
    second.post(f"/tugas/{waiting.pk}/setujui/", {"decision": "confirm"})
    assert BADGE not in second.get("/tugas/catatan/").text


def test_the_page_says_what_to_whom_where_and_by_whom(
    waiting: Duty, second: Client, unit: Unit, personnel: Account
) -> None:
    make_unit(unit.government, "Bidang Perlindungan Hutan", unit)
    page = second.get(f"/tugas/{waiting.pk}/setujui/").text
    for words in (
        "Setujui Bayu Prakoso sebagai Auditor?",
        "tanpa mengubah apa pun",
        unit.name,
        "2 unit",
        personnel.name,
        "SP 7/2026",
        "Penyelenggara",
    ):
        assert words in page
    assert not holds(waiting.account, "auditor")


def test_yes_and_no_are_two_buttons_and_no_needs_a_reason(waiting: Duty, second: Client) -> None:
    address = f"/tugas/{waiting.pk}/setujui/"
    assert "Pilih setujui atau tolak" in second.post(address).text
    assert "alasan menolak" in second.post(address, {"decision": "refuse"}).text
    answer = second.post(address, {"decision": "refuse", "reason": "Bukan pejabatnya"}, follow=True)
    assert "Usulan tugas untuk Bayu Prakoso ditolak." in answer.text
    newest = DutyDeed.objects.order_by("-id")[0]
    assert (newest.kind, newest.reason) == (DutyDeed.Kind.DECLINED, "Bukan pejabatnya")
    assert "tidak lagi menunggu" in second.get(address, follow=True).text


def test_who_proposed_may_take_it_back_but_not_decide(
    waiting: Duty, officer_client: Client
) -> None:
    page = officer_client.get(f"/tugas/{waiting.pk}/setujui/").text
    assert "disetujui oleh petugas selain yang memberikannya" in page
    assert "Setujui, tugas mulai berlaku" not in page
    assert "Tarik kembali" in officer_client.get("/tugas/").text
    officer_client.post(f"/tugas/{waiting.pk}/setujui/", {"decision": "confirm"})
    assert not holds(waiting.account, "auditor")
    address = f"/tugas/{waiting.pk}/akhiri/"
    assert "Tarik kembali usulan" in officer_client.get(address).text
    answer = officer_client.post(address, {"reason": "Keliru orang"}, follow=True)
    assert "Usulan tugas ditarik kembali." in answer.text


def test_the_second_officer_is_led_from_ending_to_deciding(waiting: Duty, second: Client) -> None:
    answer = second.get(f"/tugas/{waiting.pk}/akhiri/")
    assert answer["Location"] == f"/tugas/{waiting.pk}/setujui/"


def test_an_auditor_reads_all_duties_and_their_record_and_ends_none(
    waiting: Duty, colleague: Account, government: Government
) -> None:
    auditor = make_officer("auditor", government)
    page = sign_in(Client(), auditor, second_factor=True)
    listed = page.get("/tugas/").text
    assert listed.count("Bayu Prakoso") == 2, "the one in force and the one that waits"
    held = Duty.objects.get(account=colleague, kind="organiser")
    assert str(held.pk) not in listed, "no button for what is not theirs"
    assert page.get(f"/tugas/{held.pk}/akhiri/").status_code == 404
    assert "SP 7/2026" in page.get("/tugas/catatan/").text


def test_the_own_page_names_the_duty_and_leads_to_its_work(
    colleague: Account, government: Government
) -> None:
    give_duty(colleague, "organiser", government)
    asleep = sign_in(Client(), colleague, second_factor=False).get("/saya/").text
    assert "Anda memegang tugas" in asleep
    assert "/akun/langkah-kedua/" in asleep
    awake = sign_in(Client(), colleague, second_factor=True).get("/saya/").text
    assert f"Penyelenggara, {government}" in awake
    assert "/akun/langkah-kedua/" not in awake
    assert re.search(r'href="/cakupan/">Buka Cakupan<', awake)


# --- finding the officer by name ------------------------------------------------------------------


def grant_page(page: Client, government: Government, **typed: object) -> str:
    values = {"government": government.pk, "kind": "organiser", **typed}
    return page.post("/tugas/baru/", values, follow=True).text


def test_an_officer_is_found_by_name_without_knowing_a_number(
    colleague: Account, officer_client: Client, government: Government, unit: Unit
) -> None:
    namesake = make_account(make_person(unit, name="Bayu Prakosa"))
    make_person(unit, name="Bayu Tanpa Akun")
    found = grant_page(officer_client, government, account="bayu", account_cari="1")
    for words in ("2 yang cocok", "Bayu Prakoso", "Bayu Prakosa", colleague.username, unit.name):
        assert words in found
    assert "Bayu Tanpa Akun" not in found, "who has no account cannot hold a duty yet"
    assert "petugas kedua" in found
    answer = grant_page(officer_client, government, account="bayu", account_choice=str(namesake.pk))
    assert "Tugas diberikan." in answer
    assert Duty.objects.get(kind="organiser").account == namesake


def test_a_name_alone_gives_nobody_a_duty_and_a_number_does(
    colleague: Account, officer_client: Client, government: Government
) -> None:
    answer = grant_page(officer_client, government, account="Bayu Prakoso")
    assert f'value="{colleague.pk}" checked' in answer, "offered, with number and unit beside it"
    assert "pilih salah satu" in answer
    assert not Duty.objects.filter(account=colleague).exists()
    assert "Tugas diberikan." in grant_page(officer_client, government, account=colleague.username)


def test_an_officer_from_outside_is_found_by_name_and_says_so(
    officer_client: Client, government: Government
) -> None:
    outside = Account.objects.create(username="bpkp-7", name="Ratna Dewi", government=government)
    found = grant_page(officer_client, government, account="ratna dewi", account_cari="1")
    assert "bpkp-7 · petugas dari luar" in found
    assert str(outside.pk) in found


def test_nobody_looks_up_names_beyond_their_own_reach(
    colleague: Account, government: Government, unit: Unit
) -> None:
    elsewhere = make_unit(government, "Dinas Kelautan")
    there = make_account(make_person(elsewhere, name="Kepegawaian Kelautan"))
    give_duty(there, "personnel", government, elsewhere)
    of_subtree = sign_in(Client(), there, second_factor=True)
    installation = Account.objects.create(
        username="pemasang", name="Pemasang", is_installation_admin=True
    )
    of_installation = sign_in(Client(), installation, second_factor=True)
    for page in (of_subtree, of_installation):
        found = grant_page(page, government, account="bayu", account_cari="1")
        assert "Belum ada akun dengan nama atau nomor ini" in found
        assert str(colleague.pk) not in found
        marked = grant_page(page, government, account="", account_choice=str(colleague.pk))
        assert "Bayu Prakoso" not in marked
    assert not Duty.objects.filter(account=colleague).exists()
