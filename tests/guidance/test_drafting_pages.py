"""The reviewers' desk: from a question nobody could answer to a precedent, without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from netral.guidance.models import Consultation
from netral.guidance.queries.alike import alike
from netral.guidance.services import precedents
from tests.guidance.desk import UNCLEAR, reviewer, words
from tests.guidance.factories import (
    DRAFT,
    NOW,
    Office,
    bring_to_review,
    make_office,
    make_precedent,
    send,
)
from tests.people.accounts import factories

pytestmark = pytest.mark.django_db


def taken(office: Office, text: str = UNCLEAR) -> tuple[Client, str]:
    """The first reviewer's client, and the address of a draft that was begun."""
    made = send(office, text)
    client = reviewer(office.first)
    client.post(f"/penelaahan/{made.pk}/take")
    return client, f"/penelaahan/{made.pk}/draf/"


def marked(page: str) -> list[str]:
    return re.findall(r'name="provisions" value="([^"]+)"[^>]* checked', page)


def test_an_act_is_searched_in_everyday_words_and_nothing_typed_is_lost() -> None:
    client, draft = taken(make_office())
    typed = {"question": "Bolehkah ini?", "answer": "Kata saya.", "act": "menyukai unggahan"}
    shown = client.post(draft, {**typed, "act_cari": "1"})
    page = words(shown)
    assert shown.status_code == 200
    assert 'name="act_choice" value="like"' in page
    assert "Kata saya." in page and "Bolehkah ini?" in page
    assert "<option" not in page.split('id="penilaian"')[1].split("Nilai</button>")[0]
    assert Consultation.objects.get().answer == "", "a search saves nothing"
    nothing = words(client.post(draft, {**typed, "act": "zzzz", "act_cari": "1"}))
    assert "Tidak ada perbuatan yang cocok; coba kata lain" in nothing


def test_what_the_question_may_mean_is_offered_before_anybody_searches() -> None:
    client, draft = taken(make_office())
    page = words(client.get(draft))
    assert len(re.findall(r'name="act_choice" value="[a-z_]+"', page)) >= 3
    assert "Belum ada perbuatan yang dipilih" in page
    assert not Consultation.objects.get().act, "offered, not chosen"


def test_none_of_what_was_found_is_an_answer_while_the_words_stay_in_the_field() -> None:
    office = make_office()
    made = send(office, UNCLEAR)
    client, draft = reviewer(office.first), f"/penelaahan/{made.pk}/draf/"
    client.post(f"/penelaahan/{made.pk}/take")
    searched = words(client.post(draft, {"act": "calon", "act_cari": "1"}))
    (none,) = re.findall(r'name="act_choice" value="([^"]*)"> <span>Tidak ada yang cocok', searched)
    told = {"question": "Bolehkah itu?", "act": "calon"}
    refused = client.post(draft, {**told, "act_choice": ""})
    assert refused.status_code == 422 and "pilih salah satu" in words(refused)
    saved = client.post(draft, {**told, "act_choice": none}, follow=True)
    assert "Draf tersimpan" in words(saved)
    made.refresh_from_db()
    assert (made.question, made.act) == ("Bolehkah itu?", "")


def test_a_chosen_act_brings_its_facts_its_result_and_its_provisions() -> None:
    client, draft = taken(make_office())
    told = {"question": "Bolehkah PNS menyukai unggahan calon?", "act_choice": "like"}
    assert client.post(draft, {**told, "nilai": "1"}).headers["Location"] == draft
    page = words(client.get(draft))
    assert "belum dapat ditentukan" in page
    facts = {"status": "PNS", "phase": "campaign", "election": "pemilihan", "account": "candidate"}
    for name in facts:
        assert f'name="fakta_{name}"' in page
    told |= {f"fakta_{name}": value for name, value in facts.items()}
    client.post(draft, {**told, "nilai": "1"})
    page = words(client.get(draft))
    assert "dilarang (disiplin)" in page
    assert marked(page) == ["SKB-2022/D6", "UU-20-2023/24.1.d", "PP-94-2021/5.n.5"]
    assert "Lampiran II huruf B angka 6, SKB 2/2022" in page
    made = Consultation.objects.get()
    assert made.answer.startswith("Menurut data hukum: dilarang (disiplin).")
    assert "SKB-2022" not in made.answer, "people read no keys"
    assert made.outcome == "forbidden_discipline"


def test_another_act_exchanges_what_came_from_the_data_and_keeps_what_a_person_chose() -> None:
    client, draft = taken(make_office(), "boleh gak pns like postingan calon bupati pas kampanye?")
    before = Consultation.objects.get()
    told = {"question": before.question, "act_choice": before.act,
            "answer": before.answer, "provisions": list(before.provisions)}  # fmt: skip
    told |= {f"fakta_{name}": value for name, value in before.facts.items()}
    client.post(draft, {**told, "other_choice": "UU-7-2017/282"})
    assert "UU-7-2017/282" in Consultation.objects.get().provisions
    kept = [*before.provisions, "UU-7-2017/282"]
    client.post(draft, {**told, "provisions": kept, "act_choice": "vote"})
    after = Consultation.objects.get()
    assert after.act == "vote"
    assert "SKB-2022/D6" not in after.provisions and "UU-7-2017/282" in after.provisions
    assert "STATEMENTS/memilih" in after.provisions
    assert after.answer.startswith("Menurut data hukum: boleh")
    written = {**told, "act_choice": "like", "answer": "Kata saya sendiri."}
    client.post(draft, written)
    assert Consultation.objects.get().answer == "Kata saya sendiri."


def test_a_provision_is_found_by_its_words_and_an_unknown_key_is_refused() -> None:
    client, draft = taken(make_office())
    page = words(client.post(draft, {"question": "A", "other": "Pasal 282", "other_cari": "1"}))
    assert 'name="other_choice" value="UU-7-2017/282"' in page
    refused = client.post(draft, {"question": "A", "provisions": ["SKB-2022/D99"]})
    assert refused.status_code == 422
    assert "Tidak ada ketentuan SKB-2022/D99" in words(refused)


def test_facts_that_cannot_be_together_are_said_beside_the_act() -> None:
    client, draft = taken(make_office())
    client.post(draft, {"question": "A", "act_choice": "run_regional", "nilai": "1"})
    told = {"question": "A", "act_choice": "run_regional", "fakta_election": "pemilu"}
    answer = client.post(draft, told)
    assert answer.status_code == 422
    assert "tidak cocok dengan perbuatan ini" in words(answer)
    # What an upgrade of the law data leaves unfit opens, so that it can be put right.
    Consultation.objects.update(facts={"election": "pemilu", "status": "PNS"})
    assert client.get(draft).status_code == 200
    assert client.post(draft, {**told, "fakta_election": "pemilihan"}).status_code == 302


def test_where_the_law_data_leaves_it_open_nothing_stands_above_the_answer() -> None:
    office = make_office()
    made = make_precedent(office, replace(DRAFT, act="wear_shirt", facts={"status": "PNS"}))
    assert made.outcome == "undetermined"
    page = words(Client().get(f"/preseden/{made.pk}/", follow=True))
    assert "verdict-word" not in page and "elum dapat ditentukan" not in page
    assert "Tidak ada hasil data hukum" in words(
        reviewer(office.first).get(f"/penelaahan/{made.pk}/")
    )


def test_only_what_comes_near_is_offered_as_answered_already() -> None:
    office = make_office()
    like = make_precedent(office)
    for strange in (
        "Bolehkah saya memakai kaus bergambar calon saat berolahraga di hari Minggu?",
        "Istri saya menjadi calon anggota DPRD. Bolehkah saya hadir di kampanyenya?",
        UNCLEAR,
    ):
        assert alike(strange) == [], strange
        made = send(office, strange)
        page = words(reviewer(office.second).get(f"/penelaahan/{made.pk}/"))
        assert "Mungkin sudah dijawab" not in page
    assert alike("boleh gak ngelike postingan cabup?") == [like]
    precedents.withdraw(consultation=like, reason="Keliru", actor=office.first, now=NOW)
    assert alike("boleh gak ngelike postingan cabup?") == []


def test_the_queue_says_what_waits_for_whom() -> None:
    office = make_office()
    bring_to_review(office)
    mine, others = (
        words(reviewer(one).get("/penelaahan/")) for one in (office.first, office.second)
    )
    assert "1 jawaban menunggu Anda sebagai penelaah kedua" in others
    assert "menunggu Anda" not in mine and "oleh Anda" in mine


def test_a_draft_sent_back_says_why_until_it_is_handed_over_again() -> None:
    office = make_office()
    made = bring_to_review(office)
    page = f"/penelaahan/{made.pk}/"
    second, first = reviewer(office.second), reviewer(office.first)
    asked = words(second.get(page + "give_back"))
    assert "Dibaca para penelaah saja" in asked and DRAFT.question in asked
    told = words(second.post(page + "give_back", {"alasan": "Sebut juga PPPK"}, follow=True))
    assert "Dikembalikan kepada penulisnya" in told
    assert "Anda tidak dapat menjadi penelaah keduanya" in told
    assert "Dikembalikan oleh penelaah kedua:</strong> Sebut juga PPPK" in words(first.get(page))
    assert "Penelaah lain sekarang dapat" in words(first.post(page + "submit", follow=True))
    assert "Dikembalikan oleh penelaah kedua:" not in words(first.get(page))


def test_publishing_says_first_what_becomes_of_it_and_then_the_number() -> None:
    office = make_office()
    made = bring_to_review(office, replace(DRAFT, valid_until=date(2027, 1, 31)))
    second, page = reviewer(office.second), f"/penelaahan/{made.pk}/"
    shown = words(second.get(page))
    assert f'href="{page}publish"' in shown and "31 Januari 2027" in shown
    asked = words(second.get(page + "publish"))
    assert "nomor berikutnya" in asked and made.law_version in asked
    assert "Berlaku sampai 31 Januari 2027" in asked and "hanya dicabut" in asked
    assert "dilarang (disiplin)" in asked and "None" not in asked
    assert made.answer in asked and len(made.provisions) > 0
    assert all(f"/{name}/" in asked for name in made.provisions)
    assert "Terbit sebagai Preseden 1/" in words(second.post(page + "publish", follow=True))
    public = words(Client().get(f"/preseden/{made.pk}/", follow=True))
    assert "31 Januari 2027" in public and made.law_version in public


def test_a_lone_reviewer_is_told_that_nobody_can_check() -> None:
    government = factories.make_government()
    alone = factories.make_officer("reviewer", government)
    office = Office(government, alone, alone)
    client, draft = taken(office)
    assert "Tidak ada penelaah lain yang dapat memeriksa" in words(client.get(draft))
    factories.make_officer("reviewer", government, unit=factories.make_unit(government))
    assert "Tidak ada penelaah lain yang dapat memeriksa" in words(client.get(draft))
    factories.make_officer("reviewer", government)
    assert "Tidak ada penelaah lain yang dapat memeriksa" not in words(client.get(draft))


def test_a_question_without_precedents_cannot_be_referred_and_says_so() -> None:
    office = make_office()
    made = send(office)
    page = words(reviewer(office.first).get(f"/penelaahan/{made.pk}/refer"))
    assert "Belum ada preseden" in page and "<select" not in page


def test_an_old_address_of_a_draft_leads_to_where_it_stands() -> None:
    office = make_office()
    made = make_precedent(office)
    told = words(reviewer(office.first).get(f"/penelaahan/{made.pk}/draf/", follow=True))
    assert "tidak sedang ditulis" in told
