"""`understand`: what a question asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from netral.law.asking.features import Told, content
from netral.law.asking.knowledge import knowledge, told
from netral.law.asking.scope import scope
from netral.law.asking.several import REPORT, Named, named
from netral.law.asking.shapes import Given, Understanding
from netral.law.asking.unsaid import presumed
from netral.law.asking.whose import hear

_WHO = ("status", "post")
_LETTERS = 2
"""A word of no more different letters is none ("xxxx", "haha")."""
_LEAVES = frozenset(("run", "resign"))
_OF_THE_STATE = frozenset(("crime", "sentence", "class"))


def understand(text: str, *, hints: Mapping[str, str] | None = None) -> Understanding:
    """Read a question. `hints` are facts known beforehand; they beat what the text says."""
    return understood(hear(text), hints=hints)


def understood(question: Told, *, hints: Mapping[str, str] | None = None) -> Understanding:
    """What a question asks in which the cues were found already; otherwise as `understand`."""
    meant = named(question)
    side, inside = scope().of(question)
    return Understanding(
        text=question.typed,
        scope=side,
        readings=meant.readings,
        meant=meant.acts,
        given=_of_who_asks(_given(question, hints or {}, meant.aside), meant),
        confidence=meant.confidence,
        asks=question.asks,
        disputes=question.disputes,
        conduct=question.conduct,
        inside=inside,
        ordered=bool(meant.aside),
        of_another=meant.of_another,
        of_kin=bool(question.asked),
        presumed=presumed(question),
        says_nothing=not any(len(set(word)) > _LETTERS for word in content(question.line)),
        bound_elsewhere=_bound_elsewhere(question),
    )


def _of_who_asks(given: tuple[Given, ...], meant: Named) -> tuple[Given, ...]:
    """The facts without those that tell who somebody else is, where only that one is told of."""
    if not meant.of_another or meant.acts != (REPORT,):
        return given
    return tuple(item for item in given if item.fact not in _WHO)


def _bound_elsewhere(question: Told) -> str:
    """The body whose own rules bind who asks, unless a status of the law data is told as well.

    Who runs and has to leave that body, and what a crime brings them, is not asked of its rules.
    """
    if any(item.fact == "status" for item in question.given):
        return ""
    if question.conduct & _LEAVES or question.asks & _OF_THE_STATE:
        return ""
    return next(iter(told(knowledge().bodies, question.line)), "")


def _given(
    question: Told, hints: Mapping[str, str], aside: Sequence[tuple[int, int]] = ()
) -> tuple[Given, ...]:
    """Facts of the text with their words, after the hints; none that stands only `aside`."""
    known = [Given(fact, value) for fact, value in hints.items()]
    for item in question.given:
        if item.fact in hints:
            continue
        if any(start <= item.start and item.end <= end for start, end in aside):
            continue
        if item.fact == "status" and item.value == "ASN":
            continue
        start, end = question.place(item.start, item.end)
        words = question.typed[start:end]
        known.append(Given(item.fact, item.value, start, end, words))
    return tuple(known)
