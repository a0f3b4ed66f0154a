"""`judge`: what the law of a day says about a situation, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from netral.law.chapters import FAILS, HOLDS, UNKNOWN, Chapter, Dispute, Rule, all_of, chapter
from netral.law.errors import SituationError
from netral.law.findings import compose
from netral.law.library import Library, library
from netral.law.situation import Situation, possible_values
from netral.law.verdict import Finding, Verdict
from netral.law.vocabulary import CLASS_OUTCOME, GRAVITY, Outcome


@dataclass(slots=True)
class Weighing:
    """The state of every rule of a chapter, before it is put into words."""

    outcome: Outcome
    possible: tuple[Outcome, ...]
    decided: list[tuple[str, str | None]]
    applied: list[Rule]
    contested: list[Rule]
    open_rules: list[Rule]
    permissions: list[Rule]
    disputes: list[Dispute]
    open_disputes: list[Dispute]


def judge(situation: Situation, on: date, *, law: Library | None = None) -> Verdict:
    """Judge a situation under the law in force on `on`.

    A missing fact never counts as "no": it leaves the elements that need it undetermined, and the
    verdict lists it as a question if it could change the result. Equal questions share one finding.
    """
    law = law or library()
    if on < law.first_day:
        raise SituationError(f"the law data start on {law.first_day}; ask about that day or later")
    possible = possible_values(law, situation, on)
    index = chapter(law, situation.act, on)
    key = possible & index.relevant
    finding = index.findings.get(key)
    if finding is None:
        finding = index.findings[key] = find(law, index, possible, on)
    assert isinstance(finding, Finding)
    return Verdict(situation.act, on, law.version, finding)


def find(law: Library, index: Chapter, possible: int, on: date) -> Finding:
    """The finding for one chapter and one set of possible values, without the memory of earlier
    ones."""
    return compose(law, index, possible, on, weigh(index, possible))


def weigh(index: Chapter, possible: int) -> Weighing:
    """Decide every rule of the chapter and the outcome."""
    states = [_rule_state(rule, possible) for rule in index.rules]
    by_name = {rule.norm.id: state for rule, (state, _) in zip(index.rules, states, strict=True)}
    disputes = [(item, all_of(item.conditions, possible)) for item in index.disputes]
    result = Weighing(
        Outcome.UNDETERMINED, (), [], [], [], [], [],
        [item for item, state in disputes if state == HOLDS],
        [item for item, state in disputes if state == UNKNOWN and item.contest.affects ==
        "outcome"],
    )  # fmt: skip
    for rule, (state, reason) in zip(index.rules, states, strict=True):
        _place(result, index, rule, state, reason, by_name)
    result.outcome, result.possible = _outcome(result)
    return result


def _rule_state(rule: Rule, possible: int) -> tuple[int, str]:
    """State of one norm with its exceptions."""
    state = all_of(rule.conditions, possible)
    if state == FAILS:
        return FAILS, "element_fails"
    for exception in rule.exceptions:
        excepted = all_of(exception, possible)
        if excepted == HOLDS:
            return FAILS, "excepted"
        if excepted == UNKNOWN:
            state = UNKNOWN
    return state, "applied" if state == HOLDS else "open"


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
