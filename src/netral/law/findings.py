"""Puts a weighing into words: citations, questions, sanctions, clocks, safe course, confidence.

What depends on the weighing alone are its `Grounds`, written once per weighing. What a finding adds
to them depends on the status, the day and the facts that are still missing.
"""

from __future__ import annotations

from datetime import date

from netral.law.chapters import Chapter
from netral.law.conditions import HOLDS, condition_state
from netral.law.grounds import FORBIDDEN, Grounds, grounds_of
from netral.law.library import Library
from netral.law.procedures import starting_steps
from netral.law.trace import Trace
from netral.law.verdict import Citation, Finding, Question, SanctionRange
from netral.law.vocabulary import Outcome, Words
from netral.law.weighing import Weighing

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
    grounds = weighing.grounds
    if grounds is None:
        grounds = weighing.grounds = grounds_of(law, index, weighing)
    facts = law.facts
    statuses = facts.possible_of(possible, "status")
    sanctions = _sanctions(law, grounds, statuses, on)
    elections = facts.possible_of(possible, "election")
    return Finding(
        outcome=weighing.outcome,
        possible=weighing.possible,
        citations=_citations(law, index, grounds, statuses),
        questions=_questions(law, grounds, weighing, possible),
        used=_used(law, grounds, possible),
        sanctions=sanctions,
        deciders=_deciders(index, weighing, statuses, sanctions),
        contests=_contests(weighing, sanctions),
        conditions=grounds.conditions,
        notes=_notes(law, index, weighing, statuses, possible),
        clocks=starting_steps(weighing.outcome, statuses, elections, on),
        confidence=grounds.confidence,
        safe=grounds.safe,
        trace=Trace(index, possible, weighing.decided),
    )


def _citations(
    law: Library, index: Chapter, grounds: Grounds, statuses: tuple[str, ...]
) -> tuple[Citation, ...]:
    """Provisions in force, the deciding ones first, each once with its first role."""
    roles: dict[str, str] = {}
    for names, basis, role in grounds.cited:
        for name in names:
            roles.setdefault(name, role)
        for name in basis:
            if name not in roles and _binds(law, name, statuses):
                roles[name] = "basis"
    today = index.stretch
    if today.in_force.isdisjoint(roles):
        for status in statuses:
            for name in today.residuals[status]:
                roles.setdefault(name, "residual")
    for name in law.act(index.act).cites:
        roles.setdefault(name, "information")
    for status in statuses:
        for name in today.duties[status]:
            roles.setdefault(name, "duty")
    in_force = today.in_force
    return tuple([_citation(law, name, role) for name, role in roles.items() if name in in_force])


def _citation(law: Library, name: str, role: str) -> Citation:
    """One citation; every finding that cites the provision in that role shares it."""
    key = ("citation", name, role)
    found = law.compiled.get(key)
    if found is None:
        found = law.compiled[key] = Citation(name, role, law.provision(name).confidence)
    assert isinstance(found, Citation)
    return found


def _binds(law: Library, name: str, statuses: tuple[str, ...]) -> bool:
    """Whether a basis binds one of the statuses; without `binds` or `duty` it binds all."""
    provision = law.provision(name)
    bound = provision.binds | provision.duty
    return not bound or not bound.isdisjoint(statuses)


def _questions(
    law: Library, grounds: Grounds, weighing: Weighing, possible: int
) -> tuple[Question, ...]:
    """The missing facts that open norms and disputes wait for, in the order of the vocabulary."""
    within = law.facts.fact_mask["status"] if weighing.applied else 0
    for condition in grounds.waiting:
        if condition_state(condition, possible) != HOLDS:
            within |= condition[0]
    single = law.facts.single
    return tuple(
        [
            _question(law, name, possible & mask)
            for name, mask in grounds.asked
            if mask & within and possible & mask not in single
        ]
    )


def _used(law: Library, grounds: Grounds, possible: int) -> tuple[tuple[str, str], ...]:
    """The known facts that the deciding norms look at."""
    single = law.facts.single
    known = [possible & mask for _, mask in grounds.shown]
    return tuple([single[left] for left in known if left in single])


def _question(law: Library, name: str, left: int) -> Question:
    """The question for one missing fact, with the answers still possible."""
    key = ("question", left)
    found = law.compiled.get(key)
    if found is None:
        fact = law.facts.facts[name]
        answers = tuple((value, fact.values[value]) for value in law.facts.possible_of(left, name))
        found = law.compiled[key] = Question(name, fact.ask, answers)
    assert isinstance(found, Question)
    return found


def _sanctions(
    law: Library, grounds: Grounds, statuses: tuple[str, ...], on: date
) -> tuple[SanctionRange, ...]:
    """The ranges of the applied norms for a known status, gravest level first, each level once."""
    if len(statuses) != 1 or not grounds.levels:
        return ()
    found: dict[str, SanctionRange] = {}
    for rule in grounds.levels:
        level = law.sanctions[rule.norm.sanction or ""]
        entry = None if level.id in found else level.range_for(statuses[0], on)
        if entry is not None:
            found[level.id] = SanctionRange(
                rule.norm.id, level.id, level.name, entry.options, entry.who, entry.provision,
                rule.norm.sanction_confidence,
            )  # fmt: skip
    ranked = sorted(found.values(), key=lambda item: -law.sanctions[item.level].weight)
    if len(ranked) > 1:
        ranked = [item for item in ranked if item.level != "unassigned"] or ranked
    return tuple(ranked)


def _deciders(
    index: Chapter, weighing: Weighing, statuses: tuple[str, ...],
    sanctions: tuple[SanctionRange, ...],
) -> tuple[Words, ...]:  # fmt: skip
    """Who would look at it: the election supervisor, the body of the day, and who may sanction."""
    if weighing.outcome not in (*FORBIDDEN, Outcome.CONTESTED):
        return ()
    found = [Words("Bawaslu mengkaji dan meneruskan", "Bawaslu studies and refers")]
    if {"PNS", "CPNS", "PPPK", "PPPK_PW"}.intersection(statuses):
        found.extend(body.body for body in index.stretch.supervisors)
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


def _notes(
    law: Library, index: Chapter, weighing: Weighing, statuses: tuple[str, ...], possible: int
) -> tuple[Words, ...]:
    """Remarks about repetition, several breaches, an unknown status, and the absence of a rule."""
    notes = []
    if weighing.applied:
        pns = {"PNS", "CPNS"}.issuperset(statuses) and _REGULATION in index.stretch.in_force
        if pns and len(weighing.applied) > 1:
            notes.append(_ONE_HEAVIEST)
        if pns and possible & law.facts.fact_mask["repeated"] == law.facts.bits["repeated", "yes"]:
            notes.append(_REPEATED)
        if len(statuses) != 1:
            notes.append(_NO_STATUS)
    if weighing.outcome is Outcome.UNDETERMINED and not weighing.possible:
        notes.append(_NO_RULE)
    return tuple(notes)
