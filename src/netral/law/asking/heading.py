"""How an answer is headed: the same words on the page, in the terminal and in JSON.

A verdict is headed by its own words. Doubt takes a permission back, and tells which way an open
verdict leans: what no rule names and the general duty speaks against is to be treated as forbidden,
never called so by the law.
"""

from __future__ import annotations

from netral.law.asking.shapes import COARSE, Answer, Part
from netral.law.vocabulary import OUTCOME_WORDS, Outcome, Words
from netral.law.weighing import PERMITTED

FORBIDDEN = Words("dilarang", "forbidden")
"""Forbidden either way, while the kind of breach still depends on a fact."""
AS_FORBIDDEN = Words("anggap dilarang", "treat as forbidden")
"""No rule names the act, and the general duty to be neutral speaks against it."""
_LEANS = Words(
    "Karena kewajiban umum untuk netral, anggap dilarang sampai dijawab penelaah hukum.",
    "Because of the general duty to be neutral, treat it as forbidden until the legal reviewers "
    "have answered.",
)
_OPEN = Words(
    "Data hukum tidak cukup untuk memutuskan ini. Anggap belum boleh sampai dijawab penelaah.",
    "The law data cannot decide this. Take it as not allowed until a reviewer has answered.",
)


def heading(outcome: Outcome, coarse: str, *, is_silent: bool = False) -> Outcome | Words:
    """The outcome whose words head the answer, or words of their own.

    `coarse` also weighs doubt; `is_silent`: no norm reaches the act. A verdict never becomes milder
    by it, and the kind of breach that the law names never changes.
    """
    if outcome is Outcome.ALLOWED and coarse == "conditional":
        return Outcome.ALLOWED_IF
    leans = coarse in ("forbidden", "crime", "unclear")
    if leans and (outcome in PERMITTED or outcome is Outcome.UNDETERMINED):
        if coarse == "forbidden":
            return AS_FORBIDDEN if is_silent else FORBIDDEN
        return Outcome.CRIME if coarse == "crime" else Outcome.UNDETERMINED
    return outcome


def heading_of(part: Part, found: Answer | None = None) -> Outcome | Words:
    """The heading of one part; that of the gravest is no milder than the answer as a whole."""
    coarse = part.outcome
    if found is not None and part is found.worst and found.outcome in COARSE:
        coarse = max(coarse, found.outcome, key=COARSE.index)
    shown = part.shown
    return heading(
        shown.outcome, coarse, is_silent=bool(part.withheld) or not shown.finding.possible
    )


def heading_words(part: Part, found: Answer | None = None) -> Words:
    """The same in words."""
    head = heading_of(part, found)
    return head if isinstance(head, Words) else OUTCOME_WORDS[head]


def review_words(found: Answer) -> Words:
    """What an answer says that waits for a reviewer: nothing undecided beside red cards alone."""
    heads = [heading_of(part, found) for part in found.parts]
    reds = (Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME)
    leans = heads and all(isinstance(head, Words) or head in reds for head in heads)
    return _LEANS if leans else _OPEN
