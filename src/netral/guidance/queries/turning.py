"""What would change an answer: the facts on which it turns, tried one by one."""

from __future__ import annotations

from dataclasses import dataclass

from netral.guidance.queries.verdicts import choices, is_open
from netral.law import Outcome, Situation, SituationError, Verdict, judge, library

MOST = 6


@dataclass(frozen=True, slots=True)
class Turn:
    """With one of these values of the fact, everything else alike, the outcome is another."""

    fact: str
    values: tuple[str, ...]
    outcome: Outcome


def turns(situation: Situation, verdict: Verdict) -> tuple[Turn, ...]:
    """The facts that decided, each with the values under which the law says something else.

    Facts nobody told are not tried: they stand in ``verdict.finding.questions``.
    """
    act = library().act(situation.act)
    found: list[Turn] = []
    for fact, _value in verdict.finding.used:
        if not is_open(act, fact) or fact not in situation.facts:
            continue
        others: dict[Outcome, list[str]] = {}
        for value in choices(act, fact):
            outcome = _outcome_with(situation, fact, value, verdict)
            if outcome not in (None, verdict.outcome, Outcome.UNDETERMINED):
                others.setdefault(outcome, []).append(value)
        found += [Turn(fact, tuple(values), outcome) for outcome, values in others.items()]
    return tuple(found[:MOST])


def _outcome_with(situation: Situation, fact: str, value: str, verdict: Verdict) -> Outcome | None:
    """The outcome with one fact changed; None when that cannot be."""
    changed = Situation(situation.act, {**situation.facts, fact: value}, situation.calendar)
    try:
        return judge(changed, verdict.on).outcome
    except SituationError:
        return None
