"""The check of a text: what is marked, what is not, and how often it is right."""

from __future__ import annotations

import csv
import shutil
import statistics
import time
from pathlib import Path

import pytest
from bench.posts import __main__ as bench
from bench.posts.__main__ import CONTEST

from netral.law import library, load
from netral.law.posts import Check, Contest, Contestant, Mode, Strength, check
from netral.law.posts.knowledge import knowledge

HERE = Path(__file__).parent


def checked(text: str, mode: Mode = Mode.POST) -> Check:
    return check(text, contest=CONTEST, mode=mode)


def marked(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in checked(text).marks]


def measure(name: str) -> tuple[float, float]:
    """Precision and recall of "something is marked" over a table."""
    right = wrong = missed = 0
    with (HERE / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            found = bool(checked(row["text"], Mode(row["mode"])).marks)
            right += found and row["label"] == "risky"
            wrong += found and row["label"] == "neutral"
            missed += not found and row["label"] == "risky"
    return right / (right + wrong), right / (right + missed)


@pytest.mark.parametrize(
    ("table", "precision", "recall"),
    [("tuned.csv", 0.98, 0.98), ("first.csv", 0.98, 0.96), ("held_out.csv", 0.91, 0.80)],
)
def test_the_figures_in_the_manual_hold(table: str, precision: float, recall: float) -> None:
    """`held_out.csv` was written after the rules and is never tuned on; see docs/law."""
    measured = measure(table)
    assert measured[0] >= precision
    assert measured[1] >= recall


@pytest.mark.parametrize(
    ("name", "recall"),
    [("kept.txt", 0.93), ("open.txt", 0.95), ("manner.txt", 0.95), ("manner2.txt", 0.95)],
)
def test_the_sets_of_the_benchmark_hold(name: str, recall: float) -> None:
    """Nobody looks at what fails in `kept.txt`."""
    figures = bench.measure(bench.SETS / name)
    assert figures.precision >= 0.97
    assert figures.recall >= recall
    assert figures.named / figures.passages >= 0.9


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("unseen.txt", 0.9, 0.9), ("unseen2.txt", 0.95, 0.9), ("unseen3.txt", 0.95, 0.85),
     ("unseen4.txt", 0.95, 0.8), ("unseen5.txt", 0.9, 0.85), ("unseen6.txt", 0.95, 0.5)],
)  # fmt: skip
def test_tables_whose_failures_nobody_reads_do_not_get_worse(
    name: str, precision: float, recall: float
) -> None:
    figures = bench.measure(bench.SETS / name)
    assert figures.precision >= precision
    assert figures.recall >= recall


@pytest.mark.parametrize(
    "text",
    ["Coblos 2", "pilih 2 aja", "pilih 2️⃣ ya", "pilihan kita sama: dua", "vote for number two"],
)
def test_a_number_after_a_choice_is_a_ballot_number(text: str) -> None:
    assert "support" in checked(text).kinds


@pytest.mark.parametrize("text", ["pilih 2 menu", "coblos dua kali itu tidak sah", "pilih satu"])
def test_a_number_that_counts_is_none(text: str) -> None:
    assert "support" not in checked(text).kinds


def test_a_part_of_a_name_is_the_person_only_when_it_looks_like_one() -> None:
    assert marked("kasihan kalau dipimpin Bara") == ["dipimpin Bara"]
    assert not marked("kuliner bara api enak")
    assert not marked("Saya bangga dengan Bara Setiawan")


def test_a_not_reaches_no_further_than_a_comma() -> None:
    assert not marked("Saya tidak mendukung Bara Wijaya")
    assert marked("Tidak usah ragu, dukung Bara Wijaya")


def test_an_abbreviation_opens_a_hashtag_only_in_capitals() -> None:
    assert marked("pagi #PFRJuara") == ["#PFRJuara"]
    assert not marked("pagi #pfreelance")


@pytest.mark.parametrize(
    "text",
    [
        "Yuk c0blos n0mor 2", "Yuk coblosss nomor 2", "Yuk c o b l o s nomor 2",
        "YUK COBLOS NOMER LORO", "yuk nyoblos no.2", "yuk coblos paslon2", "Yuk čoblos nomor 2",
    ],
)  # fmt: skip
def test_the_way_of_writing_does_not_hide_a_call(text: str) -> None:
    assert "support" in checked(text).kinds


def test_a_mark_covers_the_words_as_they_were_written() -> None:
    assert marked("Selamat pagi. Yuk c o b l o s nomor urut 2 ya!") == [
        "Yuk c o b l o s nomor urut 2"
    ]
    assert marked("İni: 😂😂 dukung Ranu Kelana") == ["dukung Ranu Kelana"]


def test_the_pieces_are_the_text_again() -> None:
    text = "Halo <b>semua</b>\n#MenangkanRanuSita, coblos nomor 1 dan bakar kantor KPU!"
    assert "".join(piece for piece, _mark in checked(text).pieces()) == text


@pytest.mark.parametrize(
    "text",
    [
        "Jangan pilih karena SARA",
        "Saya tidak mendukung paslon 2",
        "ASN dilarang mengajak orang memilih paslon 2",
        "Bawaslu memeriksa camat yang mengajak warga memilih paslon 2",
        "Apakah saya boleh dukung paslon 2?",
        "Kabar surat suara tercoblos itu hoaks",
        "Nomor antrean 2, pilih menu nomor 2",
    ],
)
def test_negation_report_question_and_other_numbers_are_left_alone(text: str) -> None:
    assert checked(text).marks == ()


def test_a_but_ends_what_excuses() -> None:
    assert "support" in checked("Netral itu wajib, tapi coblos nomor 2").kinds


def test_calling_a_hoax_no_hoax_excuses_nothing() -> None:
    assert "hoax" in checked("Bukan hoax! Surat suara sudah tercoblos").kinds


def test_the_candidates_are_those_of_the_current_election() -> None:
    text = "Saatnya Kartika Wening memimpin"
    other = Contest((Contestant("ticket", 1, ("Kartika Wening",)),))
    assert not checked(text).marks
    assert check(text, contest=other).marks
    assert not check("coblos nomor 7", contest=other).marks


def test_a_poster_may_call_to_vote_but_name_nobody_or_everybody() -> None:
    assert not checked("Gunakan hak pilih Anda di TPS", Mode.POSTER).marks
    assert "poster_side" in checked("Ke TPS bersama Damar Asih", Mode.POSTER).kinds
    assert "poster_slogan" in checked("Lanjutkan! Ke TPS", Mode.POSTER).kinds
    everybody = "1 Ranu Kelana, 2 Bara Wijaya, 3 Damar Asih"
    assert not checked(everybody, Mode.POSTER).marks


def test_every_rule_stands_on_a_norm_and_says_what_to_write() -> None:
    for known in knowledge().rules:
        rule = known.rule
        assert rule.provisions or rule.outside, rule.id
        assert rule.instead.id and rule.instead.en and rule.why.id and rule.why.en
        for name in rule.provisions:
            library().provision(name)


def test_the_strongest_finding_comes_first() -> None:
    mark = checked("Coblos nomor urut 2").marks[0]
    assert mark.strength is Strength.SURE
    assert mark.rules[0].id == "support"


def test_the_rules_leave_the_version_of_the_law_alone(tmp_path: Path) -> None:
    copy = shutil.copytree(library().folder, tmp_path / "data")
    (copy / "posts/rules/office.yaml").write_text("", encoding="utf-8")
    assert load(copy).version == library().version


def test_a_long_text_is_refused_and_the_longest_is_quick() -> None:
    with pytest.raises(ValueError, match="at most"):
        checked("a" * 5_001)
    begun = time.process_time()
    for text in ("coblos nomor 2 ", "pilih ", "a b c d ", "saya ", "!?.#"):
        checked((text * 5_000)[:5_000])
    assert time.process_time() - begun < 10


def test_a_text_of_two_thousand_characters_takes_well_under_fifty_milliseconds() -> None:
    texts = [post.text for post in bench.posts_of(bench.SETS / "open.txt")]
    checked("mulai")
    best = min(statistics.median(bench.milliseconds(texts)) for _run in range(3))
    assert best < 40
