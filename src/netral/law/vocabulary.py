"""The small closed vocabularies of the law: outcomes, classes, confidence, phases, words in two
languages.

These tables are shared by the whole product. Other packages import them instead of writing their
own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Words:
    """A short text in Indonesian (`id`) and English (`en`)."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` ("id" or "en"); anything but "en" means Indonesian."""
        return self.en if language == "en" else self.id


class Outcome(StrEnum):
    """The seven outcome words of the whole product."""

    ALLOWED = "allowed"
    ALLOWED_IF = "allowed_if"
    FORBIDDEN_ETHICS = "forbidden_ethics"
    FORBIDDEN_DISCIPLINE = "forbidden_discipline"
    CRIME = "crime"
    CONTESTED = "contested"
    UNDETERMINED = "undetermined"

    __hash__ = str.__hash__


OUTCOME_WORDS: dict[Outcome, Words] = {
    Outcome.ALLOWED: Words("boleh", "allowed"),
    Outcome.ALLOWED_IF: Words("boleh dengan syarat", "allowed under conditions"),
    Outcome.FORBIDDEN_ETHICS: Words("dilarang (kode etik)", "forbidden (ethics)"),
    Outcome.FORBIDDEN_DISCIPLINE: Words("dilarang (disiplin)", "forbidden (discipline)"),
    Outcome.CRIME: Words("dilarang (pidana)", "forbidden (crime)"),
    Outcome.CONTESTED: Words("diperdebatkan antarlembaga", "contested between authorities"),
    Outcome.UNDETERMINED: Words("belum dapat ditentukan", "undetermined"),
}

# How grave an outcome is. `undetermined` has no rank: it is the absence of an answer.
GRAVITY: dict[Outcome, int] = {
    Outcome.ALLOWED: 0,
    Outcome.ALLOWED_IF: 1,
    Outcome.CONTESTED: 2,
    Outcome.FORBIDDEN_ETHICS: 3,
    Outcome.FORBIDDEN_DISCIPLINE: 4,
    Outcome.CRIME: 5,
}


class NormClass(StrEnum):
    """What kind of norm a provision carries."""

    PERMISSION = "permission"
    ETHICS = "ethics"
    DISCIPLINE = "discipline"
    CRIME = "crime"


CLASS_OUTCOME: dict[NormClass, Outcome] = {
    NormClass.ETHICS: Outcome.FORBIDDEN_ETHICS,
    NormClass.DISCIPLINE: Outcome.FORBIDDEN_DISCIPLINE,
    NormClass.CRIME: Outcome.CRIME,
}


class Confidence(StrEnum):
    """How a fact is known, strongest first."""

    PRIMARY = "primary"
    AGREED = "agreed"
    SINGLE = "single"
    MEMORY = "memory"

    @property
    def rank(self) -> int:
        """0 for the strongest, 3 for the weakest."""
        return _CONFIDENCE_ORDER.index(self)


_CONFIDENCE_ORDER = [Confidence.PRIMARY, Confidence.AGREED, Confidence.SINGLE, Confidence.MEMORY]

CONFIDENCE_WORDS: dict[Confidence, Words] = {
    Confidence.PRIMARY: Words("naskah resmi dibaca", "legal text read"),
    Confidence.AGREED: Words("dua sumber atau lebih sepakat", "two or more sources agree"),
    Confidence.SINGLE: Words("satu sumber", "one source"),
    Confidence.MEMORY: Words("belum diperiksa", "not verified"),
}


def weakest(values: list[Confidence]) -> Confidence:
    """The weakest of `values`; `memory` when there are none."""
    return max(values, key=lambda value: value.rank) if values else Confidence.MEMORY


class Phase(StrEnum):
    """The phases of an election, in order. One table for the whole product."""

    BEFORE_CANDIDACY = "before_candidacy"
    CANDIDACY = "candidacy"
    DETERMINED = "determined"
    CAMPAIGN = "campaign"
    QUIET = "quiet"
    VOTING = "voting"
    COUNT = "count"
    AFTER = "after"


PHASES: tuple[Phase, ...] = tuple(Phase)

PHASE_WORDS: dict[Phase, Words] = {
    Phase.BEFORE_CANDIDACY: Words("Sebelum pencalonan", "Before candidacy"),
    Phase.CANDIDACY: Words("Pencalonan", "Candidacy"),
    Phase.DETERMINED: Words("Calon ditetapkan", "Candidates determined"),
    Phase.CAMPAIGN: Words("Masa kampanye", "Campaign"),
    Phase.QUIET: Words("Masa tenang", "Quiet days"),
    Phase.VOTING: Words("Pemungutan suara", "Voting day"),
    Phase.COUNT: Words("Penghitungan dan rekapitulasi", "Count"),
    Phase.AFTER: Words("Sesudah pemilihan", "After the election"),
}


class State(StrEnum):
    """Three-valued truth. A missing fact leaves an element undetermined, never false."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDETERMINED = "undetermined"
