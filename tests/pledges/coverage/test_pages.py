"""The coverage pages through the front door: figures, drill-down, files, reminders, refusals."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from netral.people.models import Account, Government, NameListView
from netral.pledges.services import coverage
from tests.people.accounts.sessions import sign_in
from tests.pledges.coverage.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = build_world()
    world.sign(world.person("SMA 1", name="Sudah Berikrar"))
    world.person("SMA 1", name="Belum Berikrar", status="non_asn")
    world.person("Cabang Dinas Utara", name="Kepala Cabang Belum")
    world.person("Dinas Kesehatan", name="Perawat Belum")
    coverage.recount(government_id=world.government.id, election_id=world.election.id)
    return world


@pytest.fixture
def enter() -> Callable[[Account], Client]:
    return lambda account: sign_in(Client(), account, second_factor=True)


def page(client: Client, name: str, **query: object):
    return client.get(reverse(f"pledges:{name}"), query)


def text_of(response) -> str:
    return response.content.decode()


def test_the_page_answers_who_is_missing_first(world: World, enter) -> None:
    answer = page(enter(world.officer("personnel")), "coverage")
    assert answer.status_code == 200
    assert answer.context["found"].everybody.missing == 3
    assert [line.unit.name for line in answer.context["page"].object_list] == [
        "Dinas Pendidikan",
        "Dinas Kesehatan",
    ]
    assert (answer.context["found"].asn.missing, answer.context["found"].non_asn.missing) == (2, 1)


def test_sorting_by_name_puts_kesehatan_first(world: World, enter) -> None:
    answer = page(enter(world.officer("personnel")), "coverage", sort="name")
    assert answer.context["page"].object_list[0].unit.name == "Dinas Kesehatan"


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    world: World, enter, django_assert_max_num_queries
) -> None:
    client = enter(world.officer("personnel"))
    page(client, "coverage")
    for number in range(6):
        world.unit(f"Dinas tambahan {number}")
    with django_assert_max_num_queries(26):
        page(client, "coverage")


def test_drilling_down_ends_at_names_and_the_opening_is_recorded(world: World, enter) -> None:
    client = enter(world.officer("personnel"))
    unit = world.units["SMA 1"]
    answer = page(client, "coverage", unit=unit.id)
    assert reverse("pledges:coverage_names") in text_of(answer)
    names = page(client, "coverage_names", unit=unit.id)
    assert "Belum Berikrar" in text_of(names)
    assert "Sudah Berikrar" not in text_of(names)
    view = NameListView.objects.get(unit=unit, government=world.government)
    assert view.is_listed
    assert [person.full_name for person in view.shown.all()] == ["Belum Berikrar"]


def test_an_organiser_gets_figures_and_no_way_to_names(world: World, enter) -> None:
    client = enter(world.officer("organiser"))
    answer = page(client, "coverage", unit=world.units["SMA 1"].id)
    assert reverse("pledges:coverage_names") not in text_of(answer)
    assert page(client, "coverage_names", unit=world.units["SMA 1"].id).status_code == 403


def test_a_head_cannot_look_outside_the_own_subtree(world: World, enter) -> None:
    client = enter(world.officer("head", unit="Cabang Dinas Utara"))
    outside = world.units["Dinas Kesehatan"].id
    assert page(client, "coverage", unit=outside).status_code == 404
    assert page(client, "coverage_names", unit=outside).status_code == 404
    assert page(client, "coverage").context["found"].everybody.staff == 3


def test_another_government_sees_only_its_own_emptiness(world: World, enter) -> None:
    stranger = build_world("98").officer("personnel")
    client = enter(stranger)
    shown = text_of(page(client, "coverage"))
    assert not any(str(unit.id) in shown for unit in world.units.values())
    assert page(client, "coverage", unit=world.units["SMA 1"].id).status_code == 404


@pytest.mark.parametrize("name", ["coverage", "coverage_names", "coverage_export"])
def test_nonsense_in_the_address_is_not_found(world: World, enter, name: str) -> None:
    client = enter(world.officer("personnel"))
    assert page(client, name, unit="bukan-uuid").status_code == 404
    assert page(client, name, pemilu="bukan-pemilu").status_code == 404


def test_unknown_filters_are_passed_over(world: World, enter) -> None:
    answer = page(enter(world.officer("personnel")), "coverage", status="x", jenjang="y", sort="z")
    assert answer.context["found"].everybody.staff == 4


def test_before_the_first_pledge_the_page_says_what_to_do(enter) -> None:
    world = build_world()
    answer = page(enter(world.officer("personnel")), "coverage")
    assert "impor" in text_of(answer)


def test_the_workbook_holds_the_figures_of_the_page(world: World, enter) -> None:
    answer = page(enter(world.officer("personnel")), "coverage_export")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows == [
        ["Dinas Pendidikan", 3, 1, 2, 1, 1],
        ["Dinas Kesehatan", 1, 0, 1, 0, 0],
    ]


def test_the_list_of_names_comes_as_csv_and_is_recorded(world: World, enter) -> None:
    client = enter(world.officer("personnel"))
    unit = world.units["Dinas Pendidikan"]
    answer = page(client, "coverage_names_export", unit=unit.id, bentuk="csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "Belum Berikrar" in lines[2]
    assert NameListView.objects.get(unit=unit).people == 2


def test_reminders_are_queued_once_and_sent_in_the_background(
    world: World, enter, run_jobs, django_capture_on_commit_callbacks
) -> None:
    world.head("Dinas Kesehatan", world.person("Dinas Kesehatan"), "kadis@demo.example")
    client = enter(world.officer("organiser"))
    address = reverse("pledges:reminders")
    assert "kadis" not in text_of(client.get(address))
    assert "Pilih sekurangnya satu unit" in text_of(client.post(address, {"deed": "surat"}))
    chosen = {"unit": [str(world.units["Dinas Kesehatan"].id), "bukan-kunci"]}
    letter = text_of(client.post(address, {**chosen, "deed": "surat"}))
    assert "kadis@demo.example" in letter
    assert "1 pegawai Dinas Kesehatan belum menandatangani" in letter
    assert not mail.outbox
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, {**chosen, "deed": "kirim"}, follow=True)
    assert "1 pengingat sedang dikirim." in text_of(answer)
    run_jobs()
    assert [letter.to for letter in mail.outbox] == [["kadis@demo.example"]]
    again = client.post(address, {**chosen, "deed": "kirim"}, follow=True)
    assert "20 jam" in text_of(again)


def test_plain_staff_do_not_see_the_page(world: World) -> None:
    government = Government.objects.get(id=world.government.id)
    account = Account.objects.create(username="staf", name="Staf", government=government)
    client = sign_in(Client(), account, second_factor=True)
    assert page(client, "coverage").status_code == 403
    assert page(Client(), "coverage").status_code == 302


def test_the_rows_of_an_office_add_up_to_its_card(world: World, enter) -> None:
    world.person("Dinas Pendidikan")
    coverage.recount(government_id=world.government.id, election_id=world.election.id)
    answer = page(
        enter(world.officer("personnel")), "coverage", unit=world.units["Dinas Pendidikan"].id
    )
    below = sum(line.all.staff for line in answer.context["page"].object_list)
    assert answer.context["own"].all.staff == 1
    assert below + 1 == answer.context["found"].everybody.staff
    assert "Langsung di Dinas Pendidikan" in text_of(answer)
