"""`answer`: the verdict on a question, or what has to be known first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from netral.law.asking.moment import Moment, moment
from netral.law.asking.reading import understand
from netral.law.asking.shapes import COARSE, OUT_OF_SCOPE, Answer, Part, Reading, Understanding
from netral.law.errors import SituationError
from netral.law.judge import judge
from netral.law.library import library
from netral.law.situation import Situation
from netral.law.verdict import Question, Verdict
from netral.law.vocabulary import GRAVITY, Outcome

SURE = 0.25
MOST_QUESTIONS = 2
_COARSE_OF = {
    Outcome.ALLOWED: "allowed",
    Outcome.ALLOWED_IF: "conditional",
    Outcome.FORBIDDEN_ETHICS: "forbidden",
    Outcome.FORBIDDEN_DISCIPLINE: "forbidden",
    Outcome.CRIME: "crime",
    Outcome.CONTESTED: "unclear",
    Outcome.UNDETERMINED: "unclear",
}
_CLASS_OF = {
    Outcome.FORBIDDEN_ETHICS: "ethics",
    Outcome.FORBIDDEN_DISCIPLINE: "discipline",
    Outcome.CRIME: "crime",
}


def answer(
    text: str,
    *,
    subject: str | None = None,
    phase: str | None = None,
    election: str | None = None,
    on: date | None = None,
    facts: Mapping[str, str] | None = None,
    acts: Sequence[str] = (),
    today: date | None = None,
) -> Answer:
    """Answer a question asked in everyday words.

    `subject` and `phase` use the words of questions files (such as "PNS", "campaign"); `on` beats
    `phase`. `facts` and `acts` are corrections by the person and beat what was read. Without a day
    the law of the last campaign before `today` is used. Raises `NotFoundError` for an unknown act
    and `SituationError` for an unknown fact.
    """
    for name, value in (facts or {}).items():
        library().facts.bit(name, value)
    for act in acts:
        library().act(act)
    read = understand(text)
    when = moment(read, subject=subject, phase=phase, election=election, on=on, today=today)
    told = when.facts | dict(facts or {})
    if acts:
        read = _corrected(read, tuple(dict.fromkeys(acts)))
    elif read.scope == "outside":
        return Answer(read, (), OUT_OF_SCOPE, None, read.confidence, (), (), "outside")
    parts = tuple(_part(act, told, facts or {}, when) for act in read.meant)
    return _whole(read, parts, chosen=bool(acts))


def _corrected(read: Understanding, acts: tuple[str, ...]) -> Understanding:
    readings = tuple(Reading(act, 1.0 / len(acts)) for act in acts)
    return replace(read, scope="inside", readings=readings, meant=acts, confidence=1.0)


def _part(act: str, told: Mapping[str, str], insisted: Mapping[str, str], when: Moment) -> Part:
    """The verdict on one act with those of the told facts that the act leaves open."""
    law = library()
    given = law.act(act).given
    facts = {
        name: value
        for name, value in told.items()
        if name != "conduct" and (name not in given or value in given[name])
    }
    situation = Situation(act, facts)
    try:
        verdict = judge(situation, when.day, law=law)
    except SituationError:
        situation = Situation(act, {k: v for k, v in facts.items() if k not in ("election", "race")})
        verdict = judge(situation, when.day, law=law)
    return Part(act, situation, verdict, _coarse(verdict), verdict.finding.questions[:2])


def _coarse(verdict: Verdict) -> str:
    return _COARSE_OF[verdict.outcome]


def _whole(read: Understanding, parts: tuple[Part, ...], *, chosen: bool) -> Answer:
    """The gravest part decides; doubt about what is meant never ends in "allowed"."""
    worst = max(parts, key=lambda part: (COARSE.index(part.outcome), _gravity(part)))
    outcome, status, ask = worst.outcome, "answered", tuple[Question, ...]()
    if worst.verdict.outcome is Outcome.UNDETERMINED:
        ask = worst.ask[:MOST_QUESTIONS]
        status = "ask_first" if ask else "review"
    if not chosen and read.confidence < SURE:
        status = "choose_act" if read.readings else "review"
        if outcome == "allowed":
            outcome = "unclear"
    provisions = dict.fromkeys(name for part in parts for name in part.verdict.provisions)
    return Answer(
        read, parts, outcome, _CLASS_OF.get(worst.verdict.outcome), read.confidence,
        tuple(provisions), ask, status,
    )  # fmt: skip


def _gravity(part: Part) -> int:
    return GRAVITY.get(part.verdict.outcome, -1)
