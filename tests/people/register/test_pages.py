from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from netral.people.models import Account, Change, NameListView, Person, Posting, Unit
from netral.people.services import changes, postings, staff

from .factories import (
    NOW,
    TODAY,
    give_duty,
    make_account,
    make_government,
    make_officer,
    make_person,
    make_unit,
    new_number,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Account], Client]
LONG = "Unit Pelaksana Teknis Daerah Pelayanan Perlindungan Perempuan dan Anak Kawasan " * 3


@pytest.fixture
def world() -> dict[str, object]:
    government = make_government()
    top = make_unit(government, "Dinas Pendidikan dan Kebudayaan")
    below = make_unit(government, LONG.strip(), top)
    beside = make_unit(government, "Dinas Kesehatan")
    return {
        "government": government,
        "top": top,
        "below": below,
        "beside": beside,
        "siti": make_person(top, "Siti Rahma"),
        "budi": make_person(below, "Budi Santoso", status="non_asn"),
        "nur": make_person(beside, "Nur Aini", status="pppk"),
        "officer": make_officer(government),
    }


def names(answer: object) -> list[str]:
    return [person.name for person in answer.context["page"]]  # type: ignore[attr-defined]


def test_the_list_counts_filters_and_sorts(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    address = reverse("people:register")
    unasked = client.get(address)
    assert names(unasked) == ["Budi Santoso", "Nur Aini", "Siti Rahma"]
    assert re.search(
        r'aria-sort="ascending"><a class="sort" href="\?sort=-name">Nama', unasked.text
    )
    assert "aria-sort" not in client.get(address, {"sort": "nonsense"}).text
    assert names(client.get(address, {"sort": "-name"}))[0] == "Siti Rahma"
    assert names(client.get(address, {"q": "RAHMA  siti"})) == ["Siti Rahma"]
    assert names(client.get(address, {"q": world["siti"].number[:14]})) == names(
        client.get(address, {"q": world["nur"].number[:14]})
    )
    assert names(client.get(address, {"q": world["siti"].number})) == ["Siti Rahma"]
    assert names(client.get(address, {"unit": world["top"].pk})) == ["Budi Santoso", "Siti Rahma"]
    assert names(client.get(address, {"unit": world["below"].pk})) == ["Budi Santoso"]
    assert names(client.get(address, {"status": "pppk"})) == ["Nur Aini"]
    for sort in ("number", "unit", "status", "level", "-unit", "nonsense"):
        assert len(names(client.get(address, {"sort": sort}))) == 3
    answer = client.get(address, {"q": "tidak ada orang begini"})
    assert "Tidak ada pegawai yang cocok" in answer.text
    assert (
        client.get(address, {"unit": "bukan-uuid", "status": "x", "page": "zzz"}).context["total"]
        == 3
    )


def test_a_unit_of_a_common_name_is_told_by_its_office(world: dict, sign_in: SignIn) -> None:
    for office in ("Dinas Kehutanan", "Dinas Perikanan"):
        top = make_unit(world["government"], office)
        make_person(make_unit(world["government"], "Sekretariat", parent=top), f"Staf {office}")
    page = sign_in(world["officer"]).get("/pegawai/", {"q": "Staf"})
    above = [person.office for person in page.context["page"]]
    assert above == ["Dinas Kehutanan", "Dinas Perikanan"]
    assert page.text.count('<span class="muted small">Dinas') == 2


def test_without_account_and_gone(world: dict, sign_in: SignIn) -> None:
    client, address = sign_in(world["officer"]), reverse("people:register")
    account = make_account(world["government"])
    Account.objects.filter(pk=account.pk).update(person=world["siti"])
    postings.leave(actor=world["officer"], person=world["nur"], on=TODAY, reason="pensiun", now=NOW)
    assert names(client.get(address, {"akun": "without"})) == ["Budi Santoso"]
    assert names(client.get(address, {"akun": "with"})) == ["Siti Rahma"]
    gone = client.get(address, {"keadaan": "gone"})
    assert names(gone) == ["Nur Aini"]
    assert "berhenti 22 November 2026" in gone.text


def test_a_former_number_still_finds_its_bearer(world: dict, sign_in: SignIn) -> None:
    old = world["siti"].number
    staff.change_number(
        actor=world["officer"], person=world["siti"], number=new_number(), on=TODAY, now=NOW
    )
    answer = sign_in(world["officer"]).get(reverse("people:register"), {"q": old})
    assert names(answer) == ["Siti Rahma"]


def test_opening_a_list_is_recorded(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    client.get(reverse("people:register"), {"unit": world["top"].pk})
    row = NameListView.objects.get()
    assert (row.what, row.people, row.unit, row.actor) == (
        "people.staff",
        2,
        world["top"],
        world["officer"],
    )
    client.get(reverse("people:register"), {"unit": world["top"].pk, "q": "Siti"})
    searched = NameListView.objects.get(people=1)
    assert list(searched.shown.all()) == [world["siti"]]
    assert row.shown.count() == 2
    client.get(reverse("people:register_export", args=["csv"]))
    assert NameListView.objects.filter(what="people.staff.csv", people=3).exists()


def test_exports_keep_numbers_whole_and_defuse_formulas(world: dict, sign_in: SignIn) -> None:
    Posting.objects.filter(person=world["budi"]).update(position="=HYPERLINK(0)")
    client = sign_in(world["officer"])
    book = b"".join(client.get(reverse("people:register_export", args=["xlsx"])))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    by_name = {row[3]: row for row in rows[1:]}
    assert by_name["Siti Rahma"][0] == world["siti"].number
    assert by_name["Budi Santoso"][1] == world["budi"].local_id
    assert by_name["Budi Santoso"][9] == "=HYPERLINK(0)"
    text = b"".join(client.get(reverse("people:register_export", args=["csv"]))).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert lines[0] == rows[0]
    assert lines[1][9] == "'=HYPERLINK(0)"
    assert lines[3][0] == f"'{world['siti'].number}"
    assert client.get("/pegawai/unduh.pdf").status_code == 404


QUERIES = {"register": 11, "person": 21, "units": 9, "unit": 14}


def test_the_number_of_queries_does_not_grow(world: dict, sign_in: SignIn) -> None:
    for number in range(30):
        make_person(world["top"], f"Orang {number}")
    client = sign_in(world["officer"])
    addresses = {
        "register": reverse("people:register"),
        "person": reverse("people:register_person", args=[world["siti"].pk]),
        "units": reverse("people:units"),
        "unit": reverse("people:units_unit", args=[world["top"].pk]),
    }
    for name, address in addresses.items():
        client.get(address)  # what is kept in memory between pages is not counted
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
        assert len(asked) == QUERIES[name], "\n".join([name, *asked])


def person_addresses(person: Person) -> list[str]:
    names = ("person", "facts", "posting", "leave", "number", "merge")
    return [reverse(f"people:register_{name}", args=[person.pk]) for name in names]


def unit_addresses(unit: Unit) -> list[str]:
    names = ("unit", "new_below", "rename", "move", "close", "head", "end_head")
    return [reverse(f"people:units_{name}", args=[unit.pk]) for name in names]


def test_every_page_answers_its_officer_and_no_stranger(world: dict, sign_in: SignIn) -> None:
    officer = sign_in(world["officer"])
    stranger = sign_in(make_officer(make_government("65", "Lain")))
    reviewer = sign_in(make_officer(world["government"], "reviewer"))
    addresses = [*person_addresses(world["siti"]), *unit_addresses(world["top"])]
    addresses.append(
        reverse("people:register_merge_confirm", args=[world["siti"].pk, world["budi"].pk])
    )
    for address in addresses:
        assert officer.get(address).status_code == 200, address
        assert stranger.get(address).status_code == 404, address
        assert reviewer.get(address).status_code == 403, address
        assert Client().get(address).status_code == 302, address
    for name in ("register", "register_new", "units", "units_new", "government"):
        assert officer.get(reverse(f"people:{name}")).status_code == 200, name
        assert reviewer.get(reverse(f"people:{name}")).status_code == 403, name
    assert stranger.get(reverse("people:register")).context["total"] == 0
    assert stranger.get(reverse("people:register"), {"unit": world["top"].pk}).context["total"] == 0
    assert "Siti" not in stranger.get(reverse("people:units")).text


def test_a_head_of_unit_reads_the_own_subtree_only(world: dict, sign_in: SignIn) -> None:
    head = sign_in(make_officer(world["government"], "head", world["top"]))
    assert names(head.get(reverse("people:register"))) == ["Budi Santoso", "Siti Rahma"]
    page = head.get(reverse("people:register_person", args=[world["siti"].pk]))
    assert page.status_code == 200
    assert "Ubah penempatan" not in page.text
    assert head.get(reverse("people:register_person", args=[world["nur"].pk])).status_code == 404
    assert head.get(reverse("people:units_unit", args=[world["beside"].pk])).status_code == 404
    tree = head.get(reverse("people:units")).text
    assert "Dinas Pendidikan" in tree
    assert "Dinas Kesehatan" not in tree
    for address in person_addresses(world["siti"])[1:]:
        assert head.get(address).status_code == 403
        assert head.post(address).status_code == 403


def test_a_personnel_officer_who_also_heads_elsewhere_edits_only_the_own_subtree(
    world: dict, sign_in: SignIn
) -> None:
    officer = make_officer(world["government"], "personnel", world["beside"])
    give_duty(officer, world["government"], "head", world["top"])
    client = sign_in(officer)
    assert "Ubah penempatan" in client.get(person_addresses(world["nur"])[0]).text
    assert "Ubah penempatan" not in client.get(person_addresses(world["siti"])[0]).text
    assert client.get(person_addresses(world["siti"])[1]).status_code == 404


def new_person(**changes: object) -> dict[str, object]:
    return {
        "name": "Agus Salim",
        "status": "non_asn",
        "position_level": "other",
        "unit": "Dinas Kesehatan",
        "on": "2026-01-05",
        **changes,
    }


def test_adding_one_person_by_hand(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    answer = client.post(reverse("people:register_new"), new_person())
    person = Person.objects.get(name="Agus Salim")
    assert answer.headers["Location"] == reverse("people:register_person", args=[person.pk])
    assert person.postings.get().unit == world["beside"]
    page = client.get(answer.headers["Location"]).text
    assert person.local_id in page
    assert "dicatat" in page


def test_an_unclear_unit_comes_back_as_a_short_choice(world: dict, sign_in: SignIn) -> None:
    client, address = sign_in(world["officer"]), reverse("people:register_new")
    answer = client.post(address, new_person(unit="dinas"))
    assert answer.status_code == 422
    assert "pilih salah satu" in answer.text
    assert f'value="{world["beside"].pk}"' in answer.text
    client.post(address, new_person(unit="dinas", unit_choice=str(world["beside"].pk)))
    assert Person.objects.get(name="Agus Salim").postings.get().unit == world["beside"]
    answer = client.post(address, new_person(unit="badan antariksa"))
    assert "Tidak ada unit yang cocok" in answer.text


def test_a_choice_of_another_government_is_not_taken(world: dict, sign_in: SignIn) -> None:
    elsewhere = make_unit(make_government("65", "Lain"), "Dinas Luar")
    client = sign_in(world["officer"])
    answer = client.post(
        reverse("people:register_new"),
        new_person(unit="dinas", unit_choice=str(elsewhere.pk)),
    )
    assert answer.status_code == 422
    assert not Person.objects.filter(name="Agus Salim").exists()


def test_a_namesake_in_the_same_unit_is_asked_about(world: dict, sign_in: SignIn) -> None:
    client, address = sign_in(world["officer"]), reverse("people:register_new")
    wanted = new_person(name="NUR AINI")
    answer = client.post(address, wanted)
    assert answer.status_code == 422
    assert "sudah ada pegawai bernama sama" in answer.text
    client.post(address, {**wanted, "is_another": "on"})
    assert Person.objects.filter(name_key="nur aini").count() == 2


def test_problems_stand_beside_their_field(world: dict, sign_in: SignIn) -> None:
    client, number = sign_in(world["officer"]), "198501012010011001"
    Person.objects.filter(pk=world["siti"].pk).update(number=number)
    answer = client.post(reverse("people:register_new"), new_person(status="pns", number=number))
    assert answer.status_code == 422
    assert "sudah tercatat untuk pegawai lain" in answer.context["form"].errors["number"][0]


def test_posting_leaving_and_coming_back_through_the_pages(world: dict, sign_in: SignIn) -> None:
    client, siti = sign_in(world["officer"]), world["siti"]
    moved = {
        "unit": "Dinas Kesehatan",
        "status": "pns",
        "position_level": "administrator",
        "position": "Kepala Bidang",
        "on": "2026-02-01",
    }
    posting = reverse("people:register_posting", args=[siti.pk])
    page = reverse("people:register_person", args=[siti.pk])
    assert client.post(posting, moved).headers["Location"] == page
    text = client.get(page).text
    assert "Kepala Bidang" in text
    assert "1 Februari 2026" in text
    leave = reverse("people:register_leave", args=[siti.pk])
    client.post(leave, {"on": "2026-03-01", "reason": "pensiun"})
    assert "Tidak bekerja lagi sejak 1 Maret 2026" in client.get(page).text
    assert "Catat kembali bekerja" in client.get(posting).text
    client.post(posting, {**moved, "on": "2026-04-01"})
    siti.refresh_from_db()
    assert siti.left_on is None


def test_the_history_tells_only_what_was_or_is_there(world: dict, sign_in: SignIn) -> None:
    siti = world["siti"]
    for before, after in (
        ({"back_title": "", "email": "siti@contoh.go.id"}, {"back_title": "M.Pd.", "email": ""}),
        ({"valid_from": "", "valid_to": None, "phone": ""}, {"valid_from": None, "phone": ""}),
    ):
        changes.record_person(siti, None, NOW, Change.Kind.CHANGED, before=before, after=after)
    page = sign_in(world["officer"]).get(reverse("people:register_person", args=[siti.pk])).text
    history = " ".join(re.sub(r"<[^>]+>", " ", page[page.index('id="riwayat"') :]).split())
    assert "gelar belakang: M.Pd." in history
    assert "email dinas: siti@contoh.go.id → tidak ada lagi" in history
    for empty in ("sejak:", "tidak lagi sejak:", "nomor HP:", ": –"):
        assert empty not in history


def in_words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_what_somebody_held_ends_on_its_last_day_and_says_in_which_office(
    world: dict, sign_in: SignIn
) -> None:
    """A transfer from one Sekretariat to another names both, and the first ends the day before."""
    client, siti = sign_in(world["officer"]), world["siti"]
    mill = make_unit(world["government"], "Sekretariat", world["top"])
    clinic = make_unit(world["government"], "Sekretariat", world["beside"])
    posting = reverse("people:register_posting", args=[siti.pk])
    for unit, day in ((mill, "2026-02-01"), (clinic, "2026-03-01")):
        wanted = {"unit": "Sekretariat", "unit_choice": str(unit.pk), "status": "pns"}
        wanted |= {"position_level": "pelaksana", "on": day}
        assert client.post(posting, wanted).status_code == 302
    for on, end in (("2026-02-01", "2026-03-01"), ("2026-05-05", "2026-05-05")):
        client.post(
            reverse("people:units_head", args=[mill.pk]),
            {"person": siti.number, "kind": "plt", "on": on},
        )
        client.post(reverse("people:units_end_head", args=[mill.pk]), {"on": end})
    page = client.get(reverse("people:register_person", args=[siti.pk])).text
    text = in_words(page)
    assert "1 Februari 2026 28 Februari 2026 PNS Sekretariat Dinas Pendidikan" in text
    assert "1 Maret 2026 sekarang PNS Sekretariat Dinas Kesehatan" in text
    assert "Sekretariat Dinas Pendidikan dan Kebudayaan · 1 Februari 2026 – 28 Februari" in text
    assert "5 Mei 2026 – 5 Mei 2026" in text
    moved = "unit: Sekretariat · Dinas Pendidikan dan Kebudayaan → Sekretariat · Dinas Kesehatan"
    assert moved in text
    own = make_account(world["government"], "Siti Rahma")
    own.person = siti
    own.save()
    copied = in_words(sign_in(own).get(reverse("people:data")).text)
    assert "Sejak 1 Februari 2026 Sampai 28 Februari 2026" in copied
    assert "Unit Sekretariat · Dinas Kesehatan" in copied
    unit = in_words(client.get(reverse("people:units_unit", args=[mill.pk])).text)
    assert "Siti Rahma · 1 Februari 2026 – 28 Februari 2026" in unit
    assert "tidak lagi sejak: 1 Maret 2026" in unit


def test_merging_through_the_pages(world: dict, sign_in: SignIn) -> None:
    client, siti, budi = sign_in(world["officer"]), world["siti"], world["budi"]
    search = reverse("people:register_merge", args=[siti.pk])
    confirm = reverse("people:register_merge_confirm", args=[siti.pk, budi.pk])
    assert client.get(search, {"other": "budi"}).headers["Location"] == confirm
    assert client.get(search, {"other": budi.local_id.lower()}).status_code in {302, 422}
    assert "Penempatan rangkap" in client.get(confirm).text
    client.post(confirm, {"on": "2026-11-22", "reason": "dua kali"})
    budi.refresh_from_db()
    assert budi.merged_into == siti
    page = client.get(reverse("people:register_person", args=[budi.pk])).text
    assert "sudah digabung ke" in page
    assert client.get(confirm).status_code == 302


def test_units_through_the_pages(world: dict, sign_in: SignIn) -> None:
    client, top = sign_in(world["officer"]), world["top"]
    answer = client.post(
        reverse("people:units_new_below", args=[top.pk]),
        {"name": "SMAN 1 Contoh", "on": "2026-01-01"},
    )
    school = Unit.objects.get(name="SMAN 1 Contoh")
    page = reverse("people:units_unit", args=[school.pk])
    assert answer.headers["Location"] == page
    client.post(reverse("people:units_rename", args=[school.pk]), {"name": "SMAN 2 Contoh"})
    client.post(reverse("people:units_move", args=[school.pk]), {"parent": "dinas kesehatan"})
    school.refresh_from_db()
    assert (school.name, school.parent) == ("SMAN 2 Contoh", world["beside"])
    client.post(
        reverse("people:units_head", args=[school.pk]),
        {"person": world["nur"].number, "kind": "plt", "on": "2026-02-01"},
    )
    text = client.get(page).text
    assert "Nur Aini" in text
    assert "Plt." in text
    answer = client.post(
        reverse("people:units_close", args=[top.pk]), {"on": "2026-11-22", "reason": "x"}
    )
    assert answer.status_code == 422
    assert "Masih ada 1 pegawai" in answer.text
    client.post(
        reverse("people:units_close", args=[school.pk]), {"on": "2026-11-22", "reason": "x"}
    )
    assert "ditutup sejak 22 November 2026" in client.get(page).text
    client.post(reverse("people:units_reopen", args=[school.pk]))
    assert "ditutup sejak" not in client.get(page).text
    results = client.get(reverse("people:units"), {"q": "contoh sman"})
    assert "SMAN 2 Contoh" in results.text


def test_long_names_are_shown_whole(world: dict, sign_in: SignIn) -> None:
    client = sign_in(world["officer"])
    for address in (
        reverse("people:register"),
        reverse("people:register_person", args=[world["budi"].pk]),
        reverse("people:units_unit", args=[world["below"].pk]),
    ):
        assert world["below"].name in client.get(address).text


def test_government_settings(world: dict, sign_in: SignIn) -> None:
    client, address = sign_in(world["officer"]), reverse("people:government")
    client.post(
        address,
        {
            "name": "Pemerintah Provinsi Baru",
            "seat": "Samarinda",
            "time_zone": "Asia/Jayapura",
            "letterhead": "Jalan Satu\nTelepon 1",
        },
    )
    world["government"].refresh_from_db()
    assert world["government"].time_zone == "Asia/Jayapura"
    assert Change.objects.get(subject="gov").actor == world["officer"]
    text = client.get(address).text
    assert "WIT" in text
    of_subtree = sign_in(make_officer(world["government"], "personnel", world["top"]))
    assert of_subtree.post(address, {"name": "X", "time_zone": "Asia/Jakarta"}).status_code == 403


def test_an_empty_register_offers_the_first_step(sign_in: SignIn) -> None:
    client = sign_in(make_officer(make_government()))
    assert "Belum ada pegawai" in client.get(reverse("people:register")).text
    assert "Belum ada unit" in client.get(reverse("people:units")).text
