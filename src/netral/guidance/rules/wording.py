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
    first = _FIRST.split(answer.strip().casefold(), maxsplit=1)[0]
    says_no = bool(_NO.search(first))
    if outcome in _PERMITS:
        return says_no
    return outcome in _FORBIDS and not says_no and bool(_YES.search(first))
