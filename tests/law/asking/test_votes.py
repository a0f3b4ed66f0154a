"""Money for votes, help in the booth, village elections, not voting, congratulating the winner."""

from __future__ import annotations

import pytest

from netral.law import Outcome, library
from netral.law.asking import Answer, Said, converse
from netral.law.asking.show import answer_text


def ask(question: str, **facts: str) -> Answer:
    return converse(Said(question, facts))


def test_who_takes_an_envelope_in_a_regional_election_hears_of_the_crime() -> None:
    found = ask("nerima amplop serangan fajar 100rb boleh ga?")
    assert (found.status, found.outcome, found.klass) == ("answered", "crime", "crime")
    assert found.provisions[0] == "UU-10-2016/187A.2"
    text = answer_text(library(), found)
    assert "Tidak ditemukan aturan" not in text and "36 sampai 72 bulan" in text
    assert "Yang dianggap" in text and "agar memilih, tidak memilih, atau golput" in text


def test_a_general_election_threatens_the_giver_and_leaves_the_voter_disputed() -> None:
    found = ask("nerima amplop serangan fajar 100rb boleh ga?", election="pemilu")
    assert found.worst is not None and found.worst.guess.outcome is Outcome.CONTESTED
    assert found.worst.guess.finding.contests == ("paid-voter",)
    assert "UU-10-2016/187A.2" not in found.provisions and found.outcome == "forbidden"


@pytest.mark.parametrize(
    ("question", "act", "provision"),
    [
        ("jual beli suara", "sell_vote", "UU-10-2016/187A.2"),
        ("jual suara boleh ga", "sell_vote", "UU-10-2016/187A.2"),
        ("bagi amplop ke warga biar pilih paslon 1 boleh?", "buy_vote", "UU-10-2016/187A.1"),
        ("saya cerita ke tetangga siapa yg dicoblos nenek pas saya bantu", "reveal_vote",
         "UU-10-2016/178H"),
    ],
)  # fmt: skip
def test_what_is_done_with_a_vote_is_read_as_the_crime_it_is(
    question: str, act: str, provision: str
) -> None:
    found = ask(question)
    assert [part.act for part in found.parts] == [act]
    assert found.worst is not None and found.worst.guess.outcome is Outcome.CRIME
    assert provision in found.provisions and found.outcome in ("crime", "forbidden")


@pytest.mark.parametrize(
    "question",
    [
        "dampingi nenek ke bilik suara boleh?",
        "bantu bapak saya yang buta nyoblos di bilik",
        "nenek saya lumpuh boleh saya cobloskan?",
    ],
)
def test_help_in_the_booth_waits_for_who_the_voter_is(question: str) -> None:
    found = ask(question)
    assert [part.act for part in found.parts] == ["assist_voter"]
    assert (found.status, [item.fact for item in found.ask]) == ("ask_first", ["needs_help"])
    able = ask(question, needs_help="no", election="pemilihan")
    assert able.worst is not None and able.worst.verdict.outcome is Outcome.CRIME
    hindered = ask(question, needs_help="yes")
    assert hindered.worst is not None and hindered.worst.guess.outcome is Outcome.ALLOWED_IF
    unasked = ask(question, needs_help="unasked")
    assert unasked.outcome != "allowed" and "KPPS" in answer_text(library(), unasked)


def test_a_village_election_asks_for_permission_not_for_resigning() -> None:
    found = ask("pns mau nyalon kades hrs mundur?")
    assert [part.act for part in found.parts] == ["run_village"]
    assert [item.fact for item in found.ask] == ["permission"]
    text = answer_text(library(), found)
    assert "bukan Pemilu dan bukan Pilkada" in text and "status PNS tetap" in text
    assert "pemilihan kepala daerah" not in text, "nothing rests on an election it is not"
    allowed = ask("pns mau nyalon kades hrs mundur?", permission="yes")
    assert allowed.provisions[0] == "PP-43-2014/43" and allowed.outcome == "conditional"
    assert not {"UU-10-2016/7.2.t", "PP-11-2017/254"} & {*found.provisions, *allowed.provisions}


@pytest.mark.parametrize(
    "question", ["pns mau nyalon bupati hrs mundur?", "kades mau nyalon bupati"]
)
def test_who_runs_for_regent_is_no_candidate_of_a_village(question: str) -> None:
    assert "run_village" not in [part.act for part in ask(question).parts]


def test_not_voting_is_a_right_and_urging_others_is_not_free() -> None:
    law = library()
    own, others = (
        converse(Said("golput", acts=(act,))).worst for act in ("abstain", "urge_abstain")
    )
    assert own is not None and own.guess.outcome is Outcome.ALLOWED_IF
    conditions = [item.id for item in own.guess.finding.conditions]
    assert any("Pasal 515" in item for item in conditions)
    assert "pernyataan" not in law.provision("STATEMENTS/golput").text.id
    assert others is not None and others.guess.outcome is Outcome.CONTESTED


@pytest.mark.parametrize(
    "text",
    [
        "mandor bilang yang tidak coblos nomor empat besok jangan masuk",
        "bayar orang supaya tidak nyoblos",
        "seruan tidak memilih paslon tertentu saya tanda tangani",
    ],
)
def test_who_makes_others_stay_away_is_not_read_as_not_voting(text: str) -> None:
    found = ask(text)
    assert "abstain" not in [part.act for part in found.parts]
    assert found.status != "answered" or found.outcome not in ("allowed", "conditional")


def test_who_carries_or_returns_an_envelope_is_not_read_as_taking_one() -> None:
    for text in ("cuma kurir bagi amplop titipan timses", "amplop dari timses saya kembalikan"):
        assert "receive_money" not in [part.act for part in ask(text).parts]


def test_congratulating_the_winner_is_at_most_unclear() -> None:
    found = converse(Said("ucapin selamat", acts=("congratulate",)))
    assert found.outcome == "unclear" and found.status == "review"
    read = ask("ucapin selamat ke calon yg menang boleh?")
    assert [part.act for part in read.parts] == ["congratulate"]


def test_attributes_in_daily_life_name_the_article_on_campaigns() -> None:
    for question in ("bos maksa pake kaos paslon pas senam pagi", "pakai kaos partai boleh?"):
        assert "PP-94-2021/5.n.2" in ask(question).provisions


def test_calls_against_money_politics_stay_free() -> None:
    assert ask("sosialisasi tolak politik uang boleh?").outcome == "allowed"


@pytest.mark.parametrize(
    ("question", "acts", "outcome"),
    [
        ("jual beli suara boleh?", {"sell_vote", "buy_vote"}, "crime"),
        ("terima uang transport dari tim sukses terus nggak nyoblos dia gimana",
         {"receive_money"}, "crime"),
        ("boleh terima amplop dari caleg?", {"receive_money"}, "forbidden"),
        ("golput boleh ga", {"abstain"}, "conditional"),
        ("boleh ngajak golput?", {"urge_abstain"}, "forbidden"),
        ("ngasih selamat ke bupati terpilih di IG", {"congratulate"}, "unclear"),
    ],
)  # fmt: skip
def test_what_people_ask_most_about_votes_has_an_answer(
    question: str, acts: set[str], outcome: str
) -> None:
    found = ask(question)
    assert acts & {part.act for part in found.parts}
    assert found.status != "choose_act" and found.outcome == outcome


@pytest.mark.parametrize(
    "question",
    [
        "Bolehkah guru menganjurkan siswanya untuk tidak memilih?",
        "traktir bakso warga se gang biar ga usah nyoblos",
        "bagi duit ke anak muda biar ga dateng ke tps",
        "kasih kuota gratis buat yang mau ikut golput",
        "nulis di fb: rakyat pintar itu golput, ikuti saya",
        "gw barter hak pilih sama beras",
        "masuk bilik sama istri biar tau dia nyoblos siapa",
        "pas dampingin nenek saya pilihkan paslon favorit saya",
        "kupake undangan kakak buat nyoblosin dia",
        "mbah yg kubantu ternyata milih nomor 3, kuceritain ke bapak",
        "tak critakne mbah nyoblos sopo, aku sing ndampingi",
        "hak pilih dijual aja lumayan",
        "hak pilih boleh diwakilkan?",
        "orang orang tak suruh golput",
        "anakku tak kon golput",
        "ngegolputin satu kos",
        "tak bayar tonggo kabeh ben golput",
        "tidak memilih karena disogok",
        "dibayar supaya tidur aja pas hari h",
        "menawarkan uang kepada teman agar abstain",
        "can I tell my students to abstain",
        "may i vote for whoever pays me",
        "voting on behalf of my sick wife",
    ],
)
def test_nothing_wrong_done_with_votes_is_answered_with_a_permission(question: str) -> None:
    found = ask(question)
    assert found.status != "answered" or found.outcome not in ("allowed", "conditional")


@pytest.mark.parametrize(
    "question",
    [
        "terima amplop uang lelah dari wali murid habis rapor",
        "jadwal pilkades dan syarat umur calon kades",
    ],
)
def test_what_only_shares_words_with_votes_gets_no_verdict(question: str) -> None:
    found = ask(question)
    assert found.status != "answered" or found.outcome == "out_of_scope"


BEYOND_VOTING = (
    "boleh coblos lebih dari satu di tps yang sama?",
    "boleh coblos dua calon?",
    "nyoblos semua calon biar ga sah?",
    "boleh nyoblos lagi di tps lain kalau tinta sudah hilang?",
    "nyoblos dua kali",
    "boleh larang anak buah izin ke tps?",
    "larang pegawai pulang mencoblos",
    "halangi bawahan nyoblos",
    "boleh terima beras dari calon kepala desa?",
    "terima duit dari cakades?",
    "boleh terima uang tapi saya lapor bawaslu?",
    "saya kpps boleh mencobloskan sisa surat suara?",
    "kpps boleh coblos surat suara sisa?",
    "boleh foto surat suara yang sudah dicoblos di bilik?",
    "boleh selfie di bilik suara?",
    "boleh coblos untuk istri yang lagi sakit?",
    "mewakili bapak nyoblos",
    "pakai undangan orang lain nyoblos",
    "pakai C6 orang lain nyoblos",
    "nyoblos di dua tps?",
    "pakai c6 orang lain?",
    "sembunyikan c6 warga?",
)


def permits(found: Answer) -> bool:
    return found.status != "choose_act" and found.outcome in ("allowed", "conditional")


@pytest.mark.parametrize("question", BEYOND_VOTING)
def test_what_goes_beyond_voting_is_permitted_by_no_answer_and_no_choice(question: str) -> None:
    found = ask(question)
    assert found.outcome not in ("allowed", "conditional", "out_of_scope")
    for asked in found.ask:
        for value, _words in asked.answers:
            assert not permits(ask(question, **{asked.fact: value})), (asked.fact, value)
    for act in ("vote", "abstain", "assist_voter", "ink_selfie", "report_breach", "run_village"):
        assert not permits(converse(Said(question, acts=(act,)))), act


@pytest.mark.parametrize(
    ("question", "act", "outcome"),
    [
        ("boleh nyoblos?", "vote", "allowed"),
        ("boleh golput?", "abstain", "conditional"),
        ("boleh foto jari tinta di depan tps?", "ink_selfie", "conditional"),
        ("boleh jadi calon kepala desa?", "run_village", "conditional"),
        ("boleh lapor bawaslu kalau ada yang bagi uang?", "report_breach", "allowed"),
    ],
)
def test_plain_voting_and_what_stands_beside_it_stay_permitted(
    question: str, act: str, outcome: str
) -> None:
    found = ask(question)
    assert ([part.act for part in found.parts], found.outcome) == ([act], outcome)
