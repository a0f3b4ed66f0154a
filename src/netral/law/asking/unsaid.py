"""What an act rests on though nobody said it: a letter of assignment that an office only suggests.

An adjutant or a reporter is often on duty. That finds the act; it permits nothing before somebody
says so, and who does not know is judged as one without the letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from netral.law.asking.cues import affirmed
from netral.law.asking.features import Told
from netral.law.asking.knowledge import knowledge
from netral.law.asking.persons import words
from netral.law.asking.shapes import PERMITTED, Answer, Part
from netral.law.library import library
from netral.law.verdict import Question

DUTY = "duty"


def presumed(question: Told) -> frozenset[str]:
    """The facts that only somebody's office tells."""
    on_duty = any((item.fact, item.value) == (DUTY, "yes") for item in question.given)
    return frozenset((DUTY,)) if on_duty and not _is_said(question) else frozenset()


def _is_said(question: Told) -> bool:
    trades = words().lists["trades"]
    cues = dict(dict(knowledge().facts)[DUTY])["yes"]
    for cue in cues:
        match = affirmed(cue, question.line)
        if match is None:
            continue
        roots = tuple(pair.split("/")[1] for pair in match.group().split())
        if not any(roots[:size] in trades for size in (1, 2)):
            return True
    return False


def asked_first(found: Answer, told: Mapping[str, str]) -> Answer:
    """The answer, or the question on which its permission rests."""
    question = unsaid(found, told)
    return replace(found, status="ask_first", ask=(question,)) if question else found


def unsaid(found: Answer, told: Mapping[str, str]) -> Question | None:
    """The question for what a permission rests on and nobody said."""
    worst = found.worst
    if worst is None or found.outcome not in PERMITTED or DUTY in told:
        return None
    if DUTY not in found.understanding.presumed or not _rests_on_duty(worst):
        return None
    fact = library().facts.facts[DUTY]
    return Question(DUTY, fact.ask, tuple(fact.values.items()))


def _rests_on_duty(part: Part) -> bool:
    given = library().act(part.act).given.get(DUTY)
    return given == ("yes",) or dict(part.guess.finding.used).get(DUTY) == "yes"
