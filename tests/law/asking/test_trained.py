"""The trained comparisons fit the law, and what they decide keeps to the safe side."""

from __future__ import annotations

from pathlib import Path

import pytest

from netral.law import library
from netral.law.asking import answer, understand
from netral.law.asking.knowledge import FOLDER
from netral.law.asking.linear import read_linear, written
from netral.law.asking.texts import outside_phrases
from netral.law.errors import DataError

# Acts added since the last training; until the next they are held against their own questions.
NEWCOMERS: set[str] = set()


def test_the_comparison_of_acts_was_trained_on_the_acts_of_the_law() -> None:
    trained, acts = set(read_linear(FOLDER / "trained_acts.txt").classes), set(library().acts)
    assert trained <= acts and acts - trained <= NEWCOMERS, "run python -m bench.ask.train"


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "trained.txt"
    rows = [("foto", 2.0, [1.0, -0.5]), ("foto calon", 3.0, [0.001, 0.25])]
    path.write_text("\n".join(written(["a", "b"], rows)), encoding="utf-8")
    assert read_linear(path).scores({"foto": 1.0, "never seen": 1.0}) == pytest.approx(
        [1.0, -0.5], abs=0.01
    )
    assert read_linear(path).scores({}) == [0.0, 0.0]
    path.write_text("no comparison\n", encoding="utf-8")
    with pytest.raises(DataError):
        read_linear(path)


def test_most_questions_beside_the_subject_are_seen_as_such() -> None:
    texts = outside_phrases()
    right = sum(understand(text).scope == "outside" for text in texts)
    assert right >= 0.95 * len(texts)


@pytest.mark.parametrize(
    "text",
    [
        "kalau nolak perintah gabung relawan takut dimutasi, jadi saya ikut saja, gpp?",
        "gak berani nolak, akhirnya masuk tim sukses karena disuruh kepala dinas",
        "terpaksa ikut kampanye soalnya sungkan menolak atasan",
        "menolak izin acara satu partai padahal partai lain dikasih",
    ],
)
def test_who_did_not_refuse_is_not_told_that_refusing_is_allowed(text: str) -> None:
    assert answer(text, subject="PNS", phase="campaign").outcome not in ("allowed", "out_of_scope")


def test_nothing_is_allowed_where_a_crime_is_asked_about() -> None:
    for text in (
        "nyoblos bisa kena pidana penjara gak kalau begitu caranya",
        "mempercepat proyek di basis petahana menjelang coblosan, apa ada delik pidananya",
    ):
        assert answer(text, subject="PNS", phase="campaign").outcome != "allowed"


def test_a_role_told_beside_the_act_is_answered_too() -> None:
    found = answer("dampingi suami kampanye sambil jadi bendahara tim kampanye suami, PNS boleh?")
    assert found.outcome in ("forbidden", "crime", "unclear")


def test_fair_use_of_a_hall_is_conditional_and_a_favour_is_not() -> None:
    fair = answer("aula kecamatan dipinjam semua partai gantian sesuai jadwal KPU, boleh?")
    assert fair.outcome == "conditional"
    favour = answer("aula kecamatan dipinjamkan ke satu partai saja buat kampanye, boleh?")
    assert favour.outcome in ("forbidden", "unclear")


def test_a_candidate_who_draws_staff_in_is_asked_about_as_a_crime() -> None:
    text = "calon bupati mengajak guru PNS orasi kampanye, calonnya sendiri kena hukuman apa?"
    assert answer(text, phase="campaign").outcome == "crime"
