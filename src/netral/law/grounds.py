"""What a weighing alone says, whatever the status and the day: written once per weighing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netral.law.chapters import Chapter, Rule
from netral.law.conditions import Condition
from netral.law.library import Library
from netral.law.vocabulary import CLASS_OUTCOME, Confidence, Outcome, Words
from netral.law.weighing import Weighing

FORBIDDEN = (Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a weighing alone says.

    `cited` are the rules' own provisions, their bases and the role, the deciding ones first;
    `shown` and `asked` the facts, with all their values, that the finding may name as used and
    those it may ask for; `waiting` the conditions a missing fact leaves open; `levels` the rules
    with a sanction, the surest first.
    """

    cited: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]
    shown: tuple[tuple[str, int], ...]
    asked: tuple[tuple[str, int], ...]
    waiting: tuple[Condition, ...]
    levels: tuple[Rule, ...]
    conditions: tuple[Words, ...]
    confidence: Confidence
    safe: Words


def grounds_of(law: Library, index: Chapter, weighing: Weighing) -> Grounds:
    """Everything that the states of the rules and disputes settle by themselves."""
    shown = 0
    met = (*weighing.applied, *weighing.contested, *weighing.permissions)
    for rule in (*met, *weighing.open_rules):
        shown |= rule.reach
    for dispute in weighing.disputes:
        shown |= dispute.reach
    waiting = tuple(_waiting(weighing))
    asked = law.facts.fact_mask["status"] if weighing.applied else 0
    for wanted, _ in waiting:
        asked |= wanted
    return Grounds(
        cited=tuple(
            ((rule.norm.provision, *rule.norm.also_cites), rule.norm.basis, role)
            for rules, role in _roles(weighing)
            for rule in sorted(rules, key=_gravest_first)
        ),
        shown=law.facts.reached(shown),
        asked=law.facts.reached(asked),
        waiting=waiting,
        levels=tuple(sorted(weighing.applied, key=lambda item: item.norm.sanction_confidence.rank)),
        conditions=_conditions(weighing),
        confidence=_confidence(law, weighing),
        safe=_safe(weighing) or law.act(index.act).safe,
    )


def _waiting(weighing: Weighing) -> Iterator[Condition]:
    """The conditions of open norms and disputes that could still change the outcome."""
    settled = weighing.outcome is not Outcome.UNDETERMINED
    for rule in weighing.open_rules:
        if not settled or _could_raise(rule, weighing.outcome):
            for conditions in (rule.conditions, *rule.exceptions):
                yield from conditions
    if not settled:
        for dispute in weighing.open_disputes:
            yield from dispute.conditions


def _roles(weighing: Weighing) -> list[tuple[list[Rule], str]]:
    """Which rules a verdict cites, and as what."""
    roles = [(weighing.applied, "applied"), (weighing.contested, "contested")]
    if weighing.outcome in (Outcome.ALLOWED, Outcome.ALLOWED_IF):
        roles.append((weighing.permissions, "permission"))
    roles.append(([rule for rule in weighing.open_rules if rule.norm.forbids], "open"))
    return roles


def _gravest_first(rule: Rule) -> tuple[int, str]:
    """Crime before discipline before ethics, then by name."""
    order = ("crime", "discipline", "ethics", "permission")
    return order.index(rule.norm.klass), rule.norm.id


def _could_raise(rule: Rule, outcome: Outcome) -> bool:
    """Whether an open prohibition would make a settled outcome graver."""
    order = [Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME]
    if not rule.norm.forbids or outcome not in order:
        return rule.norm.forbids
    return order.index(CLASS_OUTCOME[rule.norm.klass]) > order.index(outcome)


def _conditions(weighing: Weighing) -> tuple[Words, ...]:
    """What to keep to when the outcome is "allowed under conditions"."""
    if weighing.outcome is not Outcome.ALLOWED_IF:
        return ()
    return tuple(
        dict.fromkeys(item for rule in weighing.permissions for item in rule.norm.conditions)
    )


def _confidence(law: Library, weighing: Weighing) -> Confidence:
    """The strongest ground of the outcome; for undetermined, that of the duty."""
    names: list[str] = []
    if weighing.outcome in FORBIDDEN:
        names = [
            rule.norm.provision
            for rule in weighing.applied
            if CLASS_OUTCOME[rule.norm.klass] is weighing.outcome
        ]
    elif weighing.outcome in (Outcome.ALLOWED, Outcome.ALLOWED_IF):
        names = [rule.norm.provision for rule in weighing.permissions]
    elif weighing.outcome is Outcome.CONTESTED:
        names = [rule.norm.provision for rule in weighing.contested]
    if not names:
        return Confidence.MEMORY if weighing.outcome is Outcome.UNDETERMINED else Confidence.SINGLE
    return min((law.provision(name).confidence for name in names), key=lambda item: item.rank)


def _safe(weighing: Weighing) -> Words | None:
    """The safe course of the deciding dispute, if the outcome is contested."""
    if weighing.outcome is Outcome.CONTESTED:
        for dispute in weighing.disputes:
            if dispute.contest.affects == "outcome":
                return dispute.contest.safe
    return None
