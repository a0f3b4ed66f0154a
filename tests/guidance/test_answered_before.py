"""A precedent is found by the words of its question, and nothing contradicts it silently."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from netral.guidance.citing import path_of
from netral.guidance.models import Consultation
from netral.guidance.queries.alike import answered_before
from netral.guidance.services import precedents
from netral.guidance.services.precedents import Draft
from netral.law.asking import likeness
from tests.guidance.desk import words
from tests.guidance.factories import DRAFT, NOW, Office, make_office, make_precedent

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
BIRDS = Draft(
    "Bolehkah pegawai ikut lomba burung berkicau yang hadiahnya disponsori tim sukses?",
    "Tidak. Hadiahnya dari tim sukses, jadi ikut berarti menerima darinya.",
    "", {}, ("SKB-2022/D6",),
)  # fmt: skip
QUESTIONS = {
    "Bolehkah PNS menyukai unggahan calon kepala daerah?": (
        ("pns boleh like postingan calon bupati gak?",
         "apakah ASN dilarang memberi like pada unggahan calon kepala daerah"),
        ("bolehkah PNS menjadi ketua RT?", "bolehkah PNS menjadi calon kepala daerah?",
         "bolehkah PNS memasang baliho calon kepala daerah di rumah",
         "pns foto bareng calon kepala daerah boleh?",
         "PPPK boleh like unggahan calon kepala daerah?"),
    ),
    "Bolehkah guru menerima bingkisan dari perkumpulan orang tua murid yang diketuai istri calon?":
    (
        ("guru terima bingkisan dari paguyuban wali murid yg ketuanya istri calon, boleh?",
         "saya guru, dikasih bingkisan oleh perkumpulan orang tua murid, ketuanya istri calon "
         "bupati, boleh diterima gak"),
        ("bolehkah guru membagikan bingkisan kepada murid saat lebaran?",
         "istri calon mengundang guru ke acara arisan, boleh hadir?",
         "bolehkah guru mengajar anak calon bupati les privat"),
    ),
    BIRDS.question: (
        ("ikut lomba burung kicau sponsornya timses, pegawai boleh?",
         "pegawai boleh gak ikut kontes burung berkicau yg hadiahnya dari tim sukses"),
        ("bolehkah pegawai ikut lomba 17 agustus di kantor?",
         "tim sukses memberi hadiah kepada pegawai, boleh diterima?",
         "bolehkah pegawai memelihara burung di kantor?"),
    ),
    "Apakah PPPK yang suaminya mencalonkan diri sebagai kepala desa wajib cuti?": (
        ("suami nyalon kades, istri PPPK wajib ambil cuti?",),
        ("PPPK mencalonkan diri sebagai kepala desa", "apakah PPPK wajib cuti hamil 3 bulan?",
         "suami saya calon bupati, saya PNS boleh ikut kampanye?"),
    ),
    "Bolehkah ASN menulis opini di koran tentang pemilu tanpa menyebut nama calon?": (
        ("asn nulis opini di koran soal pemilu, ga sebut calon, boleh?",
         "menulis artikel opini tentang pemilu di surat kabar tanpa menyebut calon bagi ASN"),
        ("Bolehkah ASN menulis opini di koran tentang pemilu dengan menyebut nama calon?",
         "bolehkah ASN membaca koran berisi berita calon", "asn jadi wartawan lepas"),
    ),
    "Apakah pegawai boleh tetap menjadi admin grup WhatsApp alumni sekolah yang dipakai anggota "
    "lain untuk mengirim materi kampanye?": (
        ("saya admin grup wa alumni, ada anggota yg share materi kampanye, boleh tetap jadi "
         "admin?",
         "pegawai jadi admin grup whatsapp alumni sekolah, anggotanya kirim kampanye, gimana"),
        ("pegawai mengirim materi kampanye ke grup WhatsApp keluarga",
         "bolehkah pegawai keluar dari grup wa kantor?"),
    ),
}  # fmt: skip
"""A precedent's question; the same in other words; others with the same things in them."""


def ask(text: str) -> str:
    return words(Client().post("/tanya/", {"pertanyaan": text}))


def found(text: str, office: Office) -> list[str]:
    before = answered_before(text, DAY, government=office.government)
    return [one.question for one in before.close]


def test_other_words_find_a_precedent_and_other_questions_do_not() -> None:
    office = make_office()
    for question in QUESTIONS:
        make_precedent(office, replace(BIRDS, question=question))
    for question, (same, others) in QUESTIONS.items():
        for text in (question, *same):
            assert found(text, office) == [question], text
        for text in others:
            assert found(text, office) == [], text


def test_a_precedent_about_no_act_stands_above_the_automatic_answer() -> None:
    made = make_precedent(make_office(), BIRDS)
    page = ask(BIRDS.question)
    assert f"Preseden 1/2026, {made.government.name}" in page
    assert f'href="{path_of(made)}"' in page and "Berlaku selama ketentuannya berlaku" in page
    assert page.index("Hadiahnya dari tim sukses") < page.index("disusun otomatis dari data hukum")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Boleh, asal tidak memakai atribut.", "Jawaban otomatis di bawah ini berbunyi lain"),
        ("Tidak. Menyukai termasuk yang dilarang.", "Jawaban otomatis di bawah ini sejalan"),
        ("Tergantung akunnya.", "tanpa membaca preseden"),
    ],
)
def test_an_automatic_answer_says_how_it_stands_to_the_precedent(answer: str, said: str) -> None:
    make_precedent(make_office(), replace(DRAFT, answer=answer, act="", facts={}))
    page = ask("boleh gak pns like postingan calon kepala daerah?")
    assert "Sudah dijawab penelaah hukum" in page and said in page
    assert page.index(said) < page.index("verdict-word")


def withdraw(made: Consultation, office: Office) -> None:
    precedents.withdraw(consultation=made, reason="Keliru menilai", actor=office.first, now=NOW)


def flag(made: Consultation, office: Office) -> None:
    Consultation.objects.filter(pk=made.pk).update(state="flagged", notice="SKB-2022/D6")


def expire(made: Consultation, office: Office) -> None:
    Consultation.objects.filter(pk=made.pk).update(valid_until=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (withdraw, "Keliru menilai"),
        (flag, "Sedang ditinjau ulang"),
        (expire, "Masa berlakunya sudah lewat"),
    ],
)
def test_what_holds_no_longer_is_shown_as_such_and_without_its_answer(
    happens: object, said: str
) -> None:
    office = make_office()
    made = make_precedent(office, BIRDS)
    assert callable(happens)
    happens(made, office)
    page = ask(BIRDS.question)
    assert said in page and "Preseden 1/2026" in page
    assert "Hadiahnya dari tim sukses" not in page and "Sudah dijawab" not in page
    make_precedent(office, BIRDS)
    page = ask(BIRDS.question)
    assert "Hadiahnya dari tim sukses" in page and page.count("data-before>") == 1


def test_what_is_put_right_no_longer_fits_the_precedent() -> None:
    office = make_office()
    make_precedent(office)
    told = {"pertanyaan": "boleh like unggahan calon kepala daerah?"}
    assert "data-before" in words(Client().post("/tanya/", told))
    assert "data-before" not in words(Client().post("/tanya/", {**told, "fakta": "status:PPPK"}))


def test_programs_are_told_of_the_precedent_too() -> None:
    made = make_precedent(make_office(), BIRDS)
    answer = Client().post(
        "/api/hukum/ask", json.dumps({"question": BIRDS.question}), content_type="application/json"
    )
    (told,) = answer.json()["precedents"]
    assert (told["number"], told["holds"]) == (1, True)
    assert told["address"].endswith(path_of(made))


def test_the_screen_in_the_foyer_shows_the_answer_without_a_way_out() -> None:
    make_precedent(make_office(), BIRDS)
    page = words(Client().post("/tanya/kios/", {"pertanyaan": BIRDS.question}))
    assert "Hadiahnya dari tim sukses" in page and "/preseden/" not in page


def test_ones_own_government_goes_first() -> None:
    other, own = make_office(), make_office()
    make_precedent(other, BIRDS)
    mine = make_precedent(own, BIRDS, now=NOW - timedelta(days=3))
    before = answered_before(BIRDS.question, DAY, government=own.government)
    assert before.close[0] == mine and len(before.close) == 2


def test_the_old_address_with_a_key_leads_to_the_number() -> None:
    made = make_precedent(make_office(), BIRDS)
    moved = Client().get(f"/preseden/{made.pk}/")
    assert moved.status_code == 301 and moved["Location"] == path_of(made)
    assert str(made.pk) not in words(Client().get(path_of(made)))
    assert Client().get("/preseden/99.99/2026/1/").status_code == 404


def test_nothing_of_a_question_is_remembered_by_the_process() -> None:
    make_precedent(make_office(), BIRDS)
    likeness.content_of.cache_clear()
    ask("ikut lomba burung kicau sponsornya timses, boleh?")
    assert likeness.content_of.cache_info().currsize == 1
