"""The way of a question over HTTP: sent, answered by two people, read by everybody."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from netral.base import sealing
from netral.guidance.citing import path_of
from netral.guidance.models import Consultation
from netral.guidance.services import precedents, questions
from netral.guidance.views.asking import limits
from netral.people.services import throttling
from tests.base.documents.validating import verdict_on
from tests.guidance.desk import UNCLEAR, reviewer, words
from tests.guidance.factories import (
    DRAFT,
    NOW,
    TEXT,
    bring_to_review,
    make_office,
    make_precedent,
    send,
)
from tests.people.accounts import factories
from tests.people.accounts.sessions import sign_in

pytestmark = pytest.mark.django_db
SECRET = "kenangajingga"


def test_a_stranger_sends_a_question_and_follows_it_with_the_code_alone() -> None:
    office = make_office()
    client = Client()
    sent = words(
        client.post("/tanya/penelaah/", {"pertanyaan": TEXT, "keadaan": SECRET, "kirim": "1"})
    )
    (code,) = re.findall(r'code-big">([^<]+)<', sent)
    waiting = client.post("/tanya/status/", {"kode": code.lower()})
    assert "menunggu ditelaah" in words(waiting)
    assert SECRET not in words(waiting)
    assert waiting["Cache-Control"] == "private, no-store"
    made = Consultation.objects.get()
    precedents.take(consultation=made, draft=DRAFT, actor=office.first, now=NOW)
    precedents.submit(consultation=made, actor=office.first, now=NOW)
    precedents.publish(consultation=made, actor=office.second, now=NOW)
    assert path_of(made) in words(client.post("/tanya/status/", {"kode": code}))
    assert client.post("/tanya/status/", {"kode": "AAAA-BBBB-CCCC"}).status_code == 404


def test_an_answer_page_hands_its_question_over_without_an_address() -> None:
    make_office()
    answer = Client().post("/tanya/penelaah/", {"pertanyaan": SECRET})
    assert SECRET in words(answer)
    assert not Consultation.objects.exists()


def test_without_reviewers_nobody_is_promised_an_answer() -> None:
    """Nor sent to sign in where there is nothing yet to sign in to."""
    empty = words(Client().get("/tanya/penelaah/"))
    assert "Belum ada pemerintah daerah di sini" in empty and "jangan lakukan" in empty
    assert "Masuk dahulu" not in empty and 'name="kirim"' not in empty
    government = factories.make_government()
    factories.make_officer("reviewer", government)
    alone = words(Client().get("/tanya/penelaah/"))
    assert f"{government.name} belum mempunyai dua penelaah hukum" in alone
    assert 'name="kirim"' in alone and "Dua penelaah hukum" not in alone
    factories.make_officer("reviewer", government)
    assert f"Dua penelaah hukum {government.name} menjawabnya" in words(
        Client().get("/tanya/penelaah/")
    )


def test_many_questions_from_one_place_have_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    make_office()
    few = throttling.Allowance("few", uses=1, window=limits.SENDING.window)
    monkeypatch.setattr(limits, "SENDING", few)
    told = {"pertanyaan": TEXT, "kirim": "1"}
    assert [Client().post("/tanya/penelaah/", told).status_code for _turn in range(2)] == [200, 429]


def test_reviewers_bring_a_question_to_a_precedent() -> None:
    office = make_office()
    made = questions.receive_question(
        government=office.government,
        text="boleh gak pns like postingan calon bupati?",
        source="ask",
        now=NOW,
    ).consultation
    first, second = reviewer(office.first), reviewer(office.second)
    assert "boleh gak pns like" in words(first.get("/penelaahan/"))
    page = f"/penelaahan/{made.pk}/"
    assert first.post(page + "take").headers["Location"] == page + "draf/"
    form = words(first.get(page + "draf/"))
    assert "SKB-2022/D6" in form
    assert "disusun dari data hukum" in form
    told = {
        "question": "Bolehkah PNS menyukai unggahan calon?", "answer": "Tidak.", "act": "like",
        "provisions": "SKB-2022/D6", "valid_until": "",
    }  # fmt: skip
    assert "Tidak ada ketentuan SKB-2022/D99" in words(
        first.post(page + "draf/", {**told, "provisions": ["SKB-2022/D99"]})
    )
    assert first.post(page + "draf/", told).status_code == 302
    assert first.post(page + "submit").status_code == 302
    assert "Yang memeriksa harus penelaah lain" in words(first.get(page))
    assert first.post(page + "publish").status_code == 403
    assert second.post(page + "publish").status_code == 302
    assert second.post(page + "publish").status_code == 409
    public = words(Client().get(f"/preseden/{made.pk}/", follow=True))
    assert f"Preseden 1/{timezone.now().year}" in public
    assert "/hukum/peraturan/SKB-2022/D6/" in public
    assert "Lampiran II huruf B angka 6, SKB 2/2022" in public
    assert "boleh gak pns like" not in public


def test_both_reviewers_see_the_verdict_that_will_stand_above_the_answer() -> None:
    office = make_office()
    made = bring_to_review(office)
    page = words(reviewer(office.second).get(f"/penelaahan/{made.pk}/"))
    assert "dilarang (disiplin)" in page and "Tampil di atas jawaban" in page
    wrong = send(office)
    first = reviewer(office.first)
    first.post(f"/penelaahan/{wrong.pk}/take")
    told = {
        "question": "Bolehkah menerima bantuan calon?", "answer": "Tolak. Tidak boleh diterima.",
        "act": "refuse_order", "provisions": "SKB-2022/D6", "valid_until": "",
    }  # fmt: skip
    first.post(f"/penelaahan/{wrong.pk}/draf/", told)
    told_back = words(first.post(f"/penelaahan/{wrong.pk}/submit", follow=True))
    assert "Jawaban dan hasil data hukum bertentangan" in told_back
    assert '<span class="badge calm">boleh</span> Hasil untuk' in told_back
    wrong.refresh_from_db()
    assert wrong.state == "draft"


def test_a_reviewer_who_signs_in_comes_to_the_queue() -> None:
    office = make_office()
    landed = reviewer(office.first).get("/", follow=True)
    assert landed.redirect_chain == [("/penelaahan/", 302)]
    assert landed.status_code == 200


def test_who_writes_down_a_question_is_not_the_one_who_asks() -> None:
    page = words(reviewer(make_office().first).get("/penelaahan/baru/"))
    assert ">Pertanyaan</label>" in page
    assert "Pertanyaan Anda" not in page


def test_a_draft_of_nothing_understood_says_so() -> None:
    office = make_office()
    made = send(office, "resep soto ayam yang enak?")
    first = reviewer(office.first)
    first.post(f"/penelaahan/{made.pk}/take")
    form = words(first.get(f"/penelaahan/{made.pk}/draf/"))
    assert "Belum ada perbuatan yang dipilih" in form
    assert "disusun dari data hukum" not in form


def test_a_withdrawal_is_visible_and_needs_a_reason() -> None:
    office = make_office()
    made = make_precedent(office)
    client = reviewer(office.first)
    assert "verdict-word" in words(Client().get(path_of(made)))
    assert client.post(f"/penelaahan/{made.pk}/withdraw", {"alasan": ""}).status_code == 422
    client.post(f"/penelaahan/{made.pk}/withdraw", {"alasan": "Putusan baru"})
    page = words(Client().get(path_of(made)))
    assert "Dicabut pada" in page and "Putusan baru" in page
    assert "Dicabut" in words(Client().get("/preseden/"))
    assert "verdict-word" not in page


def test_a_question_answered_already_is_referred() -> None:
    office = make_office()
    answered = make_precedent(office)
    again = questions.receive_question(
        government=office.government, text=TEXT, source="ask", now=NOW
    )
    client = reviewer(office.first)
    assert path_of(answered) in words(client.get(f"/penelaahan/{again.consultation.pk}/"))
    client.post(f"/penelaahan/{again.consultation.pk}/refer", {"preseden": answered.pk})
    state = words(Client().post("/tanya/status/", {"kode": again.code}))
    assert path_of(answered) in state


def test_precedents_and_acts_are_found_together() -> None:
    made = make_precedent(make_office())
    found = words(Client().get("/preseden/?cari=ngelike"))
    assert path_of(made) in found
    assert "/hukum/perbuatan/like/" in found
    assert "Itu tidak berarti boleh" in words(Client().get("/preseden/?cari=zzzz"))


def test_a_draft_is_nobody_elses_business() -> None:
    made = bring_to_review(make_office())
    assert Client().get(f"/preseden/{made.pk}/").status_code == 404


def test_the_personal_opinion_is_the_askers_alone_and_ends_with_the_circumstances() -> None:
    office = make_office()
    unit = factories.make_unit(office.government)
    asker = factories.make_account(factories.make_person(unit))
    told: dict[str, Any] = {"asker": asker, "circumstances": SECRET, "wants_opinion": True}
    made = make_precedent(office, **told)
    address = f"/tanya/pertanyaan/{made.pk}/pendapat.pdf"
    client = sign_in(Client(), asker, second_factor=False)
    answer = client.get(address)
    seal = sealing.document_seal().certificate
    assert verdict_on(answer.content, seal).bottom_line
    letter = answer.content.index(b"/Title") + 12
    altered = bytearray(answer.content)
    altered[letter] ^= 1
    assert not verdict_on(bytes(altered), seal).bottom_line
    pages = pypdf.PdfReader(io.BytesIO(answer.content)).pages
    shown = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert SECRET in shown
    assert sealing.fingerprint() in shown
    assert "Ditanyakan 20 November 2026" in shown, "asked before acting: what good faith rests on"
    assert "iktikad baik" in shown and "/periksa/" in shown
    assert "Lampiran II huruf B angka 6, SKB 2/2022" in shown
    assert "20 November 2026" in shown
    assert client.get("/saya/").status_code == 200
    assert str(made.pk) in words(client.get("/saya/"))
    assert SECRET in words(client.get("/saya/data/"))
    assert reviewer(office.first).get(address).status_code == 404
    questions.erase_personal(now=timezone.now() + timedelta(days=400))
    assert client.get(address).status_code == 404


def test_who_has_just_sent_a_question_sees_its_state_without_typing_the_code() -> None:
    office = make_office()
    client = Client()
    sent = words(client.post("/tanya/penelaah/", {"pertanyaan": TEXT, "kirim": "1"}))
    assert "jangan lakukan" in sent, "what to do until there is an answer"
    (code,) = re.findall(r'name="kode" value="([^"]+)"', sent)
    assert "menunggu ditelaah" in words(client.post("/tanya/status/", {"kode": code}))
    made = Consultation.objects.get()
    told = "Bukan soal netralitas; tanyakan kepada bagian kepegawaian."
    precedents.decline(consultation=made, reason=told, actor=office.first, now=NOW)
    assert told in words(client.post("/tanya/status/", {"kode": code}))


def test_an_asker_learns_of_a_withdrawal_and_that_no_opinion_comes_of_it() -> None:
    office = make_office()
    asker = factories.make_account(factories.make_person(factories.make_unit(office.government)))
    made = make_precedent(office, asker=asker, wants_opinion=True)
    client = sign_in(Client(), asker, second_factor=False)
    address = f"/tanya/pertanyaan/{made.pk}/"
    assert "Unduh pendapat tertulis" in words(client.get(address))
    precedents.withdraw(consultation=made, reason="Putusan baru", actor=office.first, now=NOW)
    page = words(client.get(address))
    assert "Jawabannya sudah dicabut" in page and "Tidak ada pendapat tertulis" in page
    assert "Unduh pendapat tertulis" not in page
    waiting = send(office, asker=asker, wants_opinion=True)
    soon = words(client.get(f"/tanya/pertanyaan/{waiting.pk}/"))
    assert "Pendapat tertulis dapat diunduh di sini setelah" in soon
    asked = words(reviewer(office.first).get(f"/penelaahan/{waiting.pk}/refer"))
    assert "Belum ada preseden" in asked
    make_precedent(office)
    asked = words(reviewer(office.first).get(f"/penelaahan/{waiting.pk}/refer"))
    assert "Penanya meminta pendapat tertulis" in asked


def test_an_answer_and_its_act_lead_to_the_precedents_that_hold() -> None:
    office = make_office()
    made, gone = make_precedent(office), make_precedent(office)
    precedents.withdraw(consultation=gone, reason="Keliru", actor=office.first, now=NOW)
    asked = Client().post("/tanya/", {"pertanyaan": "boleh gak pns like postingan calon bupati?"})
    for page in (words(asked), words(Client().get("/hukum/perbuatan/like/"))):
        assert path_of(made) in page and "Sudah dijawab penelaah hukum" in page
        assert str(gone.pk) not in page
    assert "Sudah dijawab" not in words(Client().get("/hukum/perbuatan/vote/"))


def test_a_search_shows_the_answer_at_once_but_not_of_a_withdrawn_one() -> None:
    office = make_office()
    made = make_precedent(office)
    found = words(Client().get("/preseden/?cari=ngelike"))
    assert "Dilarang (disiplin)</strong></p><p>Tidak. Menyukai unggahan" in found
    precedents.withdraw(consultation=made, reason="Keliru", actor=office.first, now=NOW)
    found = words(Client().get("/preseden/?cari=ngelike"))
    assert "Dicabut" in found and "Tidak. Menyukai" not in found


def test_a_flag_names_the_provision_as_people_cite_it() -> None:
    office = make_office()
    made = make_precedent(office)
    Consultation.objects.filter(pk=made.pk).update(basis=[["SKB-2022/D6", "0" * 32]])
    assert precedents.flag_changed(now=NOW) == 1
    for page in (
        words(Client().get(path_of(made))),
        words(reviewer(office.second).get(f"/penelaahan/{made.pk}/")),
    ):
        assert "berubah" in page and "Lampiran II huruf B angka 6, SKB 2/2022" in page
        assert "SKB-2022/D6." not in page and "SKB-2022/D6<" not in page
    assert "verdict-word" not in words(Client().get(path_of(made)))
    second = reviewer(office.second)
    again = words(second.get(f"/penelaahan/{made.pk}/"))
    assert "Hasil data hukum hari ini: <strong>dilarang (disiplin)</strong>" in again
    kept = second.post(f"/penelaahan/{made.pk}/keep", {"alasan": "Isinya sama"}, follow=True)
    assert "tetap berlaku menurut hukum hari ini" in words(kept)
    assert "verdict-word" in words(Client().get(path_of(made)))


def test_a_question_goes_to_the_reviewers_of_the_askers_government_alone() -> None:
    here, there = make_office(), make_office()
    stranger = Client().get("/tanya/penelaah/")
    assert "Masuk dahulu" in words(stranger), "nobody guesses whose reviewers are meant"
    assert Client().post("/tanya/penelaah/", {"pertanyaan": TEXT, "kirim": "1"}).status_code == 422
    assert 'name="teruskan"' not in words(Client().post("/tanya/kios/", {"pertanyaan": UNCLEAR}))
    Client().post("/tanya/kios/", {"pertanyaan": UNCLEAR, "teruskan": "1"})
    assert not Consultation.objects.exists()
    asker = factories.make_account(factories.make_person(factories.make_unit(here.government)))
    client = sign_in(Client(), asker, second_factor=False)
    assert here.government.name in words(client.get("/tanya/penelaah/"))
    client.post("/tanya/penelaah/", {"pertanyaan": SECRET, "kirim": "1"})
    assert SECRET in words(reviewer(here.first).get("/penelaahan/"))
    assert SECRET not in words(reviewer(there.first).get("/penelaahan/"))


def test_a_precedent_past_its_validity_says_so_and_shows_no_verdict() -> None:
    office = make_office()
    yesterday = timezone.localdate() - timedelta(days=1)
    made = make_precedent(office, replace(DRAFT, valid_until=yesterday))
    page = words(Client().get(path_of(made)))
    assert "Masa berlakunya sudah lewat" in page and "verdict-word" not in page
    assert "Dilarang (disiplin)</strong>" not in words(Client().get("/preseden/"))
    assert "Sudah dijawab" not in words(Client().get("/hukum/perbuatan/like/"))
