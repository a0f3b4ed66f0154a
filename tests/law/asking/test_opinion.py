"""The second opinion puts a misread act right, and never makes anything allowed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from netral.law.asking import answer
from netral.law.asking.features import tell
from netral.law.asking.knowledge import FOLDER, knowledge
from netral.law.asking.linear import read_linear
from netral.law.asking.opinion import OUTCOMES, features, is_outside, opinion, weighed
from netral.law.asking.settling import settled
from netral.law.asking.shapes import COARSE

OWN = Path(__file__).parent / "questions.jsonl"
QUESTION = "boleh gak pns like postingan calon bupati pas masa kampanye?"
SCORES = dict.fromkeys(OUTCOMES, 0.1)


def test_the_comparison_of_outcomes_knows_all_outcomes() -> None:
    assert read_linear(FOLDER / "trained_outcomes.txt").classes == OUTCOMES


@pytest.mark.parametrize("first", [name for name in COARSE if name != "allowed"])
def test_it_never_allows_what_the_law_data_do_not_allow(first: str) -> None:
    assert weighed(first, SCORES | {"allowed": 9.0}) == "conditional"


def test_it_takes_an_allowed_back_where_it_sees_a_prohibition() -> None:
    free = SCORES | {"allowed": 0.7, "forbidden": 0.05, "crime": 0.01}
    assert weighed("allowed", free) == "allowed"
    doubtful = free | {"forbidden": 0.09, "crime": 0.02}
    assert weighed("allowed", doubtful) != "allowed"


def test_who_asks_what_follows_is_not_told_that_the_act_is_allowed() -> None:
    sure = SCORES | {"allowed": 9.0, "forbidden": 0.0, "crime": 0.0}
    free = answer("boleh lapor ASN tidak netral ke Bawaslu?", second_opinion=False)
    assert free.outcome == settled(free, sure).outcome == "allowed"
    after = answer("lapor ASN tidak netral ke Bawaslu, BAP saya gimana?", second_opinion=False)
    assert after.outcome == "allowed" and settled(after, sure).outcome == "conditional"


def test_the_first_opinion_stands_against_a_slight_doubt_and_yields_to_a_strong_one() -> None:
    assert weighed("conditional", SCORES | {"forbidden": 0.19}) == "conditional"
    assert weighed("conditional", SCORES | {"forbidden": 0.3}) == "forbidden"


def test_what_it_holds_free_speaks_for_a_condition_and_never_allows() -> None:
    halves = dict.fromkeys(OUTCOMES, 0.0) | {"allowed": 0.4, "conditional": 0.3, "forbidden": 0.3}
    assert weighed("forbidden", halves) == "conditional"
    assert weighed("unclear", halves) == "conditional"


def test_where_it_overrides_the_acts_are_offered_instead_of_a_verdict() -> None:
    first = answer(QUESTION, second_opinion=False)
    assert first.outcome == "forbidden" and first.status == "answered"
    found = settled(first, SCORES | {"conditional": 2.0})
    assert (found.outcome, found.status, found.klass) == ("conditional", "choose_act", None)
    assert settled(first, SCORES | {"forbidden": 0.2}) is first


def test_a_question_is_beside_the_subject_where_both_views_of_it_say_so() -> None:
    beside, within = SCORES | {"out_of_scope": 1.0}, SCORES | {"forbidden": 1.0}
    assert is_outside(beside, -1.0) and not is_outside(within, 1.0)
    assert is_outside(SCORES | {"out_of_scope": 0.5, "forbidden": 0.5}, -0.2)
    assert not is_outside(SCORES | {"out_of_scope": 0.4, "forbidden": 0.6}, 0.8)


def test_it_keeps_silent_once_the_person_has_said_what_is_meant() -> None:
    for told in ({"acts": ["like"]}, {"facts": {"account": "candidate"}}):
        assert answer(QUESTION, **told) == answer(QUESTION, **told, second_opinion=False)


def test_it_scores_every_outcome_and_sees_what_was_said_beside_the_question() -> None:
    question = tell(QUESTION, knowledge())
    alone = opinion().scores(question)
    assert tuple(alone) == (*COARSE, "out_of_scope")
    assert max(alone, key=lambda name: alone[name]) == "forbidden"
    assert opinion().scores(question, subject="spouse", phase="campaign") != alone
    assert sum(alone.values()) == pytest.approx(1)
    assert len(set(opinion().scores(tell("", knowledge())).values())) == 1, (
        "nothing said: nothing likelier"
    )


def test_what_was_found_together_is_seen_beside_each_alone() -> None:
    seen = features(tell(QUESTION, knowledge()), subject="spouse", phase="campaign")
    assert {"act=like", "subject:spouse", "act=like&conduct=react"} <= set(seen)
    assert {"act=like&subject:spouse", "act=like&phase:campaign"} <= set(seen)


def test_circumstances_are_read_once_and_seen() -> None:
    question = tell("tiba2 dimasukin grup timses, langsung keluar. BAP saya gimana?", knowledge())
    assert {"unwilled", "undone", "procedure"} <= question.asks
    assert {"asks=unwilled", "asks=undone", "asks=procedure"} <= set(features(question))


def test_what_is_no_question_of_neutrality_is_told_so() -> None:
    for text in (
        "asdf qwer zxcv",
        "halo",
        "gimana soal itu",
        "Adik polisi, dia boleh nyoblos ga pas pemilu?",
    ):
        assert answer(text).outcome == "out_of_scope", text


def test_of_several_acts_the_gravest_is_not_softened() -> None:
    first = answer("kalau pns nyoblos boleh kan? kalau jadi anggota partai gimana?")
    assert len(first.parts) > 1 and first.outcome == "forbidden"
    assert settled(first, SCORES | {"conditional": 2.0}) is first
    assert settled(first, SCORES | {"crime": 9.0}).outcome == "crime"


def test_a_crime_that_was_found_and_asked_about_is_not_softened() -> None:
    first = answer("calon bupati ngajak guru PNS orasi kampanye, calonnya kena hukuman apa?")
    assert first.outcome == "crime"
    assert settled(first, SCORES | {"forbidden": 2.0}).outcome == "crime"


def test_it_is_no_worse_than_the_acts_alone_on_questions_it_was_not_trained_on() -> None:
    rows = [json.loads(line) for line in OWN.read_text("utf-8").splitlines()]
    alone = both = 0
    for row in rows:
        beside = {"subject": row["subject"], "phase": row["phase"]}
        first = answer(row["question"], **beside, second_opinion=False)
        alone += first.outcome == row["verdict_coarse"]
        both += answer(row["question"], **beside).outcome == row["verdict_coarse"]
    assert both >= alone - len(rows) // 100, "one in a hundred is chance, from training to training"


@pytest.mark.parametrize(
    ("text", "subject", "phase", "outcome"),
    [
        ("kepala sekolah SD izinkan caleg kampanye di kelas", "PNS", "campaign", "forbidden"),
        ("sampai di lokasi deklarasi, acaranya sudah bubar", "PNS", "candidacy", "conditional"),
        ("cerita ke istri di rumah mau dukung siapa, PNS kena?", "PNS", "campaign", "conditional"),
        ("maju calon bupati diam diam, tidak mundur dari PNS", "PNS", "candidacy", "forbidden"),
        ("follow semua paslon biar imbang, dilarang?", "ASN", "campaign", "unclear"),
        ("bkn bilang boleh hadir kampanye, bawaslu bilang jangan", "ASN", "campaign", "unclear"),
        ("unggah dukungan cagub itu etik atau pidana?", "ASN", "campaign", "unclear"),
        ("timses yang menarik guru PNS kampanye dihukum apa", "any", "campaign", "crime"),
    ],
)
def test_what_a_circumstance_decides(text: str, subject: str, phase: str, outcome: str) -> None:
    found = answer(text, subject=subject, phase=phase, second_opinion=False)
    assert found.outcome == outcome


def test_a_circumstance_never_helps_who_took_sides() -> None:
    text = "acaranya sudah bubar tapi saya sempat orasi dukung bakal calon di deklarasi"
    assert answer(text, subject="PNS", phase="candidacy").outcome == "forbidden"


@pytest.mark.parametrize(
    "text",
    [
        "kami tolak satu partai tapi kasih partai lain pakai aula, kena apa",
        "My head gives us vote targets",
        "teman kasih uang minta dicarikan suara, nolak ga enak",
        "nonton debat bareng di posko pemenangan, cuma nonton kan",
        "ikut ikrar netralitas lalu rapat pemenangan",
        "nolak kasih KTP ke independen tapi kasih ke partai",
        "May I wear the candidate's cap when I vote?",
    ],
)
def test_what_once_passed_for_allowed_does_not(text: str) -> None:
    assert answer(text, second_opinion=False).outcome != "allowed"
    assert answer(text).outcome != "allowed"


def test_what_is_done_in_rooms_of_a_party_is_not_called_free() -> None:
    at_home = "nobar debat capres di rumah, cuma makan"
    assert answer(at_home, subject="PNS", phase="campaign").outcome == "allowed"
    in_its_office = "nobar debat capres di kantor DPC, cuma makan"
    assert answer(in_its_office, subject="PNS", phase="campaign").outcome != "allowed"
