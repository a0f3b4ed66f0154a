"""A permission reaches the act it was given for, and nothing else that stands in the question."""

from __future__ import annotations

import pytest

from netral.law import library
from netral.law.asking import Answer, Said, answer, converse
from netral.law.asking.forewords import BOOTH
from netral.law.asking.show import answer_json, answer_text
from netral.law.vocabulary import OUTCOME_WORDS, Outcome

PERMITTED = ("allowed", "conditional")


def tapped(text: str, act: str) -> Answer:
    """The answer after the act was chosen on the page."""
    return converse(Said(text, {}, (act,)))


def assert_held_back(found: Answer, quoted: str) -> None:
    assert found.status == "partial" and found.outcome == "unclear"
    assert answer_text(library(), found).startswith("BELUM ADA JAWABAN")
    (part,) = found.parts
    assert part.outcome == "unclear" and any(quoted in piece for piece in part.unanswered)
    for language in ("id", "en"):
        shown = answer_text(library(), found, language)
        assert quoted in shown
        for word in (Outcome.ALLOWED, Outcome.ALLOWED_IF):
            assert f": {OUTCOME_WORDS[word].in_language(language).upper()}" not in shown
    assert answer_json(found)["status"] == "partial"
    assert answer_json(found)["parts"][0]["outcome"] == "unclear"


@pytest.mark.parametrize(
    ("text", "act", "quoted"),
    [
        ("nyoblos 2 kali di tps tetangga", "vote", "2 kali"),
        ("nyoblos pake undangan orang lain", "vote", "undangan orang lain"),
        ("nonton debat di tv sambil bikin status dukung paslon 1", "watch_debate", "bikin status"),
        ("nonton debat di rumah terus share cuplikannya ke grup", "watch_debate", "share"),
        ("baca visi misi di web kpu lalu diposting biar pada milih dia", "read_platform", "diposting"),
        ("nolak arahan kadis tapi saya bagi kaos paslon sebelah", "refuse_order", "bagi kaos"),
        ("lapor bawaslu tapi isinya palsu", "report_breach", "palsu"),
        ("lapor panwas sekalian ngancem temen saya", "report_breach", "ngancem"),
        ("like postingan caleg", "vote", "like postingan caleg"),
        ("nyoblos pakai undangan punya kakak", "vote", "undangan punya kakak"),
        ("nobar debat di markas partai", "watch_debate", "markas partai"),
        ("nonton debat di tv sambil ngompori tetangga", "watch_debate", "ngompori"),
        ("baca program calon dan nyebarin stikernya", "read_platform", "nyebarin stikernya"),
        ("jadi kpps sekalian ngumpulin ktp warga", "adhoc_body", "ngumpulin ktp"),
    ],
)  # fmt: skip
def test_a_choice_permits_nothing_that_it_does_not_speak_of(
    text: str, act: str, quoted: str
) -> None:
    assert_held_back(tapped(text, act), quoted)


@pytest.mark.parametrize(
    ("text", "act", "outcome"),
    [
        ("nyoblos di tps dekat rumah", "vote", "allowed"),
        ("pns boleh nyoblos kan?", "vote", "allowed"),
        ("nonton debat di tv bareng keluarga", "watch_debate", "allowed"),
        ("lapor bawaslu soal teman yang kampanye", "report_breach", "allowed"),
        ("nolak perintah kadis buat ikut kampanye", "refuse_order", "allowed"),
        ("baca visi misi calon di web kpu", "read_platform", "allowed"),
        ("status saya pns, boleh nyoblos?", "vote", "allowed"),
    ],
)
def test_a_choice_that_speaks_of_the_whole_stays(text: str, act: str, outcome: str) -> None:
    found = tapped(text, act)
    assert found.status == "answered" and found.outcome == outcome


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("saya lapor pelanggaran ke bawaslu sambil upload fotonya di ig boleh?", "upload fotonya"),
        ("lapor kasn tapi laporannya boongan", "boongan"),
        ("ngelaporin camat ke bawaslu tp buktinya palsu", "palsu"),
        ("nonton debat di tv sambil ngompori tetangga", "ngompori"),
        ("saya melaporkan camat ke bawaslu dan upload fotonya di ig, boleh?", "upload fotonya"),
    ],
)
def test_nothing_is_permitted_at_once_either(text: str, quoted: str) -> None:
    found = converse(Said(text))
    assert found.outcome not in PERMITTED or found.status == "choose_act"
    if found.status != "choose_act":
        assert_held_back(found, quoted)


@pytest.mark.parametrize(
    "text",
    [
        "nonton debat di tv sambil makan malam, boleh?",
        "pns nyoblos terus langsung pulang, boleh?",
        "baca visi misi di web kpu tapi ga dishare, boleh?",
        "nolak perintah kadis terus saya catat tanggalnya, boleh?",
        "saya nyoblos bulan lalu di tps pindahan, boleh kan?",
        "ajak warga ke tps dan tolak politik uang, boleh?",
        "istri saya bukan pegawai, dia jadi relawan dan pakai kaosnya, saya pns aman?",
    ],
)
def test_what_people_do_in_passing_takes_nothing_back(text: str) -> None:
    assert answer(text).outcome in PERMITTED


def test_a_choice_against_words_like_those_of_a_prohibition_permits_nothing() -> None:
    text = "ngobrol politik di warung biar orang pada pilih petahana"
    assert converse(Said(text)).outcome == "forbidden"  # what the words are like, without a tap
    assert_held_back(tapped(text, "talk_politics"), text)


# --- the booth ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "bantu nenek coblos di bilik boleh?",
        "dampingi bapak yang buta nyoblos, boleh?",
        "boleh wakilin ibu nyoblos di tps?",
        "boleh nuntun kakek masuk bilik suara buat milih?",
    ],
)
def test_helping_another_to_vote_is_never_simply_allowed(text: str) -> None:
    for found in (converse(Said(text)), tapped(text, "vote")):
        is_open = found.status in ("choose_act", "ask_first")
        assert found.outcome not in PERMITTED or is_open
        if found.status not in ("outside", "ask_first"):
            assert BOOTH.id in answer_text(library(), found)


def test_going_to_the_polling_station_together_is_free() -> None:
    for text in ("boleh antar ibu ke tps buat nyoblos?", "pns boleh nyoblos bareng istri?"):
        assert answer(text).outcome in PERMITTED, text


# --- duty ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ajudan wabup ikut kampanye boleh?",
        "saya protokol setda, boleh hadir di kampanye petahana?",
        "saya sespri gubernur, gubernur kampanye, boleh ikut?",
    ],
)
def test_an_office_alone_is_no_letter_of_assignment(text: str) -> None:
    found = converse(Said(text))
    assert (found.status, [item.fact for item in found.ask]) == ("ask_first", ["duty"])
    for told in ({}, {"duty": "no"}):
        without = converse(Said(text, told, (), ("duty",)))
        assert without.outcome not in PERMITTED, told
        assert "rally_on_duty" not in {part.act for part in without.parts}


def test_who_says_to_be_on_duty_is_not_asked_for_it() -> None:
    for text in (
        "ajudan bupati dengan surat tugas hadir di kampanye boleh?",
        "satpol pp ditugaskan jaga kampanye, boleh kan",
    ):
        found = converse(Said(text))
        assert found.outcome == "conditional"
        assert "duty" not in {item.fact for item in found.ask}


# --- the press, and offices of the election -----------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ditanya wartawan pilih siapa, saya jawab nomor 3 boleh?",
        "diwawancara tv lokal terus saya sebut nomor 1, boleh?",
        "reporter nanya jagoan saya, saya bilang nomor 2",
    ],
)
def test_a_choice_told_to_the_press_is_support_in_public(text: str) -> None:
    first = converse(Said(text))
    assert first.understanding.facts().get("stance") == "support"
    told = {"service_attributes": "no", "facilities": "no"}
    for found in (first, converse(Said(text, told, (), tuple(told)))):
        assert found.outcome not in PERMITTED or found.status == "choose_act"
        assert "rally_on_duty" not in {part.act for part in found.parts}


def test_a_journalist_who_asks_puts_nobody_on_duty() -> None:
    for text in (
        "jurnalis wawancara saya, boleh sebut pilihan saya?",
        "wartawan nanya dukung siapa boleh dijawab?",
    ):
        assert "rally_on_duty" not in {part.act for part in answer(text).parts}, text


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("saya kpps, boleh bisikin pemilih pilih nomor berapa?", "urge_vote"),
        ("ppk boleh terima bingkisan dari caleg?", "receive_money"),
        ("anggota panwascam boleh ditraktir makan dari timses?", "receive_money"),
        ("pantarlih boleh pasang stiker paslon di pintu?", "own_props"),
    ],
)
def test_what_an_officer_of_the_election_does_is_not_lost_behind_the_office(
    text: str, deed: str
) -> None:
    for told in ({}, {"permission": "yes"}):
        found = converse(Said(text, told, (), tuple(told)))
        assert found.outcome not in PERMITTED
        assert deed in {part.act for part in found.parts}


@pytest.mark.parametrize(
    "text",
    ["saya kpps pns, nambahin suara satu caleg di rekap boleh?", "petugas kpps nyoblos sisa surat suara"],
)  # fmt: skip
def test_a_permission_for_the_office_permits_no_wrong_done_in_it(text: str) -> None:
    found = converse(Said(text, {"permission": "yes"}, (), ("permission",)))
    assert found.outcome not in PERMITTED


def test_the_office_alone_is_open_with_permission() -> None:
    told = {"permission": "yes"}
    found = converse(Said("guru pns jadi kpps boleh?", told, (), tuple(told)))
    assert [part.act for part in found.parts] == ["adhoc_body"] and found.outcome == "conditional"


# --- out of uniform -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "May a civil servant go to a campaign rally out of uniform only to listen?",
        "may I attend a campaign in plain clothes just to listen",
        "may I attend the campaign in civilian clothes",
        "may a pns watch a campaign rally not in uniform",
    ],
)
def test_who_is_out_of_uniform_is_not_told_of_one(text: str) -> None:
    found = answer(text)
    assert found.understanding.facts()["service_attributes"] == "no"
    assert "rally_uniform" not in {part.act for part in found.parts}


def test_who_is_in_uniform_is() -> None:
    found = answer("may a pns attend a campaign rally in uniform just to listen")
    assert found.understanding.facts()["service_attributes"] == "yes"
    assert found.outcome == "forbidden"
