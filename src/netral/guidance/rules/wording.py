"""The verdict that heads an answer, and whether the answer's first sentence says the opposite."""

from __future__ import annotations

import re

from netral.law import Outcome

_FIRST = re.compile(r"[.!?;\n]")
_NO = re.compile(
    r"\b(?:tidak|tak|belum) (?:boleh|diperbolehkan|dibolehkan|diizinkan)\b|^\W*tidak\b"
    r"|\b(?:dilarang|terlarang|jangan(?:lah)?|tolak(?:lah)?|hindari(?:lah)?)\b"
)
_YES = re.compile(r"\b(?:boleh(?:lah)?|diperbolehkan|dibolehkan|diizinkan|silakan)\b|^\W*ya\b")
PERMITS, FORBIDS = "permits", "forbids"
_PERMITS = (Outcome.ALLOWED, Outcome.ALLOWED_IF)
_FORBIDS = (Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME)


def stands_above(outcome: str) -> Outcome | None:
    """What is shown above an answer; nothing where the law data leaves open what two people have
    answered: "undetermined" over their plain words would only confuse."""
    found = Outcome(outcome) if outcome else None
    return None if found is Outcome.UNDETERMINED else found


def contradicts(outcome: str, answer: str) -> bool:
    """Only the plain case: a permission above "jangan", a prohibition above "boleh".

    Nothing is known of an answer that begins in another way; the second person reads it.
    """
    says = _said_first(answer)
    return says == (FORBIDS if outcome in _PERMITS else PERMITS if outcome in _FORBIDS else None)


def leaning(outcome: str, answer: str) -> str:
    """``permits``, ``forbids``, or empty where neither the outcome nor the first sentence says so.

    What two people wrote goes before what the data gave: the words are the answer.
    """
    says = _said_first(answer)
    return says or (PERMITS if outcome in _PERMITS else FORBIDS if outcome in _FORBIDS else "")


def _said_first(answer: str) -> str:
    """What the first sentence says in so many words; a "tidak" goes before a "boleh"."""
    first = _FIRST.split(answer.strip().casefold(), maxsplit=1)[0]
    return FORBIDS if _NO.search(first) else PERMITS if _YES.search(first) else ""
