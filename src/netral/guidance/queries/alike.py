"""Precedents that may answer a question already: in nearly its words, or about the same act.

Two measures. The words (``law.asking.likeness``) find a precedent that is about no act of the
catalogue, and say how close it is; two questions that contradict each other in a fact ("PNS" and
"PPPK", sharing and liking) are never close. The act finds those that say it in other words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from netral.guidance.models import Consultation
from netral.guidance.queries.consultations import for_act, holds_on, public_precedents
from netral.law.asking import understand
from netral.law.asking.likeness import (
    Content,
    content_of,
    contradictions,
    likeness,
    read_content,
    weight,
)
from netral.people.models import Government

CLOSE, NEAR = 0.58, 0.4
"""Likeness from which a precedent is shown as answering the question, and as being near it. Between
the two lie questions about something else with the same things in them; what was measured stands in
``docs/decisions/0415``."""
SURE = 0.4
"""The share of all readings from which an act counts as meant, as if it were named."""
SAYS_LITTLE = 0.2
"""Weight of a word that most acts use: alone it brings no precedent into view."""
MOST, MOST_READ, MOST_ABOVE = 5, 40, 2


@dataclass(frozen=True, slots=True)
class Found:
    """A precedent, how like the question it is, and whether no fact of the two contradicts."""

    precedent: Consultation
    likeness: float
    agrees: bool

    @property
    def is_close(self) -> bool:
        return self.agrees and self.likeness >= CLOSE


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered before. ``close``: those that hold, best first; else those that do not any
    more, to be shown as such. ``near``: holding ones worth a look, none of them close."""

    close: tuple[Consultation, ...] = ()
    near: tuple[Consultation, ...] = ()
    holds: bool = True


def answered_before(
    text: str, day: date, *, government: Government | None, told: Mapping[str, str] | None = None
) -> Before:
    """The precedents for somebody who asks; those of ``government`` first. ``told``: facts that
    were put right since."""
    asked = read_content(text)
    asked = replace(asked, facts={**asked.facts, **(told or {})})
    found = sorted(
        _measured(asked),
        key=lambda item: (
            government is None or item.precedent.government_id != government.pk, -item.likeness,
        ),
    )  # fmt: skip
    close = [item.precedent for item in found if item.is_close]
    holding = [one for one in close if holds_on(one, day)]
    near = [
        item.precedent for item in found
        if item.likeness >= NEAR and not item.is_close and holds_on(item.precedent, day)
    ]  # fmt: skip
    shown = tuple((holding or close)[:MOST_ABOVE])
    return Before(shown, tuple(near[:MOST]), bool(holding or not close))


def alike(text: str, *, besides: Consultation | None = None) -> list[Consultation]:
    """For the reviewers: published precedents, those about the act that was asked first; none when
    none comes near."""
    found = [one for act in _meant(text) for one in for_act(act)]
    measured = sorted(_measured(read_content(text)), key=lambda item: -item.likeness)
    found += [
        item.precedent for item in measured
        if item.likeness >= NEAR and item.agrees and not item.precedent.withdrawn_at
    ]  # fmt: skip
    once = {one.pk: one for one in found if besides is None or one.pk != besides.pk}
    return list(once.values())[:MOST]


def _measured(asked: Content) -> list[Found]:
    found = []
    for one in _with_words_of(asked.roots):
        there = content_of(one.question)
        there = replace(there, facts={**one.facts, **there.facts})
        found.append(Found(one, likeness(asked, there), not contradictions(asked, there)))
    return found


def _with_words_of(roots: Iterable[str]) -> list[Consultation]:
    """Those that share most with the words; withdrawn ones among them. Two queries."""
    wanted = {root: weight(root) for root in roots}
    telling = {root for root, held in wanted.items() if held >= SAYS_LITTLE} or wanted.keys()
    if not telling:
        return []
    any_word = Q()
    for root in telling:
        any_word |= Q(search_words__contains=f" {root} ")
    shares = {
        key: sum(wanted.get(word, 0.0) for word in words.split())
        for key, words in public_precedents().filter(any_word).values_list("pk", "search_words")
    }
    best = sorted(shares, key=lambda key: -shares[key])[:MOST_READ]
    return list(public_precedents().in_bulk(best).values())


def _meant(text: str) -> list[str]:
    read = understand(text)
    sure = [item.act for item in read.readings if item.score >= SURE]
    return list(dict.fromkeys((*read.meant, *sure))) if sure else []
