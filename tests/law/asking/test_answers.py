"""Questions in everyday words get the right coarse answer, and never a careless "allowed"."""

from __future__ import annotations

import json
import random
from datetime import date
from pathlib import Path

import pytest

from netral.law import library
from netral.law.asking import answer, understand
from netral.law.asking.settling import SURE_TO_ALLOW
from netral.law.errors import NotFoundError, SituationError

HERE = Path(__file__).parent
ROWS = [json.loads(line) for line in (HERE / "questions.jsonl").read_text("utf-8").splitlines()]


def asked(row: dict, text: str | None = None):
    return answer(text or row["question"], subject=row["subject"], phase=row["phase"])


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_our_own_questions_are_never_answered_dangerously(row: dict) -> None:
    if row["verdict_coarse"] in ("forbidden", "crime", "unclear"):
        assert asked(row).outcome != "allowed"


def test_nine_of_ten_of_our_own_questions_are_answered_right() -> None:
    right = sum(asked(row).outcome == row["verdict_coarse"] for row in ROWS)
    assert right >= 0.9 * len(ROWS)


@pytest.mark.parametrize(
    "extra",
    ["halo min, mohon izin bertanya, {}", "{} makasih ya min", "Assalamualaikum. {} Terima kasih"],
)
def test_politeness_never_changes_the_outcome(extra: str) -> None:
    for row in ROWS:
        assert asked(row, extra.format(row["question"])).outcome == asked(row).outcome, row["id"]


def test_case_and_punctuation_never_change_the_outcome() -> None:
    for row in ROWS:
        text = row["question"]
        assert asked(row, text.upper()).outcome == asked(row).outcome, row["id"]
        assert asked(row, text.rstrip("?.") + " ???").outcome == asked(row).outcome, row["id"]


def test_a_slip_of_the_finger_rarely_changes_the_outcome() -> None:
    source = random.Random(7)
    same = 0
    for row in ROWS:
        words = row["question"].split()
        longest = max(range(len(words)), key=lambda place: len(words[place]))
        word = words[longest]
        cut = source.randrange(1, len(word) - 2)
        words[longest] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
        same += asked(row, " ".join(words)).outcome == asked(row).outcome
    assert same >= 0.85 * len(ROWS)


def test_nothing_is_allowed_while_it_is_unclear_what_is_meant() -> None:
    texts = [row["question"] for row in ROWS]
    texts += [" ".join(text.split()[:size]) for text in texts for size in (1, 2, 3)]
    for text in texts:
        found = answer(text)
        if found.understanding.confidence < SURE_TO_ALLOW:
            assert found.outcome != "allowed", text


@pytest.mark.parametrize(
    "text",
    [
        "nyoblos dua kali di tps berbeda boleh?",
        "foto kepalan tangan karena itu simbol paslon kami",
        "bantu logistik kampanye caleg antar kursi",
        "baca visi misi paslon di depan apel biar pegawai tahu",
        "ajak pegawai ke tps dan ingatkan jasa petahana",
        "data pemilih dari desk pilkada saya kasih ke paslon",
        "saya nyoblos sambil teriak nama paslon di tps",
        "ingatkan warga jangan golput, pilih yang sudah terbukti",
    ],
)
def test_an_allowed_act_is_not_allowed_beside_something_that_takes_sides(text: str) -> None:
    assert answer(text, subject="PNS", phase="campaign").outcome != "allowed"


def test_no_assumption_leads_to_allowed() -> None:
    for act in library().acts:
        for status in ("PNS", "PPPK", "NON_ASN", "KADES"):
            found = answer("boleh?", acts=[act], facts={"status": status})
            if found.outcome == "allowed":
                assert found.parts[0].verdict.outcome.value == "allowed", (act, status)


def test_nonsense_is_never_allowed() -> None:
    for text in ("", "   ", "???", "asdf qwer", "🙂", "boleh gak ya", "a" * 5000):
        assert answer(text).outcome != "allowed"


def test_corrections_by_the_person_beat_what_was_read() -> None:
    text = "boleh gak pns like postingan calon bupati"
    assert answer(text).parts[0].act == "like"
    assert answer(text, acts=["vote"]).parts[0].act == "vote"
    corrected = answer(text, facts={"account": "organiser", "stance": "neutral"})
    assert corrected.parts[0].situation.facts["account"] == "organiser"
    assert corrected.outcome == "conditional"
    with pytest.raises(NotFoundError):
        answer(text, acts=["no_such_act"])
    with pytest.raises(SituationError):
        answer(text, facts={"account": "nobody"})


def test_a_day_beats_a_phase() -> None:
    text = "pns unggah dukungan calon bupati di facebook"
    early = answer(text, phase="campaign", on=date(2024, 8, 1), election="pilkada-2024")
    assert early.parts[0].situation.facts["phase"] == "candidacy"
    assert early.klass == "ethics"
    late = answer(text, phase="before_candidates_set", on=date(2024, 10, 7))
    assert late.parts[0].situation.facts["phase"] == "campaign"
    assert late.klass == "discipline"


def test_without_a_day_the_law_of_the_last_campaign_counts() -> None:
    assert answer("pns like postingan calon").parts[0].verdict.on == date(2024, 11, 23)
    before = answer("pns like postingan calon", today=date(2024, 1, 9))
    assert before.parts[0].verdict.on == date(2024, 1, 9)


PEMILU_END, PILKADA_END = date(2024, 2, 10), date(2024, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("like postingan caleg boleh gak", PEMILU_END),
        ("komen di akun capres", PEMILU_END),
        ("pasang stiker calon anggota dpd di motor", PEMILU_END),
        ("bagikan jadwal kampanye pemilu", PEMILU_END),
        ("like postingan calon bupati", PILKADA_END),
        ("komen di akun cagub", PILKADA_END),
        ("bagikan jadwal kampanye pilkada", PILKADA_END),
    ],
)
def test_the_campaign_is_that_of_the_election_meant(text: str, day: date) -> None:
    assert {part.verdict.on for part in answer(text).parts} == {day}


def test_what_is_said_beside_the_question_names_the_campaign_too() -> None:
    text = "like postingan calon"
    for election, day in (("pemilu", PEMILU_END), ("pemilu-2024", PEMILU_END),
                          ("pemilihan", PILKADA_END), ("pilkada-2024", PILKADA_END)):  # fmt: skip
        assert answer(text, election=election).parts[0].verdict.on == day
    assert answer("like caleg", on=date(2024, 10, 7)).parts[0].verdict.on == date(2024, 10, 7)
    facts = answer(text, facts={"election": "pemilu"})
    assert facts.parts[0].verdict.on == PEMILU_END
    # Before any campaign of its kind the latest of all counts.
    early = answer("like cabup", today=date(2024, 1, 9))
    assert early.parts[0].verdict.on == date(2024, 1, 9)


def test_what_was_read_points_at_its_words() -> None:
    text = "saya PPPK, kepencet like di akun timses"
    for item in understand(text).given:
        assert text[item.start : item.end] == item.words
    assert understand(text, hints={"status": "PNS"}).facts()["status"] == "PNS"


def test_every_act_of_several_is_answered_and_the_gravest_decides() -> None:
    found = answer("kalau pns nyoblos boleh kan? kalau jadi anggota partai gimana?")
    assert {part.act for part in found.parts} >= {"vote", "party_member"}
    assert found.outcome == "forbidden"


def test_an_english_question_is_understood() -> None:
    assert answer("may I like a candidate's post?").outcome == "forbidden"
    assert answer("When is the holiday allowance paid?").outcome == "out_of_scope"


@pytest.mark.parametrize(
    "text",
    [
        "Istri saya calon anggota DPRD, boleh saya ikut kampanye?",
        "Suami calon bupati, saya PNS, harus mundur?",
        "kakak saya caleg DPRD, saya guru, boleh bantu?",
    ],
)
def test_whose_family_runs_does_not_run(text: str) -> None:
    assert not {"run_legislature", "run_regional"} & {part.act for part in answer(text).parts}
