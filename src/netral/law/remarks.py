"""Disputes about something else than the outcome: the class, the sanction, the body, the scope.

They change no weighing, so weighings are not told apart by them; the finding remarks on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from netral.law.contests import Contest
from netral.law.rules import Rule
from netral.law.vocabulary import CLASS_OUTCOME, GRAVITY, Outcome

Disputes = tuple[Rule[Contest], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Remarks:
    """The disputes beside the outcome that hold; the outcomes that those about the class hold
    possible for a breach; and all values of the facts that they look at."""

    disputes: Disputes
    outcomes: frozenset[Outcome]
    facts: int


class Stakes(NamedTuple):
    """What decides which disputes are worth showing: those about the outcome, the levels of the
    sanctions, and whether the act is permitted."""

    disputes: Disputes
    levels: tuple[str, ...]
    permitted: bool


def remarks(disputes: Iterable[Rule[Contest]]) -> Remarks:
    """The remarks for disputes that hold."""
    disputes = tuple(disputes)
    facts = 0
    for dispute in disputes:
        facts |= dispute.facts
    classes = [
        klass
        for dispute in disputes
        if dispute.source.affects == "class"
        for klass in dispute.source.possible
    ]
    return Remarks(disputes, frozenset([CLASS_OUTCOME[klass] for klass in classes]), facts)


def shown(stakes: Stakes, beside: Remarks) -> tuple[str, ...]:
    """The disputes worth showing, in the order of the data."""
    return tuple(_shown(stakes, beside.disputes))


def _shown(stakes: Stakes, beside: Disputes) -> Iterator[str]:
    """Those about the sanction only if it is at stake, about the body only if one will look."""
    for dispute in sorted((*stakes.disputes, *beside), key=lambda rule: rule.place):
        contest = dispute.source
        if contest.affects == "sanction" and not set(stakes.levels).intersection(contest.sanctions):
            continue
        if contest.affects == "body" and stakes.permitted:
            continue
        yield contest.id


def widened(asked: tuple[tuple[Outcome, ...], frozenset[Outcome]]) -> tuple[Outcome, ...]:
    """The possible outcomes with those of disputes about the class, mildest first."""
    possible, outcomes = asked
    return tuple(sorted(outcomes.union(possible), key=GRAVITY.__getitem__))
