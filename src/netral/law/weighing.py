"""Weighs a chapter: which rules apply, are lifted, contested or open, and what outcome follows.

A weighing depends on nothing but the states of the rules and disputes, so one weighing serves every
situation and every stretch of days in which they stand alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from netral.law.chapters import Chapter, Dispute, Rule
from netral.law.conditions import EXCEPTED, FAILS, HOLDS, UNKNOWN
from netral.law.vocabulary import CLASS_OUTCOME, GRAVITY, Outcome

if TYPE_CHECKING:
    from netral.law.grounds import Grounds

_REASONS = {FAILS: "element_fails", HOLDS: "applied", UNKNOWN: "open", EXCEPTED: "excepted"}


@dataclass(slots=True)
class Weighing:
    """What the states of all rules and disputes of a chapter amount to, before words.

    `grounds` are the words that depend on nothing else; see `netral.law.findings`.
    """

    outcome: Outcome
    possible: tuple[Outcome, ...]
    decided: list[tuple[str, str | None]]
    applied: list[Rule]
    contested: list[Rule]
    open_rules: list[Rule]
    permissions: list[Rule]
    disputes: list[Dispute]
    open_disputes: list[Dispute]
    grounds: Grounds | None = None


def weigh(index: Chapter, possible: int) -> Weighing:
    """Decide every rule of the chapter and the outcome; equal states are weighed once."""
    states = index.states(possible)
    found = index.weighings.get(states)
    if found is None:
        found = index.weighings.keep(states, weigh_states(index, states))
    return found


def weigh_states(index: Chapter, states: tuple[int, ...]) -> Weighing:
    """The weighing of a chapter whose rules, then disputes, stand as given."""
    of_rules = list(zip(index.rules, states, strict=False))
    by_name = {rule.norm.id: FAILS if state == EXCEPTED else state for rule, state in of_rules}
    disputes = list(zip(index.disputes, states[len(index.rules) :], strict=True))
    result = Weighing(
        Outcome.UNDETERMINED, (), [], [], [], [], [],
        [item for item, state in disputes if state == HOLDS],
        [item for item, state in disputes if state == UNKNOWN and item.contest.affects ==
        "outcome"],
    )  # fmt: skip
    for rule, state in of_rules:
        _place(result, index, rule, by_name[rule.norm.id], _REASONS[state], by_name)
    result.outcome, result.possible = _outcome(result)
    return result


def _place(
    result: Weighing, index: Chapter, rule: Rule, state: int, reason: str, by_name: dict[str, int]
) -> None:
    """Let permissions lift and contests unsettle the norm, then put it where it belongs."""
    by: str | None = None
    if state != FAILS and rule.norm.forbids:
        state, reason, by = _lifted(index, rule, state, reason, by_name)
    if state != FAILS and rule.norm.forbids:
        state, reason, by = _unsettled(result, rule, state, reason, by)
    result.decided.append((reason, by))
    if state == UNKNOWN:
        result.open_rules.append(rule)
    elif reason == "contested":
        result.contested.append(rule)
    elif state == HOLDS:
        (result.applied if rule.norm.forbids else result.permissions).append(rule)


def _lifted(
    index: Chapter, rule: Rule, state: int, reason: str, by_name: dict[str, int]
) -> tuple[int, str, str | None]:
    """A permission that names the norm sets it aside; an open permission leaves it open."""
    for lifter in index.lifters.get(rule.norm.id, ()):
        if by_name[lifter] == HOLDS:
            return FAILS, "lifted", lifter
        if by_name[lifter] == UNKNOWN:
            return UNKNOWN, "open", lifter
    return state, reason, None


def _unsettled(
    result: Weighing, rule: Rule, state: int, reason: str, by: str | None
) -> tuple[int, str, str | None]:
    """A dispute about the outcome takes the certainty of the norms it names.

    A norm that is still open can at most become contested then, so it no longer keeps the outcome
    open.
    """
    for dispute in result.disputes:
        if rule.norm.id in dispute.unsettles and dispute.contest.affects == "outcome":
            held = state == HOLDS
            return (
                (HOLDS, "contested", dispute.contest.id)
                if held
                else (FAILS, "open", dispute.contest.id)
            )
    if state != HOLDS:
        return state, reason, by
    for dispute in result.open_disputes:
        if rule.norm.id in dispute.unsettles:
            return UNKNOWN, "open", dispute.contest.id
    return state, reason, by


def _outcome(result: Weighing) -> tuple[Outcome, tuple[Outcome, ...]]:
    """The outcome, and all outcomes that the missing facts still leave possible."""
    settled = max(
        (CLASS_OUTCOME[rule.norm.klass] for rule in result.applied),
        key=GRAVITY.__getitem__,
        default=None,
    )
    heavier = {CLASS_OUTCOME[rule.norm.klass] for rule in result.open_rules if rule.norm.forbids}
    disputed = any(item.contest.affects == "outcome" for item in result.disputes)
    if settled is not None:
        outcome = settled
    elif heavier or (result.open_disputes and not disputed):
        outcome = Outcome.UNDETERMINED
    elif disputed:
        outcome = Outcome.CONTESTED
    else:
        outcome = _permitted(result)
    return outcome, _possible(result, outcome, settled, heavier, disputed)


def _permitted(result: Weighing) -> Outcome:
    """No prohibition is left: allowed only if a permission says so."""
    if any(rule.norm.conditions for rule in result.permissions):
        return Outcome.ALLOWED_IF
    if result.permissions:
        return Outcome.ALLOWED
    return Outcome.UNDETERMINED


def _possible(
    result: Weighing,
    outcome: Outcome,
    settled: Outcome | None,
    heavier: set[Outcome],
    disputed: bool,
) -> tuple[Outcome, ...]:
    """The outcomes still possible, mildest first."""
    found: set[Outcome] = set() if outcome is Outcome.UNDETERMINED else {outcome}
    if settled is None:
        found |= heavier
        if disputed or result.open_disputes:
            found.add(Outcome.CONTESTED)
        permitted = _permitted(result)
        found |= {permitted} - {Outcome.UNDETERMINED}
        for rule in result.open_rules:
            if not rule.norm.forbids:
                found.add(Outcome.ALLOWED_IF if rule.norm.conditions else Outcome.ALLOWED)
    else:
        found |= {item for item in heavier if GRAVITY[item] > GRAVITY[settled]}
    for dispute in result.disputes:
        if dispute.contest.affects == "class" and settled is not None:
            found |= {CLASS_OUTCOME[klass] for klass in dispute.contest.possible}
    return tuple(sorted(found, key=GRAVITY.__getitem__))
