"""Everyday spellings become the words they stand for, and nothing else does."""

from __future__ import annotations

import pytest

from netral.law.asking.cues import CueReader, affirmed, found, line_of
from netral.law.asking.knowledge import knowledge
from netral.law.errors import DataError

LEXICON = knowledge().lexicon


def roots(text: str) -> str:
    return " ".join(word.root for word in LEXICON.read(text))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ngelike", "like"), ("foto2", "foto"), ("rame-rame", "ramai"), ("mengunggah", "unggah"),
        ("diposting", "unggah"), ("nyalon", "maju calon"), ("p3k", "pppk"), ("pppk", "pppk"),
        ("dukunganku", "dukung"), ("menyumbang", "sumbang"), ("bangettt", "banget"),
        ("diem", "diam"), ("kampnaye", "kampanye"), ("deklrasi", "deklarasi"), ("cabup", "calon bupati"),
    ],
)  # fmt: skip
def test_everyday_words_become_standard_roots(written: str, meant: str) -> None:
    assert roots(written) == meant


@pytest.mark.parametrize(
    "word", ["berkas", "negeri", "kakek", "belajar", "sistem", "salah", "media"]
)
def test_well_spelled_words_are_left_alone(word: str) -> None:
    assert roots(word) == word


def test_a_tidak_that_only_asks_is_no_denial() -> None:
    assert "tidak" not in roots("boleh gak pakai seragam?")
    assert "tidak" not in roots("kena sanksi enggak?")
    assert "tidak" in roots("saya gak pakai seragam, boleh?")


def test_a_denied_cue_does_not_count() -> None:
    cue = CueReader(LEXICON, {}).cue("sebar")
    assert affirmed(cue, line_of(LEXICON.read("saya share poster")))
    assert not affirmed(cue, line_of(LEXICON.read("saya baca aja, ga share")))


def test_cues_know_gaps_groups_exact_words_and_exceptions() -> None:
    reader = CueReader(LEXICON, {"calon": ["caleg", "paslon"]})
    line = line_of(LEXICON.read("tiba-tiba nomor saya dimasukin ke grup paslon"))
    assert found(reader.cue("=dimasukkan .. grup @calon"), line)
    assert not found(reader.cue("grup ~ paslon"), line)
    assert not found(reader.cue("=masuk"), line)
    for broken in ("", ".. grup", "@nothing"):
        with pytest.raises(DataError):
            reader.cue(broken)
