"""A verdict for its page: the facts told in an address, the answer, and what is still asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from netral.guidance.queries.acts import Dispute, dispute
from netral.law import Situation, SituationError, Verdict, judge, library
from netral.law.acts import Act
from netral.law.procedures import Step, step
from netral.law.verdict import Citation

ALWAYS = ("status", "phase", "election")
DECIDING = ("applied", "contested", "permission")
"""Roles of provisions that decide; others stand beside them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``verdict`` is None when nothing was told, or ``problem`` says why there is none.

    ``wrong`` are the facts whose value the act does not know; ``asked`` the further facts that
    would matter or were told, in the order of the vocabulary.
    """

    told: Mapping[str, str]
    wrong: tuple[str, ...]
    asked: tuple[str, ...]
    verdict: Verdict | None
    does_not_fit: bool
    disputes: tuple[Dispute, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def deciding(self) -> tuple[Citation, ...]:
        """What decides; while nothing does, the first of what is cited."""
        cited = self.verdict.finding.citations if self.verdict else ()
        return tuple(item for item in cited if item.role in DECIDING) or cited[:1]

    @property
    def beside(self) -> tuple[Citation, ...]:
        """What is cited beside it."""
        cited = self.verdict.finding.citations if self.verdict else ()
        return tuple(item for item in cited if item not in self.deciding)


def choices(act: Act, fact: str) -> tuple[str, ...]:
    """The values of a fact that the act leaves open."""
    return tuple(act.given.get(fact) or library().facts.facts[fact].values)


def is_open(act: Act, fact: str) -> bool:
    """Whether somebody may answer: the act does not fix the fact itself."""
    return fact in library().facts.facts and fact != "conduct" and len(choices(act, fact)) > 1


def answer(act: Act, query: Mapping[str, str], on: date) -> Answer:
    """Judges what the address tells. Unknown names are left aside, unknown values are said."""
    named = {name: query[name] for name in query if query[name] and is_open(act, name)}
    told = {name: value for name, value in named.items() if value in choices(act, name)}
    wrong = tuple(name for name in named if name not in told)
    further = tuple(name for name in told if name not in ALWAYS)
    if wrong or not told:
        return Answer(told, wrong, further, None, False)
    try:
        verdict = judge(Situation(act.id, told), on)
    except SituationError:
        return Answer(told, (), further, None, True)
    asked = dict.fromkeys((*further, *verdict.missing))
    return Answer(
        told, (), tuple(name for name in asked if name not in ALWAYS), verdict, False,
        tuple(dispute(name, on) for name in verdict.finding.contests),
        tuple(step(name) for name in verdict.finding.clocks),
    )  # fmt: skip
