"""Puts a weighing into words: citations, questions, sanctions, clocks, safe course, confidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from netral.law.chapters import HOLDS, Chapter, Rule, condition_state
from netral.law.library import Library
from netral.law.procedures import starting_steps
from netral.law.trace import Trace
from netral.law.verdict import Citation, Finding, Question, SanctionRange
from netral.law.vocabulary import CLASS_OUTCOME, Confidence, Outcome, Words

if TYPE_CHECKING:
    from netral.law.judge import Weighing

_FORBIDDEN = (Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME)

_ONE_HEAVIEST = Words(
    "Beberapa pelanggaran sekaligus dikenai satu hukuman terberat (PP 94/2021 Pasal 35).",
    "Several breaches at once bring one sanction, the heaviest (GR 94/2021 Art. 35).",
)
_REPEATED = Words(
    "Pernah dihukum untuk hal sejenis: hukumannya lebih berat dari yang terakhir "
    "(PP 94/2021 Pasal 35).",
    "Sanctioned before for the same kind: the new sanction is heavier (GR 94/2021 Art. 35).",
)
_NO_STATUS = Words(
    "Sanksi bergantung pada status kepegawaian yang belum diketahui.",
    "The sanction depends on the employment status, which is not known.",
)
_NO_RULE = Words(
    "Tidak ditemukan aturan yang jelas mengenai perbuatan ini. Itu tidak berarti boleh.",
    "No clear rule on this act was found. That does not mean that it is allowed.",
)
_REGULATION = "PP-94-2021/35"


def compose(law: Library, index: Chapter, possible: int, on: date, weighing: Weighing) -> Finding:
    """The finding that a weighing amounts to."""
    statuses = _possible_of(law, possible, "status")
    sanctions = _sanctions(law, weighing, statuses, on)
    act = law.act(index.act)
    return Finding(
        outcome=weighing.outcome,
        possible=weighing.possible,
        citations=_citations(law, index, weighing, statuses, on),
        questions=_questions(law, weighing, possible),
        used=_used(law, weighing, possible),
        sanctions=sanctions,
        deciders=_deciders(law, weighing, statuses, sanctions, on),
        contests=_contests(weighing, sanctions),
        conditions=_conditions(weighing),
        notes=_notes(law, weighing, statuses, possible, on),
        clocks=starting_steps(
            weighing.outcome, statuses, _possible_of(law, possible, "election"), on
        ),
        confidence=_confidence(law, weighing),
        safe=_safe(weighing) or act.safe,
        trace=Trace(index, possible, tuple(weighing.decided)),
    )


def _possible_of(law: Library, possible: int, fact: str) -> tuple[str, ...]:
    """The values of one fact that are still possible."""
    bits = law.facts.bits
    return tuple(value for value in law.facts.facts[fact].values if possible & bits[fact, value])


def _citations(
    law: Library, index: Chapter, weighing: Weighing, statuses: tuple[str, ...], on: date
) -> tuple[Citation, ...]:
    """Provisions in force, the deciding ones first, each once with its first role."""
    found: dict[str, Citation] = {}

    def cite(names: Iterable[str], role: str) -> None:
        for name in names:
            provision = law.provision(name)
            if name not in found and provision.in_force(on):
                found[name] = Citation(name, role, provision.confidence)

    for rules, role in _roles(weighing):
        for rule in sorted(rules, key=_gravest_first):
            cite((rule.norm.provision, *rule.norm.also_cites), role)
            cite(_binding(law, rule.norm.basis, statuses), "basis")
    if not found:
        cite((name for status in statuses for name in law.residuals(status, on)), "residual")
    cite(law.act(index.act).cites, "information")
    cite((name for status in statuses for name in law.duties(status, on)), "duty")
    return tuple(found.values())


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


def _binding(law: Library, names: Iterable[str], statuses: tuple[str, ...]) -> Iterable[str]:
    """The bases that bind one of the statuses; a provision without `binds` or `duty` binds all."""
    for name in names:
        provision = law.provision(name)
        bound = provision.binds | provision.duty
        if not bound or bound.intersection(statuses):
            yield name


def _questions(law: Library, weighing: Weighing, possible: int) -> tuple[Question, ...]:
    """The missing facts that open norms and disputes wait for, in the order of the vocabulary."""
    within = 0
    settled = weighing.outcome is not Outcome.UNDETERMINED
    for rule in weighing.open_rules:
        if settled and not _could_raise(rule, weighing.outcome):
            continue
        for conditions in (rule.conditions, *rule.exceptions):
            for condition in conditions:
                if condition_state(condition, possible) != HOLDS:
                    within |= condition[0] | _unwanted(condition)
    if not settled:
        for dispute in weighing.open_disputes:
            for condition in dispute.conditions:
                if condition_state(condition, possible) != HOLDS:
                    within |= condition[0]
    if "status" in law.facts.missing(possible, law.facts.fact_mask["status"]) and weighing.applied:
        within |= law.facts.fact_mask["status"]
    return tuple(_question(law, name, possible) for name in law.facts.missing(possible, within))


def _unwanted(condition: tuple[int, tuple[tuple[int, int], ...]]) -> int:
    """All values a condition looks at but does not want."""
    result = 0
    for _, unwanted in condition[1]:
        result |= unwanted
    return result


def _could_raise(rule: Rule, outcome: Outcome) -> bool:
    """Whether an open prohibition would make a settled outcome graver."""
    order = [Outcome.FORBIDDEN_ETHICS, Outcome.FORBIDDEN_DISCIPLINE, Outcome.CRIME]
    if not rule.norm.forbids or outcome not in order:
        return rule.norm.forbids
    return order.index(CLASS_OUTCOME[rule.norm.klass]) > order.index(outcome)


def _question(law: Library, name: str, possible: int) -> Question:
    """The question for one missing fact, with the answers still possible."""
    fact = law.facts.facts[name]
    answers = tuple((value, fact.values[value]) for value in _possible_of(law, possible, name))
    return Question(name, fact.ask, answers)


def _used(law: Library, weighing: Weighing, possible: int) -> tuple[tuple[str, str], ...]:
    """The known facts that the deciding norms look at."""
    rules = (*weighing.applied, *weighing.contested, *weighing.permissions, *weighing.open_rules)
    reach = 0
    for rule in rules:
        reach |= rule.reach
    for dispute in weighing.disputes:
        reach |= dispute.reach
    used = []
    for name, mask in law.facts.fact_mask.items():
        if mask & reach and (possible & mask).bit_count() == 1:
            used.append((name, _possible_of(law, possible, name)[0]))
    return tuple(used)


def _sanctions(
    law: Library, weighing: Weighing, statuses: tuple[str, ...], on: date
) -> tuple[SanctionRange, ...]:
    """The ranges of the applied norms for a known status, gravest level first, each level once."""
    if len(statuses) != 1:
        return ()
    found: dict[str, SanctionRange] = {}
    for rule in sorted(weighing.applied, key=lambda item: item.norm.sanction_confidence.rank):
        level = law.sanctions[rule.norm.sanction or ""]
        entry = level.range_for(statuses[0], on)
        if entry is not None and level.id not in found:
            found[level.id] = SanctionRange(
                rule.norm.id, level.id, level.name, entry.options, entry.who, entry.provision,
                rule.norm.sanction_confidence,
            )  # fmt: skip
    ranked = sorted(found.values(), key=lambda item: -law.sanctions[item.level].weight)
    if len(ranked) > 1:
        ranked = [item for item in ranked if item.level != "unassigned"] or ranked
    return tuple(ranked)


def _deciders(
    law: Library, weighing: Weighing, statuses: tuple[str, ...],
    sanctions: tuple[SanctionRange, ...], on: date,
) -> tuple[Words, ...]:  # fmt: skip
    """Who would look at it: the election supervisor, the body of the day, and who may sanction."""
    if weighing.outcome not in (*_FORBIDDEN, Outcome.CONTESTED):
        return ()
    found = [Words("Bawaslu mengkaji dan meneruskan", "Bawaslu studies and refers")]
    if {"PNS", "CPNS", "PPPK", "PPPK_PW"}.intersection(statuses):
        found.extend(body.body for body in law.supervisors_on(on))
    found.extend(item.who for item in sanctions)
    return tuple(dict.fromkeys(found))


def _contests(weighing: Weighing, sanctions: tuple[SanctionRange, ...]) -> tuple[str, ...]:
    """The disputes worth showing: those about a sanction only if it is at stake."""
    levels = {item.level for item in sanctions}
    shown = []
    for dispute in weighing.disputes:
        contest = dispute.contest
        if contest.affects == "sanction" and not levels.intersection(contest.sanctions):
            continue
        if contest.affects == "body" and weighing.outcome in (Outcome.ALLOWED, Outcome.ALLOWED_IF):
            continue
        shown.append(contest.id)
    return tuple(shown)


def _conditions(weighing: Weighing) -> tuple[Words, ...]:
    """What to keep to when the outcome is "allowed under conditions"."""
    if weighing.outcome is not Outcome.ALLOWED_IF:
        return ()
    return tuple(
        dict.fromkeys(item for rule in weighing.permissions for item in rule.norm.conditions)
    )


def _notes(
    law: Library, weighing: Weighing, statuses: tuple[str, ...], possible: int, on: date
) -> tuple[Words, ...]:
    """Remarks about repetition, several breaches, an unknown status, and the absence of a rule."""
    notes = []
    if weighing.applied:
        pns = {"PNS", "CPNS"}.issuperset(statuses) and law.provision(_REGULATION).in_force(on)
        if pns and len(weighing.applied) > 1:
            notes.append(_ONE_HEAVIEST)
        if pns and _possible_of(law, possible, "repeated") == ("yes",):
            notes.append(_REPEATED)
        if len(statuses) != 1:
            notes.append(_NO_STATUS)
    if weighing.outcome is Outcome.UNDETERMINED and not weighing.possible:
        notes.append(_NO_RULE)
    return tuple(notes)


def _confidence(law: Library, weighing: Weighing) -> Confidence:
    """The strongest ground of the outcome; for undetermined, that of the duty."""
    names: list[str] = []
    if weighing.outcome in _FORBIDDEN:
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
