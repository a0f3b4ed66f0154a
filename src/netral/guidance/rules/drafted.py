"""What of a verdict goes into the first draft of an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from netral.law import OUTCOME_WORDS, Outcome, Situation, SituationError, Verdict, judge, library

_CITED = ("applied", "contested", "permission", "basis", "residual")
"""Roles of provisions that carry an answer; the general duties only where nothing else does."""


def judged(act: str, facts: Mapping[str, str], on: date) -> Verdict | None:
    """The verdict; None without an act, or where the law data does not know act or facts (any
    more) or the facts cannot be together."""
    if act not in library().acts:
        return None
    try:
        return judge(Situation(act, dict(facts)), on)
    except SituationError:
        return None


def basis(verdict: Verdict) -> tuple[str, ...]:
    """The provisions to cite, best first; none while a missing fact decides which of them hold."""
    citations = verdict.finding.citations
    if any(item.role == "open" for item in citations):
        return ()
    carrying = tuple(item.provision for item in citations if item.role in _CITED)
    return carrying or tuple(item.provision for item in citations)


def answer_words(verdict: Verdict) -> str:
    """Result, conditions and safe course in Indonesian. The basis stands beside it, not in it."""
    finding = verdict.finding
    conditions = "\n".join(f"- {words.id}" for words in finding.conditions)
    is_known = verdict.outcome is not Outcome.UNDETERMINED
    parts = [
        f"Menurut data hukum: {OUTCOME_WORDS[verdict.outcome].id}." if is_known else "",
        f"Syarat:\n{conditions}" if conditions else "",
        f"Langkah aman: {finding.safe.id}",
    ]
    return "\n\n".join(part for part in parts if part)
