"""What a question says that speaks against the person: no answer may lose it.

Somebody who tells of a uniform, an attribute, means of the office, help for the campaign,
colleagues brought along or a partisan sign gets no permission in which that was not weighed,
whatever is answered to the questions asked back. First the act beside the one read is taken if that
one has room for it; else the permission does not stand, and what took it back is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from netral.law.asking.usual import usual
from netral.law.library import library
from netral.law.verdict import Verdict

BURDENS = {
    "active": "yes",
    "party_attributes": "yes",
    "service_attributes": "yes",
    "facilities": "yes",
    "mobilises": "yes",
    "gesture": "partisan",
}
_SHOWN = frozenset(("party_attributes", "gesture"))
"""What takes sides by being seen, so that it needs no further question: in most words the others
may still be about somebody else, which a second opinion weighs."""
_BESIDE_FAMILY = {"beside": "props"}
"""What weighs beside one's own family alone: elsewhere such a word often tells of others."""
_BESIDE_OTHERS = frozenset(("activity", "fund"))
_BESIDE_A_SPOUSE = _BESIDE_OTHERS | {"props", "team"}
"""Deeds that no exception for the family speaks of; further ones are told as facts of their own."""


def burdens(told: Mapping[str, str]) -> dict[str, str]:
    """Those of the told facts that speak against the person."""
    return {fact: value for fact, value in told.items() if BURDENS.get(fact) == value}


def with_room(act: str, told: Mapping[str, str]) -> str:
    """The act, or the first one named beside it that has room for what the act has none for.

    What is told of the family stays with it: no act of strangers is taken for one of theirs.
    """
    heavy = burdens(told)
    if act not in usual().family or _has_room(act, heavy):
        return act
    law = library()
    kin = set(law.act(act).given["relation"])
    for other in law.act(act).see_also:
        if kin.intersection(law.act(other).given.get("relation", ())) and _has_room(other, heavy):
            return other
    return act


def taking_back(
    act: str,
    told: Mapping[str, str],
    conduct: Collection[str],
    verdict: Verdict,
    *,
    answered: bool = False,
) -> tuple[tuple[str, str], ...]:
    """What leaves no permission of the verdict standing, because it was not weighed there.

    An act that only the exception for a spouse permits needs it among what the rules looked at. Any
    other act must not exclude it, once somebody has `answered` questions: until then a second
    opinion weighs the words, but for a sign or clothes of a contestant. Nor may there be a deed
    beside it that the act does not speak of. Each as (fact, value).
    """
    given, family = library().act(act).given, act in usual().family
    if "household" in given["conduct"] or act in usual().others:
        return ()  # what is told is what others did
    heavy = burdens(told)
    if not (family or answered):
        heavy = {fact: value for fact, value in heavy.items() if fact in _SHOWN}
        conduct = ()
    if family:
        heavy |= {fact: value for fact, value in told.items() if _BESIDE_FAMILY.get(fact) == value}
    weighed = dict(verdict.finding.used)
    lost = [
        (fact, value)
        for fact, value in heavy.items()
        if value not in given.get(fact, (value,))
        or ((family or fact in _SHOWN) and weighed.get(fact) != value)
    ]
    further = _further(given, told, conduct) if given.get("relation") else []
    return (*lost, *(("conduct", name) for name in further))


def rests_on(told: Mapping[str, str]) -> bool:
    """Whether a burden stands beside a spouse who runs."""
    return told.get("relation") == "spouse" and bool(burdens(told))


def _further(
    given: Mapping[str, tuple[str, ...]], told: Mapping[str, str], conduct: Collection[str]
) -> list[str]:
    """The deeds told beside an act that it does not speak of."""
    if told.get("relation") == "spouse":
        further = _BESIDE_A_SPOUSE
    else:  # the photo with a spouse may be shown; with nobody else
        further = _BESIDE_OTHERS | ({"post"} if "photo" in conduct else set())
        if "none" in given["relation"] and told.get("beside") == "candidate":
            further |= {"photo"}
    return sorted(further.intersection(conduct).difference(given["conduct"]))


def _has_room(act: str, heavy: Mapping[str, str]) -> bool:
    given = library().act(act).given
    return all(value in given.get(fact, (value,)) for fact, value in heavy.items())
