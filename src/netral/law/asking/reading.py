"""`understand`: what a question asks."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from netral.law.asking.features import Told, tell
from netral.law.asking.knowledge import knowledge
from netral.law.asking.matching import matcher
from netral.law.asking.scope import scope
from netral.law.asking.shapes import Given, Reading, Understanding
from netral.law.library import library

_SHOWN = 5
_SURE_OF_PART = 0.7
_ASKED = re.compile(
    r"[?;\n]+|\b(?:te?rus|lalu|kemudian|sekalian|sambil|abis itu|habis itu|setelah itu)\b"
)
_MAY_BE_MEANT = 0.25
_ROLES = frozenset(("team", "party_member", "party_wing", "fund", "witness"))
_SHARPNESS = 13.0


def understand(text: str, *, hints: Mapping[str, str] | None = None) -> Understanding:
    """Read a question. `hints` are facts known beforehand; they beat what the text says."""
    return understood(tell(text, knowledge()), hints=hints)


def understood(question: Told, *, hints: Mapping[str, str] | None = None) -> Understanding:
    """What a question asks in which the cues were found already; otherwise as `understand`."""
    scores = matcher().scores(question)
    readings = shares(scores)
    side, inside = scope().of(question)
    return Understanding(
        text=question.text,
        scope=side,
        readings=readings,
        meant=_meant(question.text, readings, question.conduct),
        given=_given(question, hints or {}),
        confidence=readings[0].score if readings else 0.0,
        asks=question.asks,
        disputes=question.disputes,
        conduct=question.conduct,
        inside=inside,
    )


def _meant(text: str, readings: tuple[Reading, ...], conduct: frozenset[str]) -> tuple[str, ...]:
    """The best act, and what else is asked in a sentence of its own."""
    found = [readings[0].act]
    if readings[1].score >= _MAY_BE_MEANT and _role(readings[1].act) & conduct:
        found.append(readings[1].act)
    parts = [part for part in _ASKED.split(text) if len(part.split()) > 1]
    for part in parts if len(parts) > 1 else ():
        question = tell(part, knowledge())
        scores = matcher().scores(question)
        best = shares(scores)[0]
        sure = best.act in question.named and best.score >= _SURE_OF_PART
        if sure and scope().of(question)[0] == "inside":
            found.append(best.act)
    return tuple(dict.fromkeys(found))


def _role(act: str) -> frozenset[str]:
    """The roles that the act is about: who tells of one asks about it, too."""
    return _ROLES.intersection(library().act(act).given["conduct"])


def shares(scores: Mapping[str, float], shown: int = _SHOWN) -> tuple[Reading, ...]:
    """The best acts with their shares of all."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    top = ranked[0][1]
    weights = [(act, math.exp(_SHARPNESS * (score - top))) for act, score in ranked]
    total = sum(weight for _, weight in weights)
    return tuple(Reading(act, weight / total) for act, weight in weights[:shown])


def _given(question: Told, hints: Mapping[str, str]) -> tuple[Given, ...]:
    """Facts of the text with their words, after the hints."""
    known = [Given(fact, value) for fact, value in hints.items()]
    for item in question.given:
        if item.fact in hints:
            continue
        if item.fact == "status" and item.value == "ASN":
            continue
        words = question.text[item.start : item.end]
        known.append(Given(item.fact, item.value, item.start, item.end, words))
    return tuple(known)
