"""Which question to ask back, if one decides: the one whose answers lead furthest apart."""

from __future__ import annotations

from netral.guidance.rules.exchange import MOST_QUESTIONS, Exchange
from netral.law import Outcome, Situation, SituationError, judge
from netral.law.asking import Answer, Part
from netral.law.verdict import Question

TRIED = 4
"""Of the open questions of a verdict, the first few are tried."""
_PERMITTED = frozenset({Outcome.ALLOWED, Outcome.ALLOWED_IF})


def question_for(found: Answer, worst: Part, exchange: Exchange) -> Question | None:
    """The next question, or None when the answer does not wait for one.

    It waits when the law data say so, and when both a permission and a prohibition are still
    possible. Nothing is asked twice, and no more than two questions in all.
    """
    if len(exchange.asked) >= MOST_QUESTIONS or found.status not in ("answered", "ask_first"):
        return None
    open_ones = [
        item
        for item in worst.verdict.finding.questions
        if item.fact not in exchange.asked and item.fact not in exchange.told
    ]
    if not open_ones or not (found.status == "ask_first" or _points_both_ways(worst)):
        return None
    return max(open_ones[:TRIED], key=lambda item: _spread(worst, item))


def _points_both_ways(part: Part) -> bool:
    if part.verdict.outcome is not Outcome.UNDETERMINED:
        return False
    possible = set(part.verdict.finding.possible)
    return bool(possible & _PERMITTED) and bool(possible - _PERMITTED)


def _spread(part: Part, question: Question) -> int:
    """How many different sets of outcomes the answers lead to; ties keep the law's order."""
    sets = set()
    for value, _words in question.answers:
        facts = {**part.situation.facts, question.fact: value}
        try:
            verdict = judge(Situation(part.act, facts), part.verdict.on)
        except SituationError:
            continue
        sets.add(frozenset(verdict.finding.possible))
    return len(sets)
