"""`answer`: the verdict on a question, or what has to be known first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from netral.law.asking.burdens import rests_on, taking_back, with_room
from netral.law.asking.features import Told
from netral.law.asking.knowledge import knowledge
from netral.law.asking.leave import advised
from netral.law.asking.moment import SUBJECTS, Moment, moment
from netral.law.asking.opinion import is_outside, opinion, speaks_against
from netral.law.asking.outcomes import CLASS_OF, coarse, partial
from netral.law.asking.partly import ANSWERED, ASKED, CHOSEN, held_back
from netral.law.asking.reading import understood
from netral.law.asking.related import related
from netral.law.asking.said_words import election_word, phase_word, subject_word
from netral.law.asking.settling import CLASSED, SURE_TO_ALLOW, settled, takes_a_role
from netral.law.asking.several import REFUSAL
from netral.law.asking.shapes import (
    COARSE,
    OUT_OF_SCOPE,
    PERMITTED,
    Answer,
    Part,
    Reading,
    Understanding,
    gravity,
)
from netral.law.asking.unsaid import asked_first
from netral.law.asking.usual import usual
from netral.law.asking.whose import hear
from netral.law.errors import SituationError
from netral.law.judge import judge
from netral.law.library import library
from netral.law.situation import Situation
from netral.law.verdict import Question, Verdict
from netral.law.vocabulary import Outcome

SURE = 0.25
SLIGHT = 0.15  # what may be left to a forbidden reading when a milder one is called likely
FAR = -0.4  # `inside` of words that say nothing of the subject
MOST_QUESTIONS = 2
_ABOUT_STATUS = frozenset(("nonasn-footing",))
_CONTESTANTS = ("candidate", "team", "party")
_OWN_MATTER = frozenset(("spoilt",))  # what somebody does with their own ballot alone
_BESIDE = frozenset(("status", "phase", "election"))  # the second opinion may look past these


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
    second_opinion: bool = True,
) -> Answer:
    """Answer a question asked in everyday words.

    `subject` and `phase` use the words of questions files (such as "PNS", "campaign") or people's
    own ("honorer", "masa tenang"); `on` beats `phase`. `facts` and `acts` are corrections by the
    person and beat what was read; a fact that an act excludes leads to its neighbour. Without a day
    the law of the last campaign before `today` is used. Without a `second_opinion` the acts read
    and the law alone count, as they do once the person has said what is meant. Raises
    `NotFoundError` for an unknown act and `SituationError` for an unknown fact.
    """
    subject, phase = subject_word(subject), phase_word(phase)
    election = election_word(election)
    for name, value in (facts or {}).items():
        library().facts.bit(name, value)
    for act in acts:
        library().act(act)
    question = hear(text)
    read = understood(question)
    if read.bound_elsewhere and not acts and not _status_of(subject):
        return _outside(read)
    when = moment(
        read, subject=subject, phase=phase, election=election, on=on, today=today, corrected=facts
    )
    told = when.facts | dict(facts or {})
    if acts:
        read = _corrected(read, tuple(dict.fromkeys(acts)))
    else:
        moved = (with_room(related(act, facts or {}), told) for act in read.meant)
        read = replace(read, meant=tuple(dict.fromkeys(moved)))
    answered = bool(acts or set(facts or {}) - _BESIDE)
    way = CHOSEN if acts else ANSWERED if answered else ASKED
    second = opinion().scores(question, subject=subject, phase=phase) if second_opinion else None
    found = _judged_whole(question, read, told, when, second if way == ASKED else None, way)
    if found.status == "outside" and knowledge().misuses(question.line) - _OWN_MATTER:
        found = _unanswered(read, told, when)
    grave = second is not None and speaks_against(second)
    return asked_first(held_back(found, question, way, grave=grave), facts or {})


def _judged_whole(
    question: Told,
    read: Understanding,
    told: Mapping[str, str],
    when: Moment,
    second: Mapping[str, float] | None,
    way: str,
) -> Answer:
    """What the acts read, or chosen by hand, and the second opinion come to."""
    answered = way != ASKED
    parts = tuple(_part(act, told, read, when, answered=answered) for act in read.meant)
    if way == CHOSEN:
        return _whole(read, parts, chosen=True)
    if second is not None:
        if is_outside(second, read.inside) or _tells_nothing(question, read):
            return _outside(read)
        found = settled(_of_acts(read, parts, told, when), second)
        # What the words alone hold to be none of neutrality is not allowed by having been asked.
        strays = read.scope == "outside" and found.outcome == "allowed"
        return _outside(read) if strays else found
    # Who has answered a question about an act that was surely read asks about that act.
    went_along = answered and read.confidence >= SURE_TO_ALLOW
    outside = read.scope == "outside" and not went_along
    return _outside(read) if outside else _of_acts(read, parts, told, when)


def _tells_nothing(question: Told, read: Understanding) -> bool:
    """Whether no cue found anything in words that are far from the subject ("soal itu gimana")."""
    found = question.given or question.conduct or question.named or question.asks
    return not found and read.inside < FAR


def _status_of(subject: str | None) -> str | None:
    """The status that was told beside the question."""
    return SUBJECTS.get(subject or "", {}).get("status")


def _of_acts(
    read: Understanding, parts: tuple[Part, ...], told: Mapping[str, str], when: Moment
) -> Answer:
    """The answer of the acts read, or what the nearest ones share where none is sure."""
    found = _whole(read, parts, chosen=False)
    if "remedy" in read.asks:
        sure = max(found.confidence, SURE_TO_ALLOW)
        return replace(
            found, outcome="conditional", klass=None, confidence=sure, ask=(), status="choose_act"
        )
    if found.status != "choose_act":
        return found
    means = found.outcome == "forbidden" and _lends_means(read)
    return replace(
        found, outcome="forbidden" if means else _likeliest(read, told, when), klass=None
    )


def _outside(read: Understanding) -> Answer:
    return Answer(read, (), OUT_OF_SCOPE, None, read.confidence, (), (), "outside")


def _unanswered(read: Understanding, told: Mapping[str, str], when: Moment) -> Answer:
    """No answer yet, with the nearest acts to choose from."""
    found = _whole(read, tuple(_part(act, told, read, when) for act in read.meant), chosen=False)
    return replace(found, outcome="unclear", klass=None, ask=(), status="choose_act")


def _corrected(read: Understanding, acts: tuple[str, ...]) -> Understanding:
    readings = tuple(Reading(act, 1.0 / len(acts)) for act in acts)
    return replace(read, scope="inside", readings=readings, meant=acts, confidence=1.0)


def _likeliest(read: Understanding, told: Mapping[str, str], when: Moment) -> str:
    """The outcome that most of the nearest acts share; never "allowed" while that is a guess."""
    shares: dict[str, float] = {}
    for reading in read.readings:
        if read.ordered and reading.act == REFUSAL:
            continue
        outcome = _part(reading.act, told, read, when).outcome
        outcome = "unclear" if outcome == "allowed" else outcome
        shares[outcome] = shares.get(outcome, 0.0) + reading.score
    risky = shares.get("forbidden", 0.0) + shares.get("crime", 0.0)
    if "dispute" in read.asks or read.disputes & _ABOUT_STATUS:
        return "unclear"
    best = read.readings[0]
    plain = best.act not in usual().others and not _takes_sides(best.act, read)
    if plain and best.score >= SURE and risky < SLIGHT:
        first = _part(best.act, told, read, when).outcome
        return "conditional" if first == "allowed" else first
    if "organiser" in read.asks or (read.asks & {"crime", "sentence"} and "crime" in shares):
        return "crime"
    heavy = partial(read) or takes_a_role(read) or rests_on(read.facts())
    if best.score < SURE and (heavy or "penalty" in read.asks):
        return "forbidden"
    return max(shares, key=lambda outcome: (shares[outcome], COARSE.index(outcome)))


def _part(
    act: str,
    told: Mapping[str, str],
    read: Understanding,
    when: Moment,
    *,
    answered: bool = False,
) -> Part:
    """The verdict on one act with those of the told facts that the act leaves open.

    The verdict shown rests on what was told alone. The coarse outcome also takes what is usually
    meant, so that "may I like a candidate's post" has an answer before every detail is known.
    """
    law = library()
    facts = _fitting(act, told)
    situation, verdict = _judged(act, facts, when.day)
    assumed = usual().for_act(law, act, facts)
    _, guess = _judged(act, facts | assumed, when.day)
    outcome = coarse(verdict, guess, read, law)
    if outcome == "unclear" and guess.outcome is Outcome.UNDETERMINED:
        outcome = _as_for_pns(act, facts | assumed, when.day) or outcome
    withheld: tuple[tuple[str, str], ...] = ()
    if outcome in PERMITTED:
        withheld = taking_back(act, told, read.conduct, guess, answered=answered)
    asked = {item.fact: item for item in (*guess.finding.questions, *verdict.finding.questions)}
    ask = tuple(asked.values())[:MOST_QUESTIONS]
    return Part(
        act, situation, verdict, "forbidden" if withheld else outcome, ask,
        tuple(assumed.items()), guess, withheld,
    )  # fmt: skip


def _as_for_pns(act: str, facts: Mapping[str, str], day: date) -> str | None:
    """The word "forbidden" if no rule names this status but one forbids the act to a PNS.

    Contract staff, village heads and staff without ASN status are bound to neutrality as well; the
    norms found name the PNS. Nothing becomes allowed this way.
    """
    if facts.get("status", "PNS") == "PNS":
        return None
    _, verdict = _judged(act, {**facts, "status": "PNS"}, day)
    return "forbidden" if verdict.forbidden else None


def _fitting(act: str, told: Mapping[str, str]) -> dict[str, str]:
    """The told facts that do not contradict the act's own definition."""
    given = library().act(act).given
    return {
        name: value
        for name, value in told.items()
        if name != "conduct" and (name not in given or value in given[name])
    }


def _judged(act: str, facts: Mapping[str, str], day: date) -> tuple[Situation, Verdict]:
    """The verdict; facts about the election that contradict each other or the act are left out."""
    situation = Situation(act, facts)
    try:
        return situation, advised(judge(situation, day), facts)
    except SituationError:
        rest = {name: value for name, value in facts.items() if name not in ("election", "race")}
        situation = Situation(act, rest)
        return situation, advised(judge(situation, day), facts)


def _whole(read: Understanding, parts: tuple[Part, ...], *, chosen: bool) -> Answer:
    """The gravest part decides; doubt about what is meant never ends in "allowed"."""
    worst = max(parts, key=gravity)
    outcome, status, ask = worst.outcome, "answered", tuple[Question, ...]()
    if worst.guess.outcome is Outcome.UNDETERMINED:
        ask = worst.ask[:MOST_QUESTIONS]
        status = "ask_first" if ask else "review"
    guarded = outcome == "allowed" or (outcome == "conditional" and worst.act in usual().guarded)
    if guarded and not chosen and _takes_sides(worst.act, read):
        outcome, status = "forbidden" if _lends_means(read) else "unclear", "choose_act"
    if not chosen and read.confidence < SURE:
        status = "choose_act" if read.readings else "review"
    if not chosen and outcome == "allowed" and read.confidence < SURE_TO_ALLOW:
        outcome, status = "unclear", "choose_act"
    klass = CLASS_OF.get(worst.guess.outcome) if outcome in CLASSED else None
    provisions = dict.fromkeys(name for part in parts for name in part.guess.provisions)
    return Answer(
        read, parts, outcome, klass, read.confidence, tuple(provisions), ask, status
    )  # fmt: skip


def _lends_means(read: Understanding) -> bool:
    """Whether means of the office serve a candidate, a team or a party, whatever the act."""
    facts = read.facts()
    return facts.get("facilities") == "yes" and facts.get("account") in _CONTESTANTS


def _takes_sides(act: str, read: Understanding) -> bool:
    """Whether the question also speaks of something that takes sides."""
    if "crime" in read.asks or ("partial" in read.asks and act not in usual().others):
        return True
    if act not in usual().guarded:
        return False
    facts = read.facts()
    if facts.get("stance") in ("support", "belittle") or facts.get("party_attributes") == "yes":
        return True
    explained = set(library().act(act).given["conduct"])
    if "photo_post" in explained:
        explained.add("post")
    return bool((read.conduct - explained) & usual().partisan)
