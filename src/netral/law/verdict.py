"""What a judgment says. One object that renders as text, JSON and HTML."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from netral.law.trace import Trace
from netral.law.vocabulary import Confidence, Outcome, Words


class Citation(NamedTuple):
    """A provision in force on the day. `role`: applied, contested, basis, duty, residual,
    permission."""

    provision: str
    role: str
    confidence: Confidence


class Question(NamedTuple):
    """A missing fact that could change the result, with its answers as (value, words)."""

    fact: str
    ask: Words
    answers: tuple[tuple[str, Words], ...]


class SanctionRange(NamedTuple):
    """What one applied norm can bring to this status, who imposes it, and how sure that is."""

    norm: str
    level: str
    name: Words
    options: tuple[Words, ...]
    who: Words
    provision: str
    confidence: Confidence


class Finding(NamedTuple):
    """The reasoned result for one act, one stretch of days and the facts that matter in them."""

    outcome: Outcome
    possible: tuple[Outcome, ...]
    citations: tuple[Citation, ...]
    sanctions: tuple[SanctionRange, ...]
    deciders: tuple[Words, ...]
    contests: tuple[str, ...]
    conditions: tuple[Words, ...]
    confidence: Confidence
    safe: Words
    notes: tuple[Words, ...]
    clocks: tuple[str, ...]
    questions: tuple[Question, ...]
    used: tuple[tuple[str, str], ...]
    trace: Trace


class Verdict(NamedTuple):
    """A finding for a named act on a day, under a version of the law data."""

    act: str
    on: date
    law_version: str
    finding: Finding

    @property
    def outcome(self) -> Outcome:
        """The outcome word."""
        return self.finding.outcome

    @property
    def provisions(self) -> tuple[str, ...]:
        """The ids of all provisions cited."""
        return tuple(item.provision for item in self.finding.citations)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the missing facts that could change the result."""
        return tuple(item.fact for item in self.finding.questions)

    @property
    def forbidden(self) -> bool:
        """Whether the act is settled as forbidden."""
        return self.outcome in (
            Outcome.FORBIDDEN_ETHICS,
            Outcome.FORBIDDEN_DISCIPLINE,
            Outcome.CRIME,
        )
