"""`converse`: the answer, or the one question asked back that decides it.

The page, the terminal, a batch and the JSON interface all come this way, so that the same words
are treated alike everywhere. Of several questions that one is asked whose answers lead furthest
apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from netral.law.asking.answering import MOST_QUESTIONS, answer
from netral.law.asking.related import tellings
from netral.law.asking.shapes import Answer, Part, Said
from netral.law.asking.unsaid import DUTY, unsaid
from netral.law.asking.usual import usual
from netral.law.errors import SituationError
from netral.law.judge import judge
from netral.law.library import library
from netral.law.situation import Situation
from netral.law.verdict import Question
from netral.law.vocabulary import Outcome
from netral.law.weighing import PERMITTED

TRIED = 6
"""Of the open questions of a verdict, the first few are tried."""
SHORT = 6
"""Words of a question that hardly tells who asks. Who writes more would have said it."""
SURE_OF_ACT = 0.9
"""Share of the reading from which on the act is taken as understood."""
VAGUE = frozenset(("ikut kampanye", "ikutan kampanye", "ikut kampanyenya"))
"""Words a fact is read from that leave it open all the same: taking part, or being there."""
_SETTING = ("status", "phase", "election")
"""Taken as usual and shown as such: asked only where nothing else decides."""


def converse(
    said: Said,
    *,
    subject: str | None = None,
    phase: str | None = None,
    election: str | None = None,
    on: date | None = None,
    presumed: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Answer:
    """Answers what was said so far; `status` is "ask_first" with the one question in `ask`.

    `presumed`: facts that nobody said but that are known from elsewhere, such as a register; what
    was said beats them. The rest, and what is raised, as in `answer`.
    """
    for name in said.asked:
        if name not in library().facts.facts:
            raise SituationError(library().facts.explain(name, ""))
    facts = {**(presumed or {}), **said.told}

    def answered(told: Mapping[str, str]) -> Answer:
        return answer(
            said.text, subject=subject, phase=phase, election=election, on=on, facts=told,
            acts=said.acts, today=today,
        )  # fmt: skip

    found = answered(facts)
    question = unsaid(found, facts)
    if question and (DUTY in said.asked or len(said.asked) >= MOST_QUESTIONS):
        found, question = answered({**facts, DUTY: "no"}), None
    if question is None and found.worst and found.status != "partial":
        question = _question_for(found, found.worst, said)
    if question is not None:
        return replace(found, status="ask_first", ask=(question,))
    status = "answered" if found.status == "ask_first" else found.status
    return replace(found, status=status, ask=())


def _question_for(found: Answer, worst: Part, said: Said) -> Question | None:
    """The next question, or None when the answer does not wait for one.

    It waits when the law data say so, and when both a permission and a prohibition are still
    possible. Nothing is asked twice, and no more than two questions in all.
    """
    # Where only the outcome is in doubt and the act is sure, what decides it is asked as well.
    is_clear = found.status in ("answered", "ask_first") or found.confidence >= SURE_OF_ACT
    if len(said.asked) >= MOST_QUESTIONS or worst.withheld or not (is_clear and found.parts):
        return None
    known = {*said.asked, *said.told, *_taken_as_usual(worst, said)}
    open_ones = [item for item in worst.verdict.finding.questions if item.fact not in known]
    if open_ones and (found.status == "ask_first" or _points_both_ways(worst)):
        return max(open_ones[:TRIED], key=lambda item: _weight(worst, item))
    return _between_acts(found, worst, said)


def _taken_as_usual(part: Part, said: Said) -> frozenset[str]:
    """What is not asked because the verdict shown says that it takes it as usual.

    Where that verdict permits under conditions, what is assumed are these very conditions; where a
    question was answered and has decided, nothing that is assumed is asked on top.
    """
    has_decided = part.guess.outcome is not Outcome.UNDETERMINED and any(
        fact in said.told for fact in said.asked
    )
    if has_decided or part.guess.outcome is Outcome.ALLOWED_IF:
        return frozenset(dict(part.assumed))
    return frozenset(part.relied_on).difference(_SETTING)


def _weight(part: Part, question: Question) -> tuple[bool, int]:
    spread = _spread(part, question)
    return spread > 1 and question.fact not in _SETTING, spread


def _between_acts(found: Answer, worst: Part, said: Said) -> Question | None:
    """The fact that leads from a forbidden act to a milder one named beside it, if left unsaid."""
    read = (item for item in found.understanding.given if item.words.casefold() not in VAGUE)
    known = {*(item.fact for item in read), *said.asked, *said.told}
    if worst.outcome != "forbidden" or said.acts or len(said.text.split()) > SHORT:
        return None
    for fact, value in tellings(worst.act):
        if fact in known:
            continue
        told = {**worst.situation.facts, fact: value}
        other = answer(said.text, facts=told, on=worst.verdict.on)
        if other.outcome in ("allowed", "conditional", "unclear"):
            return _question(fact, (*library().act(worst.act).given[fact], value))
    return None


def _question(fact: str, values: tuple[str, ...]) -> Question:
    known = library().facts.facts[fact]
    return Question(fact, known.ask, tuple((value, known.values[value]) for value in values))


def _points_both_ways(part: Part) -> bool:
    if part.verdict.outcome is not Outcome.UNDETERMINED:
        return False
    possible = set(part.verdict.finding.possible)
    return bool(possible.intersection(PERMITTED)) and bool(possible.difference(PERMITTED))


def _spread(part: Part, question: Question) -> int:
    """How many different sets of outcomes the answers lead to; ties keep the law's order."""
    sets = set()
    for value, _words in question.answers:
        facts = {**_presumed(part), **part.situation.facts, question.fact: value}
        try:
            verdict = judge(Situation(part.act, facts), part.verdict.on)
        except SituationError:
            continue
        sets.add(frozenset(verdict.finding.possible))
    return len(sets)


def _presumed(part: Part) -> dict[str, str]:
    """The setting as it usually is, so that it does not hide what else decides."""
    wanted = usual().for_act(library(), part.act, part.situation.facts)
    return {name: value for name, value in wanted.items() if name in _SETTING}
