"""From a question to what its page shows: chips to put right, verdicts, what is asked back.

Thinks only; nothing is written, and the text leaves this process with the page alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from netral.guidance.queries.acts import Dispute, dispute
from netral.guidance.queries.setting import Setting
from netral.guidance.queries.turning import Turn, turns
from netral.guidance.queries.verdicts import DECIDING, choices, is_open
from netral.guidance.rules.exchange import Exchange
from netral.guidance.words import Sign, signed
from netral.law import Outcome, Situation, Verdict, library
from netral.law.acts import Act
from netral.law.asking import Answer, Given, Part, Understanding, converse, understand
from netral.law.asking.burdens import BURDENS
from netral.law.asking.heading import heading_of, review_words
from netral.law.procedures import Step, step
from netral.law.verdict import Citation, Question
from netral.law.vocabulary import Words

NEAREST = 3
SAID = ("relation", "leave", "duty", *BURDENS)
"""What is shown whenever somebody said it, whether the answer rests on it or not."""
WHERE_FROM = ("told", "text", "register", "today", "assumed")


@dataclass(frozen=True, slots=True)
class Chip:
    """One fact as it was understood. ``source`` is one of ``WHERE_FROM``; ``words`` are the words
    of the text it was read from. ``options``: what it can be changed to, empty when nothing can.
    """

    fact: str
    value: str
    source: str
    words: str
    options: tuple[str, ...]

    @property
    def is_about_time(self) -> bool:
        """Shown together with the day: the three say when."""
        return self.fact in ("phase", "election")


@dataclass(frozen=True, slots=True)
class PartView:
    """The answer about one act, with everything its card shows."""

    act: Act
    sign: Sign
    verdict: Verdict
    assumed: Mapping[str, str]
    """What nobody said and the verdict takes as usual; empty when it needs no such thing."""
    withheld: tuple[tuple[str, str], ...]
    """What was told and takes the permission back, as (fact, value); then nothing permits."""
    unanswered: tuple[str, ...]
    """Pieces of the question that the permission does not reach; then nothing permits."""
    main: tuple[Citation, ...]
    """The provision that decides, if one does; quoted beside the verdict."""
    disputes: tuple[Dispute, ...]
    steps: tuple[Step, ...]
    turns: tuple[Turn, ...]

    @property
    def others(self) -> tuple[Outcome, ...]:
        """What else it could be once open facts are known."""
        return tuple(
            item for item in self.verdict.finding.possible if item is not self.verdict.outcome
        )


@dataclass(frozen=True, slots=True)
class Response:
    """``status``: answered, ask_first, choose_act, outside, review or partial.

    ``heading``: the question in pieces, each with whether something was read from it. ``on``: the
    day whose law is applied, None without a verdict. ``day_from``: chosen, today or last (the
    campaign that was last). ``question``: the one to ask now, with ``status`` ask_first.
    """

    exchange: Exchange
    status: str
    heading: tuple[tuple[str, bool], ...]
    chips: tuple[Chip, ...]
    parts: tuple[PartView, ...]
    question: Question | None
    nearest: tuple[Act, ...]
    on: date | None
    day_from: str
    phase: str
    answer: Answer

    @property
    def acts(self) -> tuple[Act, ...]:
        return tuple(part.act for part in self.parts)

    @property
    def for_review(self) -> Words:
        """What is said where a reviewer has to answer."""
        return review_words(self.answer)


def respond(exchange: Exchange, setting: Setting) -> Response:
    """Answers one exchange in one setting."""
    read = understand(exchange.text)
    is_now = exchange.on is None and _is_about_now(read, exchange, setting)
    usual = _usual(read, setting, is_now)
    found = converse(
        exchange,
        presumed=usual,
        on=exchange.on or (setting.today if is_now else None),
        today=setting.today,
    )
    question = found.ask[0] if found.ask else None
    shown = found.gravest_first if found.status != "choose_act" else ()
    parts = tuple(_part(part, found) for part in shown)
    return Response(
        exchange=exchange,
        status=found.status,
        heading=_heading(found.understanding),
        chips=_chips(found, parts, read, exchange, usual, question) if parts else (),
        parts=parts,
        question=question,
        nearest=_nearest(found, parts),
        on=parts[0].verdict.on if parts else None,
        day_from="chosen" if exchange.on else "today" if is_now else "last",
        phase=found.parts[0].situation.facts.get("phase", "") if found.parts else "",
        answer=found,
    )


def facts_of_now(text: str, setting: Setting) -> dict[str, str]:
    """What nobody has to type of a question about the election under way; what it says wins."""
    read = understand(text)
    return _usual(read, setting, _is_about_now(read, Exchange(text), setting))


def _is_about_now(read: Understanding, exchange: Exchange, setting: Setting) -> bool:
    """Whether the election under way is the one meant: the question names no other kind."""
    election = exchange.told.get("election") or read.facts().get("election")
    return bool(setting.phase) and election in (None, setting.election)


def _usual(read: Understanding, setting: Setting, is_now: bool) -> dict[str, str]:
    """The facts nobody typed. What the text says beats them, what is put right beats both."""
    usual = {"status": setting.status} if setting.status else {}
    if is_now:
        usual |= {"phase": setting.phase, "election": setting.election}
    return usual | {name: value for name, value in read.facts().items() if name in usual}


def _part(part: Part, found: Answer) -> PartView:
    """Shows what was told alone if that decides, else what is usually meant, and says so."""
    verdict, facts = part.shown, dict(part.situation.facts)
    if verdict is not part.verdict:
        facts |= dict(part.assumed)
    finding = verdict.finding
    return PartView(
        act=library().act(part.act),
        sign=signed(heading_of(part, found)),
        verdict=verdict,
        assumed={} if part.permits_nothing else part.relied_on,
        withheld=part.withheld,
        unanswered=part.unanswered,
        main=()
        if part.permits_nothing
        else tuple(item for item in finding.citations if item.role in DECIDING)[:1],
        disputes=tuple(dispute(name) for name in finding.contests),
        steps=tuple(step(name) for name in finding.clocks),
        turns=turns(Situation(part.act, facts), verdict),
    )


def _nearest(found: Answer, parts: tuple[PartView, ...]) -> tuple[Act, ...]:
    """The other acts the question may mean, best first."""
    shown = {part.act.id for part in parts}
    names = [item.act for item in found.understanding.readings if item.act not in shown]
    return tuple(library().act(name) for name in names[:NEAREST])


def _heading(read: Understanding) -> tuple[tuple[str, bool], ...]:
    """The text in pieces; overlapping readings are joined."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for item in sorted(read.given, key=lambda item: item.start):
        if item.start < at:
            continue
        pieces += [(read.text[at : item.start], False), (read.text[item.start : item.end], True)]
        at = item.end
    return tuple((text, marked) for text, marked in (*pieces, (read.text[at:], False)) if text)


def _chips(
    found: Answer,
    parts: tuple[PartView, ...],
    read: Understanding,
    exchange: Exchange,
    usual: dict[str, str],
    question: Question | None,
) -> tuple[Chip, ...]:
    """Status, phase and election, then the facts that the law looks at and those put right."""
    from_text = {item.fact: item for item in read.given}
    facts: dict[str, str] = dict.fromkeys(("status", "phase", "election"), "")
    for view in parts:
        facts |= view.assumed
    for part in found.parts:
        facts |= part.situation.facts
    weighed = {name for view in parts for name, _value in view.verdict.finding.used}
    weighed |= {"status", "phase", "election", *exchange.told}
    chips = []
    for fact, value in facts.items():
        options = tuple(dict.fromkeys(v for view in parts for v in _options(view.act, fact)))
        is_asked = question is not None and fact == question.fact
        if is_asked or fact not in weighed or not (value or options):
            continue
        source = _source(fact, value, exchange, from_text, usual)
        words = from_text[fact].words if source == "text" else ""
        chips.append(Chip(fact, value, source, words, options))
    return (*chips, *_also_said(found, parts, exchange, {chip.fact for chip in chips}))


def _also_said(
    found: Answer, parts: tuple[PartView, ...], exchange: Exchange, shown: set[str]
) -> Iterator[Chip]:
    """What was read and is no fact of an act answered, or takes a permission of it back."""
    taken = {fact for view in parts for fact, _value in view.withheld}
    for item in found.understanding.given:
        if item.fact in exchange.told or item.fact in shown:
            continue
        if item.fact in SAID or item.fact in taken:
            yield Chip(item.fact, item.value, "text", item.words, ())


def _options(act: Act, fact: str) -> tuple[str, ...]:
    return choices(act, fact) if is_open(act, fact) else ()


def _source(
    fact: str, value: str, exchange: Exchange, from_text: dict[str, Given], usual: dict[str, str]
) -> str:
    if exchange.told.get(fact) == value and value:
        return "told"
    if fact in from_text and from_text[fact].value == value:
        return "text"
    if usual.get(fact) == value:
        return "register" if fact == "status" else "today"
    return "assumed"
