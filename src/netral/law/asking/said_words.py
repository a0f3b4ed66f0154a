"""What people call a person, a phase or an election, put into the words of questions files.

Those are English ("spouse", "quiet_days"), and the trained comparison knows them alone; on the
command line one writes `--phase "masa tenang"` as well.
"""

from __future__ import annotations

from functools import lru_cache

from netral.law.asking.moment import PHASES, SUBJECTS
from netral.law.errors import SituationError
from netral.law.library import library

_SUBJECTS = {
    "semua": "any",
    "pppk paruh waktu": "pppk_pw",
    "honorer": "non-asn",
    "tenaga kontrak": "non-asn",
    "tenaga honorer": "non-asn",
    "ptt": "non-asn",
    "suami": "spouse",
    "istri": "spouse",
    "pasangan": "spouse",
    "kepala desa": "kades",
}
_PHASES = {
    "semua": "any",
    "pencalonan": "before_candidates_set",
    "sebelum penetapan calon": "before_candidates_set",
    "penetapan calon": "candidates_set",
    "setelah penetapan calon": "candidates_set",
    "sesudah penetapan calon": "candidates_set",
    "kampanye": "campaign",
    "minggu tenang": "quiet_days",
    "hari tenang": "quiet_days",
    "hari pencoblosan": "voting_day",
    "pemungutan suara": "voting_day",
    "penghitungan": "count",
    "penghitungan suara": "count",
    "rekapitulasi": "count",
    "sesudah": "after",
    "setelah pemilihan": "after",
}
_FILES = {"quiet": "quiet_days", "voting": "voting_day", "candidacy": "before_candidates_set",
          "determined": "candidates_set"}  # fmt: skip
"""Of a phase of the law data the word of questions files, where that is another."""
_ELECTIONS = {"pilkada": "pemilihan", "pilgub": "pemilihan", "pilbup": "pemilihan",
              "pilwali": "pemilihan"}  # fmt: skip


def subject_word(word: str | None) -> str | None:
    """Raises `SituationError` with the words there are."""
    if word is None or word.casefold() in SUBJECTS:
        return word and word.casefold()
    if _plain(word) in _SUBJECTS:
        return _SUBJECTS[_plain(word)]
    known = ", ".join((*SUBJECTS, *_SUBJECTS))
    raise SituationError(f"unknown subject '{word}'; known: {known}")


def phase_word(word: str | None) -> str | None:
    """Raises `SituationError` with the words there are."""
    named = library().facts.facts["phase"].values
    if word is None or word.casefold() in {*PHASES, *named}:
        return word and word.casefold()
    if _plain(word) in _phases():
        return _phases()[_plain(word)]
    known = "; ".join(f"{words.id} ({_FILES.get(value, value)})" for value, words in named.items())
    raise SituationError(f"unknown phase '{word}'; known: {known}")


def election_word(word: str | None) -> str | None:
    """A kind of election by its everyday name; every other word stays for others to judge."""
    return _ELECTIONS.get(_plain(word), word) if word is not None else None


@lru_cache(maxsize=1)
def _phases() -> dict[str, str]:
    """What the law data call the phases, in both languages, and what people say besides."""
    names = {
        _plain(name): _FILES.get(value, value)
        for value in library().facts.facts["phase"].values
        for words in (library().facts.label("phase", value),)
        for name in (words.id, words.en)
    }
    return names | _PHASES


def _plain(word: str) -> str:
    """`Masa tenang`, `masa-tenang` and `masa_tenang` are one word."""
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())
