"""Weighs the rules in play: which apply, are lifted, contested or open, and what outcome follows.

A weighing depends on nothing but the rules and disputes in play, so one weighing serves every act,
situation and day that has the same ones in play.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from netral.law.conditions import HOLDS, UNKNOWN
from netral.law.contests import Contest
from netral.law.instruments import Norm
from netral.law.rules import Rule
from netral.law.vocabulary import CLASS_OUTCOME, GRAVITY, Outcome

if TYPE_CHECKING:
    from netral.law.index import Index
    from netral.law.rulings import Rulings

FORBIDDEN = (Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME)
PERMITTED = (Outcome.ALLOWED, Outcome.ALLOWED_IF)

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


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a code amounts to.

    `changed` says by norm what the trace tells instead of how the norm stands alone: the reason,
    and the permission or contest that decided; `pending` has the open places of the rules whose
    missing facts could change the outcome; `shown` are the facts that the rules in play look at.
    """

    rulings: Rulings
    changed: dict[str, tuple[str, str]]
    pending: int
    shown: tuple[int, ...]


@dataclass(slots=True)
class _Sorting:
    """The rules in play, put where they belong, and the disputes that hold or are open."""

    disputes: list[Rule[Contest]] = field(default_factory=list)
    open_disputes: list[Rule[Contest]] = field(default_factory=list)
    applied: list[Rule[Norm]] = field(default_factory=list)
    contested: list[Rule[Norm]] = field(default_factory=list)
    permissions: list[Rule[Norm]] = field(default_factory=list)
    open: list[Rule[Norm]] = field(default_factory=list)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)


def weigh(index: Index, code: int) -> Weighing:
    """The weighing of the rules and disputes that stand as the code says."""
    found = _sort(index, code)
    outcome, possible = _outcome(found)
    permissions = tuple(found.permissions) if outcome in PERMITTED else ()
    still_open = tuple([rule for rule in found.open if rule.source.forbids])
    cited = (tuple(found.applied), tuple(found.contested), permissions, still_open)
    shown = pending = 0
    for rule in (*found.applied, *found.contested, *found.permissions, *found.open):
        shown |= rule.facts
    for dispute in found.disputes:
        shown |= dispute.facts
    for waiting in _waiting(found, outcome):
        pending |= UNKNOWN << waiting.place
    return Weighing(
        index.rulings[Result(outcome, possible, cited, tuple(found.disputes))],
        found.changed,
        pending,
        index.shown[shown],
    )


def _sort(index: Index, code: int) -> _Sorting:
    """Let permissions lift and contests unsettle the prohibitions in play."""
    found = _Sorting()
    norms, contests = index.in_play(code)
    for dispute, state in contests:
        if state == HOLDS:
            found.disputes.append(dispute)
        elif dispute.source.affects == "outcome":
            found.open_disputes.append(dispute)
    for rule, state in norms:
        if rule.source.forbids:
            _place(found, index, rule, state, code)
        else:
            (found.permissions if state == HOLDS else found.open).append(rule)
    return found


def _place(found: _Sorting, index: Index, rule: Rule[Norm], state: int, code: int) -> None:
    """A permission that names the prohibition sets it aside, an open one leaves it open; then a
    dispute takes its certainty.

    A prohibition that is still open can at most become contested, so it no longer keeps the
    outcome open.
    """
    lifters, disputes = index.lifters[rule], index.unsettling[rule]
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
    return next((rule.source.id for rule in rules if rule.state_in(code) == state), None)


def _waiting(found: _Sorting, outcome: Outcome) -> Iterator[Rule[Norm] | Rule[Contest]]:
    """The open rules and disputes that could still change the outcome."""
    if outcome is Outcome.UNDETERMINED:
        yield from found.open
        yield from found.open_disputes
    else:
        yield from (rule for rule in found.open if _could_raise(rule, outcome))


def _could_raise(rule: Rule[Norm], outcome: Outcome) -> bool:
    """Whether an open prohibition would make a settled outcome graver."""
    if not rule.source.forbids or outcome not in FORBIDDEN:
        return rule.source.forbids
    return GRAVITY[CLASS_OUTCOME[rule.source.klass]] > GRAVITY[outcome]


def _outcome(found: _Sorting) -> tuple[Outcome, tuple[Outcome, ...]]:
    """The outcome, and all outcomes that the missing facts still leave possible."""
    settled = max(
        (CLASS_OUTCOME[rule.source.klass] for rule in found.applied),
        key=GRAVITY.__getitem__,
        default=None,
    )
    heavier = {CLASS_OUTCOME[rule.source.klass] for rule in found.open if rule.source.forbids}
    if settled is not None:
        possible = {settled} | {item for item in heavier if GRAVITY[item] > GRAVITY[settled]}
        for dispute in found.disputes:
            if dispute.source.affects == "class":
                possible |= {CLASS_OUTCOME[klass] for klass in dispute.source.possible}
        return settled, _mildest_first(possible)
    disputed = any(item.source.affects == "outcome" for item in found.disputes)
    permitted = _permitted(found)
    if heavier or (found.open_disputes and not disputed):
        outcome = Outcome.UNDETERMINED
    else:
        outcome = Outcome.CONTESTED if disputed else permitted
    possible = {outcome, permitted} | heavier
    if disputed or found.open_disputes:
        possible.add(Outcome.CONTESTED)
    for rule in found.open:
        if not rule.source.forbids:
            possible.add(_permission(rule))
    return outcome, _mildest_first(possible)


def _permitted(found: _Sorting) -> Outcome:
    """No prohibition is left: allowed only if a permission says so."""
    outcomes = {_permission(rule) for rule in found.permissions}
    if Outcome.ALLOWED_IF in outcomes:
        return Outcome.ALLOWED_IF
    return Outcome.ALLOWED if outcomes else Outcome.UNDETERMINED


def _permission(rule: Rule[Norm]) -> Outcome:
    """What a permission brings by itself."""
    return Outcome.ALLOWED_IF if rule.source.conditions else Outcome.ALLOWED


def _mildest_first(outcomes: set[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes that are answers, by gravity."""
    return tuple(sorted(outcomes - {Outcome.UNDETERMINED}, key=GRAVITY.__getitem__))
