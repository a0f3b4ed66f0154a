"""Weighs the rules in play: which apply, are lifted, contested or open, and what outcome follows.

A weighing depends on nothing but the norms and the disputes about the outcome in play, so one
weighing serves every act, situation and day that has the same ones in play.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from netral.law.conditions import HOLDS, UNKNOWN
from netral.law.contests import Contest
from netral.law.instruments import Norm
from netral.law.memory import Memory
from netral.law.rules import Rule
from netral.law.vocabulary import GRAVITY, Outcome

if TYPE_CHECKING:
    from netral.law.index import Index

FORBIDDEN = (Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME)
PERMITTED = (Outcome.ALLOWED, Outcome.ALLOWED_IF)

_UNCHANGED: dict[str, tuple[str, str]] = {}

Norms = tuple[Rule[Norm], ...]


Cited = tuple[Norms, Norms, Norms, Norms]


class Result(NamedTuple):
    """What the weighing leaves for the words of a finding.

    `cited` are the norms that apply, those contested, the permissions if they carry an outcome that
    allows, and the prohibitions that a missing fact leaves open.
    """

    outcome: Outcome
    possible: tuple[Outcome, ...]
    cited: Cited
    disputes: tuple[Rule[Contest], ...]

    @property
    def applied(self) -> Norms:
        return self.cited[0]

    @property
    def contested(self) -> Norms:
        return self.cited[1]

    @property
    def permissions(self) -> Norms:
        return self.cited[2]


_MILDEST_FIRST: Memory[frozenset[Outcome], tuple[Outcome, ...]] = Memory(
    lambda outcomes: tuple(sorted(outcomes - {Outcome.UNDETERMINED}, key=GRAVITY.__getitem__))
)


class Touching(NamedTuple):
    """What can keep a prohibition from deciding: the permissions that set it aside, the disputes
    that reach it."""

    lifters: Sequence[Rule[Norm]]
    disputes: Sequence[Rule[Contest]]


class Weighing(NamedTuple):
    """What a code amounts to.

    `changed` says by norm what the trace tells instead of how the norm stands alone: the reason,
    and the permission or contest that decided; `pending` has the open places of the rules whose
    missing facts could change the outcome; `shown` are all values of the facts that the rules in
    play look at.
    """

    result: Result
    changed: dict[str, tuple[str, str]]
    pending: int
    shown: int


@dataclass(slots=True)
class _Sorting:
    """The rules in play, put where they belong, and the disputes that hold or are open.

    `open` are the prohibitions, `chances` the permissions that a missing fact leaves open.
    """

    disputes: list[Rule[Contest]] = field(default_factory=list)
    open_disputes: list[Rule[Contest]] = field(default_factory=list)
    applied: list[Rule[Norm]] = field(default_factory=list)
    contested: list[Rule[Norm]] = field(default_factory=list)
    permissions: list[Rule[Norm]] = field(default_factory=list)
    open: list[Rule[Norm]] = field(default_factory=list)
    chances: list[Rule[Norm]] = field(default_factory=list)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)


def weigh(index: Index, code: int) -> Weighing:
    """The weighing of the rules and disputes that stand as the code says."""
    found = _sort(index, code)
    outcome, possible = _outcome(found)
    permissions = tuple(found.permissions) if outcome in PERMITTED else ()
    cited = (tuple(found.applied), tuple(found.contested), permissions, tuple(found.open))
    shown = pending = 0
    looked_at = (found.applied, found.contested, found.permissions, found.open, found.chances)
    for rules in (*looked_at, found.disputes):
        for rule in rules:
            shown |= rule.facts
    for rule in _waiting(found, outcome):
        pending |= UNKNOWN << rule.place
    result = Result(outcome, possible, cited, tuple(found.disputes))
    return Weighing(result, found.changed or _UNCHANGED, pending, shown)


def _sort(index: Index, code: int) -> _Sorting:
    """Let permissions lift and contests unsettle the prohibitions in play."""
    found = _Sorting()
    for dispute, state in index.disputes_in_play(code):
        (found.disputes if state == HOLDS else found.open_disputes).append(dispute)
    for rule, state in index.norms_in_play(code):
        if not rule.source.forbids:
            (found.permissions if state == HOLDS else found.chances).append(rule)
        elif rule in index.touchable:
            _place(found, index.touchable[rule], rule, state, code)
        else:
            (found.applied if state == HOLDS else found.open).append(rule)
    return found


def _place(found: _Sorting, touching: Touching, rule: Rule[Norm], state: int, code: int) -> None:
    """A permission that names the prohibition sets it aside, an open one leaves it open; then a
    dispute takes its certainty.

    A prohibition that is still open can at most become contested, so it no longer keeps the
    outcome open.
    """
    lifters, disputes = touching
    if lifter := _first(lifters, code, HOLDS):
        found.changed[rule.source.id] = ("lifted", lifter)
        return
    if lifter := _first(lifters, code, UNKNOWN):
        found.changed[rule.source.id] = ("open", lifter)
        state = UNKNOWN
    if dispute := _first(disputes, code, HOLDS):
        found.changed[rule.source.id] = ("contested" if state == HOLDS else "open", dispute)
        if state == HOLDS:
            found.contested.append(rule)
        return
    if state == HOLDS and (dispute := _first(disputes, code, UNKNOWN)):
        found.changed[rule.source.id] = ("open", dispute)
        state = UNKNOWN
    (found.applied if state == HOLDS else found.open).append(rule)


def _first(rules: Iterable[Rule[Norm] | Rule[Contest]], code: int, state: int) -> str | None:
    """The name of the first of the rules that stands like that."""
    for rule in rules:
        if rule.state_in(code) == state:
            return rule.source.id
    return None


def _waiting(found: _Sorting, outcome: Outcome) -> Iterable[Rule[Norm] | Rule[Contest]]:
    """The open rules and disputes that could still change the outcome."""
    if outcome is Outcome.UNDETERMINED:
        return chain(found.open, found.chances, found.open_disputes)
    return (rule for rule in found.open if GRAVITY[rule.brings] > GRAVITY[outcome])


def _outcome(found: _Sorting) -> tuple[Outcome, tuple[Outcome, ...]]:
    """The outcome, and all outcomes that the missing facts still leave possible."""
    heavier = {rule.brings for rule in found.open}
    if found.applied:
        settled = max([rule.brings for rule in found.applied], key=GRAVITY.__getitem__)
        possible = {settled} | {item for item in heavier if GRAVITY[item] > GRAVITY[settled]}
        return settled, _mildest_first(possible)
    disputed = bool(found.disputes)
    permitted = _permitted(found)
    if heavier or (found.open_disputes and not disputed):
        outcome = Outcome.UNDETERMINED
    else:
        outcome = Outcome.CONTESTED if disputed else permitted
    possible = {outcome, permitted} | heavier
    if disputed or found.open_disputes:
        possible.add(Outcome.CONTESTED)
    possible.update([rule.brings for rule in found.chances])
    return outcome, _mildest_first(possible)


def _permitted(found: _Sorting) -> Outcome:
    """No prohibition is left: allowed only if a permission says so."""
    outcomes = [rule.brings for rule in found.permissions]
    if Outcome.ALLOWED_IF in outcomes:
        return Outcome.ALLOWED_IF
    return Outcome.ALLOWED if outcomes else Outcome.UNDETERMINED


def _mildest_first(outcomes: set[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes that are answers, by gravity."""
    return _MILDEST_FIRST[frozenset(outcomes)]
