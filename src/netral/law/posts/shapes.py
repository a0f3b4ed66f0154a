"""What the check of a text answers with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from netral.law.vocabulary import Confidence, Words


class Mode(StrEnum):
    """What the text is for. A poster that calls people to vote must not even name a side."""

    POST = "post"
    POSTER = "poster"


class Strength(StrEnum):
    """How plainly the words say it, strongest first."""

    SURE = "sure"
    LIKELY = "likely"
    MAYBE = "maybe"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Strength).index(self)


STRENGTH_WORDS: dict[Strength, Words] = {
    Strength.SURE: Words("jelas", "plain"),
    Strength.LIKELY: Words("mungkin", "likely"),
    Strength.MAYBE: Words("perlu dilihat lagi", "worth another look"),
}
NOTHING_FOUND = Words(
    "Tidak ditemukan bagian yang berisiko; ini bukan izin.",
    "No risky passage was found; this is not a permission.",
)


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm outside the library of neutrality law that a rule points to."""

    name: Words
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of risk. `act` is an act of the catalogue, where one fits."""

    id: str
    name: Words
    why: Words
    instead: Words
    act: str | None
    provisions: tuple[str, ...]
    outside: tuple[Norm, ...]
    excused_by: frozenset[str]
    modes: frozenset[Mode]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that fits the characters from `start` to before `end`."""

    start: int
    end: int
    rule: Rule
    strength: Strength


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage of the text with the rules it may fall under, the strongest first."""

    start: int
    end: int
    findings: tuple[Finding, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, each once."""
        return tuple({finding.rule.id: finding.rule for finding in self.findings}.values())

    @property
    def strength(self) -> Strength:
        """The strongest of the findings."""
        return self.findings[0].strength


@dataclass(frozen=True, slots=True)
class Check:
    """The text as it was given, and its marks in order. No mark overlaps another."""

    text: str
    mode: Mode
    marks: tuple[Mark, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The ids of all rules that were found."""
        return frozenset(rule.id for mark in self.marks for rule in mark.rules)

    def pieces(self) -> Iterator[tuple[str, Mark | None]]:
        """The whole text in order, cut where marks begin and end."""
        at = 0
        for mark in self.marks:
            if at < mark.start:
                yield self.text[at : mark.start], None
            yield self.text[mark.start : mark.end], mark
            at = mark.end
        if at < len(self.text):
            yield self.text[at:], None
