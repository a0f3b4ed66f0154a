"""What both opinions come to: the law's on the acts read, and that of the words as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from netral.law.asking.burdens import rests_on
from netral.law.asking.leave import asks_of_leave, is_without
from netral.law.asking.opinion import weighed
from netral.law.asking.several import RELATIVES, REPORT
from netral.law.asking.shapes import COARSE, Answer, Understanding
from netral.law.vocabulary import Outcome

SURE_TO_ALLOW = 0.6
"""Of the share of the act read; below it nothing is allowed."""
CLASSED = ("forbidden", "crime")
_AGAINST = ("unclear", *CLASSED)
_ABOUT_CRIME = frozenset(("crime", "sentence", "organiser"))
_NOT_BOUND = frozenset(("stranger", "former", "private_kin", "refused"))
# Who asks about one of these does not ask whether the act itself is free.
_NOT_FREE = frozenset(
    (
        "procedure",
        "consequence",
        "penalty",
        "competent",
        "enrolled",
        "fraud",
        "then",
        "partisan_place",
    )
)


def settled(first: Answer, second: Mapping[str, float]) -> Answer:
    """The first opinion, or the headline of a surer second one with acts to choose from.

    Where several acts were read, the gravest decides and nothing softens it: the second opinion
    weighs the question as a whole. Nor does it where a crime was found and asked about. What was
    ordered is answered as the law data say: refusing it is answered beside it; and what others did
    is no deed of who reports it, however alike the words are.
    """
    read = first.understanding
    doubted = first.outcome == "allowed" and read.asks & _NOT_FREE
    outcome = weighed("unclear" if doubted else first.outcome, second)
    softens = COARSE.index(outcome) < COARSE.index(first.outcome)
    if (read.ordered and first.outcome in _AGAINST) or _only_reports(read):
        return first
    if outcome == "crime" and _crime_is_disputed(first):
        return first
    bound = (
        len(first.parts) > 1
        or (first.outcome == "crime" and read.asks & _ABOUT_CRIME)
        or (first.outcome in CLASSED and _is_heavy(first))
    )
    if outcome == first.outcome or (softens and bound):
        return first
    if first.status == "ask_first":  # what decides is known: better asked than guessed
        return replace(first, outcome=outcome, klass=None)
    return replace(first, outcome=outcome, klass=None, ask=(), status="choose_act")


def _only_reports(read: Understanding) -> bool:
    """Whether all that is asked is reporting what somebody else did."""
    return read.of_another and read.meant == (REPORT,)


def _crime_is_disputed(first: Answer) -> bool:
    """Whether authorities differ on what was read and the headline already calls it forbidden.

    Which election it was decides there (who takes money); likeness of words does not know it.
    """
    worst = first.worst
    contested = worst is not None and worst.guess.outcome is Outcome.CONTESTED
    return (
        contested and first.outcome == "forbidden" and not first.understanding.asks & _ABOUT_CRIME
    )


def _is_heavy(first: Answer) -> bool:
    """Whether what was told forbids: no likeness to other questions makes it milder."""
    read = first.understanding
    withheld = any(part.withheld for part in first.parts)
    helps_kin = read.meant == (RELATIVES,) and read.confidence >= SURE_TO_ALLOW
    without = any(is_without(part.guess, part.situation.facts) for part in first.parts)
    without = without and not asks_of_leave(read.text)
    return withheld or helps_kin or without or rests_on(read.facts()) or takes_a_role(read)


def takes_a_role(read: Understanding) -> bool:
    """Whether somebody bound to neutrality asks for a role in a campaign."""
    return "own_role" in read.asks and not read.asks & _NOT_BOUND
