"""The wall and the officers' pages through the front door."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from netral.base import live
from netral.elections.models import Election
from netral.people import mine as people_mine
from netral.people.models import Duty
from netral.pledges import mine
from netral.pledges.models import Ceremony, PledgeText
from netral.pledges.queries.wall import live_state
from netral.pledges.rules import moves, wording
from netral.pledges.services import texts
from tests.people.accounts.sessions import sign_in
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import (
    NOW,
    Hall,
    account_of,
    make_ceremony,
    make_election,
    make_hall,
    signed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return make_hall(state=moves.PLANNED)


@pytest.fixture
def officer(hall: Hall) -> Client:
    return sign_in(Client(), hall.organiser, second_factor=True)


def wall_of(hall: Hall) -> str:
    return Client().get(reverse("pledges:wall", args=[hall.ceremony.code])).content.decode()


# --- the wall ------------------------------------------------------------------------------------
def test_the_wall_is_whole_without_scripts_and_names_nobody() -> None:
    hall = make_hall()
    signed(hall)
    make_person(hall.government.units.get(), "Belum Tanda Tangan")
    text = wall_of(hall)
    for shown in (*hall.ceremony.wording["points"], hall.ceremony.code, "50%", "<svg", "Dinas A"):
        assert shown in text
    assert re.search(r"data-signed>\s*1\s*<", text)
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text
    for hidden in ("Siti", "Belum Tanda Tangan", "style=", "onclick"):
        assert hidden not in text


def test_the_point_being_read_is_marked(hall: Hall, officer: Client) -> None:
    lead = reverse("pledges:lead", args=[hall.ceremony.pk])
    officer.post(f"{lead}start-reading", {"tanggal": "rencana"})
    officer.post(f"{lead}butir", {"tampak": "0", "ke": "2"})
    found = re.search(r'data-index="(\d)" aria-current="step"', wall_of(hall))
    assert found
    assert found[1] == "2"
    assert wall_of(hall).count("data-ahead") == 3
    assert live_state(hall.ceremony.code)["stop"] == 2


def test_the_channel_of_the_wall_is_registered() -> None:
    assert live._readers["ikrar"] is live_state
    assert live_state("QQQQ") is None


def test_an_unknown_wall_is_not_found() -> None:
    assert Client().get("/dinding/QQQQ/").status_code == 404


@pytest.mark.parametrize(("chosen", "kept"), [("hari-ini", False), ("rencana", True)])
def test_on_another_day_than_planned_the_date_is_asked_for(
    hall: Hall, officer: Client, chosen: str, kept: bool
) -> None:
    start = f"{reverse('pledges:lead', args=[hall.ceremony.pk])}start-reading"
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(planned_at=NOW - timedelta(days=900))
    asked = officer.post(start).content.decode()
    assert "Tanggal mana pada naskah?" in asked
    assert "yang sudah dicetak memuat tanggal rencana" in asked
    hall.ceremony.refresh_from_db()
    assert hall.ceremony.state == moves.PLANNED
    officer.post(start, {"tanggal": chosen})
    hall.ceremony.refresh_from_db()
    assert hall.ceremony.state == moves.READING
    assert ("3 Juni 2024" in hall.ceremony.wording["closing"]) is kept


def test_on_the_planned_day_nothing_is_asked(hall: Hall, officer: Client) -> None:
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(planned_at=timezone.now())
    officer.post(f"{reverse('pledges:lead', args=[hall.ceremony.pk])}start-reading")
    hall.ceremony.refresh_from_db()
    assert hall.ceremony.state == moves.READING


def test_planning_in_the_past_is_warned_of(hall: Hall, officer: Client) -> None:
    fields = {
        "title": "Ikrar", "election": hall.election.pk, "text": hall.text.pk, "place": "Aula",
        "leader": "Kepala Dinas", "accepts": "account", "units": [],
    }  # fmt: skip
    for at, warned in (("2024-12-01T08:00", True), ("2126-12-01T08:00", False)):
        page = officer.post(
            reverse("pledges:ceremony_new"), {**fields, "planned_at": at}, follow=True
        )
        assert ("sudah lewat" in page.content.decode()) is warned


# --- planning and leading ------------------------------------------------------------------------
def test_a_ceremony_from_the_form_to_its_closing(hall: Hall, officer: Client) -> None:
    unit = make_unit(hall.government, "Dinas A")
    answer = officer.post(
        reverse("pledges:ceremony_new"),
        {
            "title": "Ikrar Dinas A", "election": hall.election.pk, "text": hall.text.pk,
            "leader": "Kepala Dinas", "place": "Aula", "planned_at": "2026-12-01T08:00",
            "accepts": "preferred", "units": [unit.pk],
        },
    )  # fmt: skip
    made = Ceremony.objects.get(title="Ikrar Dinas A")
    assert made.accepts == "preferred"
    assert "kunci sandi bila ada" in officer.get(answer["Location"]).content.decode().lower()
    assert answer["Location"] == reverse("pledges:ceremony", args=[made.pk])
    assert made.planned_at.isoformat() == "2026-12-01T00:00:00+00:00"
    assert list(made.units.all()) == [unit]
    lead = reverse("pledges:lead", args=[made.pk])
    for name in ("start-reading", "open-signing", "close"):
        assert officer.get(lead).status_code == 200
        officer.post(f"{lead}{name}", {"tanggal": "rencana"})
    made.refresh_from_db()
    assert made.state == moves.CLOSED
    for reason in ("", "x", "belum selesai"):
        assert officer.post(f"{lead}reopen", {"reason": reason}).status_code == 422
    officer.post(f"{lead}reopen", {"reason": "Masih ada antrean"})
    made.refresh_from_db()
    assert made.state == moves.SIGNING
    assert "Masih ada antrean" in officer.get(answer["Location"]).content.decode()


def test_units_are_chosen_by_level_and_found_by_search(hall: Hall, officer: Client) -> None:
    zeta = make_unit(hall.government, "Dinas Zeta")
    make_unit(hall.government, "Dinas 10")
    make_unit(hall.government, "Dinas 2")
    branch = make_unit(hall.government, "Cabang Utara", zeta)
    school = make_unit(hall.government, "SMA Melati", branch)
    new = reverse("pledges:ceremony_new")
    page = officer.get(new).content.decode()
    order = [page.index(f">{name}<") for name in ("Dinas 2", "Dinas 10", "Dinas Zeta")]
    assert order == sorted(order)
    assert "1 unit di bawah Dinas Zeta" in page
    assert "SMA Melati" not in page  # deeper than the second level: by search
    typed = {"title": "Judul saya", "units": [str(zeta.pk)], "cari_unit": "melati sma"}
    answer = officer.post(new, {**typed, "deed": "cari-unit"})
    found = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Judul saya"' in found
    assert "SMA Melati" in found
    assert "perlu diperbaiki" not in found
    assert 'formaction="#id_units"' in page  # the search comes back to its own place
    assert 'id="id_units"' in found
    assert f'value="{zeta.pk}" id="unit-{zeta.pk}" checked' in found
    back = officer.post(
        new, {**typed, "units": [str(school.pk), "bukan-kunci"], "deed": "semua-unit"}
    )
    assert f'value="{school.pk}" id="unit-{school.pk}" checked' in back.content.decode()
    officer.post(
        new,
        {
            "title": "Ikrar", "election": hall.election.pk, "text": hall.text.pk,
            "leader": "Kepala", "place": "Aula", "planned_at": "2126-12-01T08:00",
            "accepts": "account", "units": [school.pk],
        },
    )  # fmt: skip
    assert list(Ceremony.objects.get(title="Ikrar").units.all()) == [school]


def test_an_officer_of_a_subtree_is_offered_only_it(hall: Hall) -> None:
    make_unit(hall.government, "Dinas Lain")
    own = make_unit(hall.government, "Dinas Sendiri")
    make_unit(hall.government, "UPTD Sendiri", own)
    actor = make_officer(hall.government, Duty.Kind.ORGANISER, own)
    client = sign_in(Client(), actor, second_factor=True)
    for answer in (
        client.get(reverse("pledges:ceremony_new")),
        client.post(reverse("pledges:ceremony_new"), {"cari_unit": "dinas", "deed": "cari-unit"}),
    ):
        assert ">Dinas Sendiri" in answer.content.decode()
        assert "Dinas Lain" not in answer.content.decode()


def test_a_move_out_of_step_says_so(hall: Hall, officer: Client) -> None:
    lead = reverse("pledges:lead", args=[hall.ceremony.pk])
    text = officer.post(f"{lead}open-signing", follow=True).content.decode()
    assert "sudah berpindah tahap" in text
    assert officer.get(f"{lead}start-reading").status_code == 404  # moves are posted
    assert officer.post(f"{lead}meledak").status_code == 404


def test_a_ceremony_being_read_cannot_be_edited(hall: Hall, officer: Client) -> None:
    edit = reverse("pledges:ceremony_edit", args=[hall.ceremony.pk])
    assert officer.get(edit).status_code == 200
    officer.post(
        reverse("pledges:lead_move", args=[hall.ceremony.pk, "start-reading"]),
        {"tanggal": "rencana"},
    )
    assert officer.get(edit).status_code == 302


def test_a_new_pledge_is_meant_for_the_election_to_come(hall: Hall, officer: Client) -> None:
    gone = make_election("00", "Pemilihan yang sudah lewat")
    Election.objects.filter(pk=gone.pk).update(voting_on=date(2024, 11, 27))
    later = make_election("64.02", "Pemilu dua tahun lagi")
    later.region_code, later.voting_on, later.certainty = "00", None, "forecast"
    later.expected_year = 2031
    later.save()
    form = officer.get(reverse("pledges:ceremony_new")).content.decode()
    assert re.search(rf'<option value="{hall.election.pk}" selected>', form)
    example = officer.get(reverse("pledges:text_new")).content.decode()
    assert hall.election.name in example
    assert gone.name not in example and later.name not in example


def test_a_text_is_written_published_and_printed(hall: Hall, officer: Client) -> None:
    new = reverse("pledges:text_new")
    assert "Menolak politik uang" in officer.get(new).content.decode()
    wrong = {"title": "Ikrar", "opening": "{pemilu}", "points": "Satu\n\nDua", "closing": ""}
    refused = officer.post(new, wrong)
    assert refused.status_code == 422
    assert "{pemilu} bukan isian" in refused.content.decode()
    page = officer.post(new, {**wrong, "opening": "{pemilihan}"})["Location"]
    text = PledgeText.objects.get(version=2)
    assert text.points == ["Satu", "Dua"]
    assert "Masih rancangan" in officer.get(page).content.decode()
    asked = officer.get(f"{page}terbitkan").content.decode()
    assert "Terbitkan versi 2?" in asked
    assert hall.election.name in asked  # as it will be read, variables filled
    text.refresh_from_db()
    assert text.published_at is None
    officer.post(f"{page}terbitkan")
    text.refresh_from_db()
    assert text.published_at
    assert officer.get(f"{page}pdf")["Content-Type"] == "application/pdf"


def test_a_draft_is_rewritten_in_place_and_a_published_text_is_not(
    hall: Hall, officer: Client
) -> None:
    fields = {"title": "Ikrar", "opening": "", "points": "Satu", "closing": ""}
    page = officer.post(reverse("pledges:text_new"), fields)["Location"]
    assert "Ubah rancangan versi 2" in officer.get(f"{page}ubah/").content.decode()
    again = officer.post(f"{page}ubah/", {**fields, "points": "Satu\nDua"})
    assert again["Location"] == page
    draft = PledgeText.objects.get(version=2)
    assert draft.points == ["Satu", "Dua"]
    assert draft.digest == wording.digest(texts.wording_of(draft))
    officer.post(f"{page}terbitkan")
    later = officer.post(f"{page}ubah/", {**fields, "points": "Tiga"})
    assert later["Location"] != page
    draft.refresh_from_db()
    assert draft.points == ["Satu", "Dua"]
    with pytest.raises(texts.AlreadyPublished):
        texts.save_draft(text=draft, content=texts.standard_wording(), actor=hall.organiser)


def test_the_example_is_filled_and_saves_nothing(hall: Hall, officer: Client) -> None:
    fields = {
        "title": "Ikrar", "opening": "Kami, {pemerintah}, dalam {pemilihan}",
        "points": "1. Satu\n(2) Dua\n- Tiga", "closing": "", "deed": "contoh",
    }  # fmt: skip
    answer = officer.post(reverse("pledges:text_new"), fields)
    shown = answer.content.decode()
    assert f"Kami, {hall.government.name}, dalam {hall.election.name}" in shown
    assert "<li>Satu</li><li>Dua</li><li>Tiga</li>" in shown
    assert PledgeText.objects.count() == 1
    wrong = officer.post(reverse("pledges:text_new"), {**fields, "closing": "{leader}"})
    assert wrong.status_code == 422
    assert "{leader} bukan isian yang dikenal; pakai {pemilihan}" in wrong.content.decode()


def test_strangers_and_staff_get_no_officer_s_page(hall: Hall) -> None:
    stranger = sign_in(
        Client(), make_officer(make_government("65"), Duty.Kind.ORGANISER), second_factor=True
    )
    staff = sign_in(
        Client(),
        account_of(make_person(make_unit(hall.government, "Dinas A"))),
        second_factor=False,
    )
    for name in ("ceremony", "ceremony_edit", "ceremony_pdf", "lead", "paper"):
        address = reverse(f"pledges:{name}", args=[hall.ceremony.pk])
        assert stranger.get(address).status_code == 404
        assert staff.get(address).status_code == 403
        assert Client().get(address).status_code == 302
    for name in ("text", "text_edit", "text_pdf"):
        assert stranger.get(reverse(f"pledges:{name}", args=[hall.text.pk])).status_code == 404


# --- a person's own page -------------------------------------------------------------------------
def test_one_pledge_for_the_election_is_enough() -> None:
    hall = make_hall()
    kept = signed(hall)
    make_ceremony(hall.government, hall.organiser, hall.election, hall.text)
    client = sign_in(Client(), account_of(kept.person), second_factor=False)
    assert "menunggu tanda tangan Anda" not in client.get(reverse("people:mine")).text
    other = make_ceremony(
        hall.government, hall.organiser, make_election("64-2", "Pemilu 2029"), hall.text
    )
    assert other.title in client.get(reverse("people:mine")).text
    assert "menunggu tanda tangan Anda" in client.get(reverse("people:mine")).text


def test_officers_who_may_see_names_see_the_pledge_of_a_person() -> None:
    hall = make_hall()
    kept = signed(hall)
    missing = make_person(hall.government.units.get(), "Belum")
    client = sign_in(Client(), make_officer(hall.government), second_factor=True)
    page = client.get(reverse("people:register_person", args=[kept.person_id])).text
    assert f"{hall.election.name}: 20 November 2026" in page
    assert kept.receipt_code not in page  # it is the signer's
    page = client.get(reverse("people:register_person", args=[missing.pk])).text
    assert "belum berikrar" in page
    auditor = make_officer(hall.government, "auditor")
    assert mine.pledges_known_to(auditor, kept.person) is None


def test_my_pledges_given_and_waiting() -> None:
    hall = make_hall()
    kept = signed(hall)
    waiting = make_person(hall.government.units.get(), "Belum")
    elsewhere = make_hall(code="65")
    for person, given, open_ones in ((kept.person, [kept], []), (waiting, [], [hall.ceremony])):
        client = sign_in(Client(), account_of(person), second_factor=False)
        request = client.get(reverse("pledges:check")).wsgi_request
        found = mine.pledges_of(request)
        assert list(found["given"]) == given
        assert [ceremony for ceremony, _said in found["waiting"]] == open_ones
        page = client.get(reverse("people:mine")).content.decode()
        assert (kept.receipt_code in page) is (person == kept.person)
        assert elsewhere.ceremony.code not in page
    held = mine.signatures_held(HttpRequest(), kept.person)
    assert [row["Kode tanda terima"] for row in held] == [kept.receipt_code]
    assert {"pledges:check", "pledges:enter_code"} <= set(people_mine._links)


# --- after a text, for an auditor, for who may not open names ------------------------------------
def test_a_published_text_leads_on_to_planning_with_it(hall: Hall, officer: Client) -> None:
    page = officer.get(reverse("pledges:text", args=[hall.text.pk])).text
    onward = re.search(r'href="(/ikrar/baru/[^"]*)"', page)
    assert onward
    planning = officer.get(onward[1]).text
    assert f'value="{hall.text.pk}" selected' in planning
    assert f'value="{hall.text.pk}" selected' in officer.get("/ikrar/baru/").text, "the newest"


def test_an_auditor_looks_at_ceremonies_and_their_figures_and_presses_nothing() -> None:
    hall = make_hall()
    make_person(make_unit(hall.government, "Dinas A"), "Belum Tanda Tangan")
    auditor = sign_in(
        Client(), make_officer(hall.government, Duty.Kind.AUDITOR), second_factor=True
    )
    assert hall.ceremony.title in auditor.get("/ikrar/").text
    key = [hall.ceremony.pk]
    for name in ("pledges:ceremony", "pledges:result", "pledges:texts"):
        page = auditor.get(reverse(name, args=[] if name.endswith("texts") else key)).text
        for change in ("/pimpin/", "/kertas/", "/ikrar/baru/", "/naskah/baru/", "lembar.pdf"):
            assert change not in page, (name, change)
        assert "Belum Tanda Tangan" not in page
    assert auditor.get(reverse("pledges:minutes", args=key))["Content-Type"] == "application/pdf"
    for name in ("pledges:lead", "pledges:paper", "pledges:missing", "pledges:blank_sheet"):
        assert auditor.get(reverse(name, args=key)).status_code == 403, name
    elsewhere = make_officer(make_government("65"), Duty.Kind.AUDITOR)
    stranger = sign_in(Client(), elsewhere, second_factor=True)
    assert stranger.get(reverse("pledges:ceremony", args=key)).status_code == 404


def test_an_organiser_is_told_who_may_open_the_missing_names() -> None:
    hall = make_hall()
    make_person(make_unit(hall.government, "Dinas A"))
    result = reverse("pledges:result", args=[hall.ceremony.pk])
    told = "Namanya hanya dapat dibuka pengelola kepegawaian"
    assert told in sign_in(Client(), hall.organiser, second_factor=True).get(result).text
    keeper = make_officer(hall.government, Duty.Kind.PERSONNEL)
    assert told not in sign_in(Client(), keeper, second_factor=True).get(result).text


def test_the_wall_says_when_it_is_planned_for_also_when_that_has_passed(hall: Hall) -> None:
    Ceremony.objects.filter(pk=hall.ceremony.pk).update(planned_at=NOW - timedelta(days=2))
    assert "Dijadwalkan" in wall_of(hall)
    assert "Akan dimulai" not in wall_of(hall)


def test_before_anybody_is_registered_coverage_leads_to_the_import() -> None:
    keeper = make_officer(make_government("65"), Duty.Kind.PERSONNEL)
    page = sign_in(Client(), keeper, second_factor=True)
    assert "/impor/baru" in page.get("/cakupan/").text
    make_person(make_unit(keeper.government, "Dinas A"))
    assert "/impor/baru" not in page.get("/cakupan/").text
