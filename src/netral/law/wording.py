"""Puts the result of a weighing into words: citations, sanctions, deciders, disputes, remarks.

What is cited rests on the norms that carry the result, what it brings on the breaches; both on the
setting, which is the status with what the day brings to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.memory import Memory
from netral.law.remarks import Disputes, Remarks, Stakes, shown
from netral.law.rules import Rule
from netral.law.stretches import Consequences, Footing
from netral.law.verdict import Citation, SanctionRange
from netral.law.vocabulary import Confidence, Outcome, Words
from netral.law.weighing import FORBIDDEN, PERMITTED, Cited, Norms, Result, Weighing

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
_BAWASLU = Words("Bawaslu mengkaji dan meneruskan", "Bawaslu studies and refers")
_ROLES = ("applied", "contested", "permission", "open")
_CLASSES = ("crime", "discipline", "ethics", "permission")


Scene = tuple[Footing, tuple[str, ...]]
"""What the day and the status bring, and the provisions that the act informs about."""


@dataclass(frozen=True, slots=True, eq=False)
class Upshot:
    """What a result brings in a setting. `notes_again` are the notes for somebody sanctioned
    before, `contests` the disputes to show beside such remarks, `clocks` the first steps by the
    bits of the elections still possible."""

    sanctions: tuple[SanctionRange, ...]
    deciders: tuple[Words, ...]
    contests: Memory[Remarks, tuple[str, ...]]
    notes: tuple[Words, ...]
    notes_again: tuple[Words, ...]
    clocks: Memory[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What findings have in common whose rules stand alike; `breached` says whether a norm applies,
    `asks` are all values of the facts to ask for whatever the rules wait for. The other names are
    those of `Finding` and `Weighing`."""

    outcome: Outcome
    breached: bool
    possible: tuple[Outcome, ...]
    conditions: tuple[Words, ...]
    confidence: Confidence
    safe: Words | None
    citations: Memory[Scene, tuple[Citation, ...]]
    upshots: Memory[Consequences, Upshot]
    asks: int
    changed: dict[str, tuple[str, str]]
    pending: int
    shown: int


class _Cause(NamedTuple):
    """What an upshot rests on beside the setting: norms that apply, disputes about the outcome that
    hold, the outcome, and whether no rule was found."""

    applied: Norms
    disputes: Disputes
    outcome: Outcome
    lost: bool


class Wording:
    """Words for results. What many results share is written once."""

    def __init__(self, law: Library) -> None:
        self._law = law
        norms = sorted(law.norms.values(), key=_gravest_first)
        self._order = {norm.id: place for place, norm in enumerate(norms)}
        self._citation = Memory(self._cite_one)
        self._resting = Memory(self._cite_norm)
        self._beside = Memory(self._cite_beside)
        self._citations: Memory[Cited, Memory[Scene, tuple[Citation, ...]]] = Memory(
            lambda cited: Memory(partial(self._cite, cited))
        )
        self._upshots: Memory[_Cause, Memory[Consequences, Upshot]] = Memory(
            lambda cause: Memory(partial(self._upshot, cause))
        )
        self._contests: Memory[Stakes, Memory[Remarks, tuple[str, ...]]] = Memory(
            lambda stakes: Memory(partial(shown, stakes))
        )
        self._equal: Memory[tuple[Citation, ...], tuple[Citation, ...]] = Memory(lambda same: same)

    def draft(self, weighing: Weighing) -> Draft:
        """The common part of the findings of a weighing. The sanction rests on the status, so that
        is asked for when something was breached."""
        result = weighing.result
        outcome = result.outcome
        cause = _Cause(
            result.applied,
            result.disputes,
            outcome,
            outcome is Outcome.UNDETERMINED and not result.possible,
        )
        return Draft(
            outcome,
            bool(result.applied),
            result.possible,
            _conditions(result),
            self._confidence(result),
            _safe(result),
            self._citations[result.cited],
            self._upshots[cause],
            self._law.facts.statuses if result.applied else 0,
            weighing.changed,
            weighing.pending,
            weighing.shown,
        )

    def _confidence(self, result: Result) -> Confidence:
        """The strongest ground of the outcome; for undetermined, that of the duty."""
        if result.outcome is Outcome.UNDETERMINED:
            return Confidence.MEMORY
        deciding = result.permissions or result.contested
        if result.outcome in FORBIDDEN:
            deciding = tuple([item for item in result.applied if item.brings is result.outcome])
        provisions = [self._law.provision(rule.source.provision) for rule in deciding]
        return min(
            [item.confidence for item in provisions],
            key=lambda item: item.rank,
            default=Confidence.SINGLE,
        )

    def _cite(self, cited: Cited, scene: Scene) -> tuple[Citation, ...]:
        """Provisions in force, the deciding ones first, each once with its first role."""
        footing, _ = scene
        found: dict[str, Citation] = {}
        for role, rules in zip(_ROLES, cited, strict=True):
            for rule in sorted(rules, key=self._gravest_first) if len(rules) > 1 else rules:
                for item in self._resting[rule.source.id, role, footing]:
                    found.setdefault(item.provision, item)
        for item in self._beside[scene, not found]:
            found.setdefault(item.provision, item)
        return self._equal[tuple(found.values())]

    def _cite_norm(self, asked: tuple[str, str, Footing]) -> tuple[Citation, ...]:
        """What a norm stands on: its provision, those it cites, and its basis."""
        name, role, footing = asked
        norm = self._law.norms[name]
        binds = partial(self._binds, footing)
        return (
            self._citation[norm.provision, role],
            *(self._citation[item, role] for item in norm.also_cites if item in footing.beside),
            *(self._citation[item, "basis"] for item in filter(binds, norm.basis)),
        )

    def _cite_beside(self, asked: tuple[Scene, bool]) -> tuple[Citation, ...]:
        """What is cited after the norms: what catches the rest if there is none, the information
        of the act, and the general duties."""
        (footing, information), alone = asked
        told = [name for name in information if name in footing.beside]
        residuals = footing.residuals if alone else ()
        rest = (("residual", residuals), ("information", told), ("duty", footing.duties))
        return tuple(self._citation[name, role] for role, names in rest for name in names)

    def _cite_one(self, asked: tuple[str, str]) -> Citation:
        name, role = asked
        return Citation(name, role, self._law.provisions[name].confidence)

    def _binds(self, footing: Footing, name: str) -> bool:
        return name in footing.beside and self._law.provision(name).concerns(footing.statuses)

    def _gravest_first(self, rule: Rule[Norm]) -> int:
        return self._order[rule.source.id]

    def _upshot(self, cause: _Cause, consequences: Consequences) -> Upshot:
        sanctions = self._sanctions(consequences, cause.applied)
        levels = tuple(item.level for item in sanctions)
        pursued = cause.outcome in FORBIDDEN or cause.outcome is Outcome.CONTESTED
        deciders = (_BAWASLU, *consequences.bodies, *(item.who for item in sanctions))
        return Upshot(
            sanctions,
            tuple(dict.fromkeys(deciders)) if pursued else (),
            self._contests[Stakes(cause.disputes, levels, cause.outcome in PERMITTED)],
            tuple(_notes(cause, consequences, again=False)),
            tuple(_notes(cause, consequences, again=True)),
            consequences.clocks[cause.outcome],
        )

    def _sanctions(self, consequences: Consequences, applied: Norms) -> tuple[SanctionRange, ...]:
        """The ranges of the applied norms for a known status, gravest level first, each level
        once."""
        levels = self._law.sanctions
        found: dict[str, SanctionRange] = {}
        for norm in sorted((rule.source for rule in applied), key=_surest_first):
            level = levels[norm.sanction or ""]
            entry = consequences.ranges.get(level.id)
            if entry is not None and level.id not in found:
                found[level.id] = SanctionRange(
                    norm.id, level.id, level.name, entry.options, entry.who, entry.provision,
                    norm.sanction_confidence,
                )  # fmt: skip
        ranked = sorted(found.values(), key=lambda item: -levels[item.level].weight)
        if len(ranked) > 1:
            ranked = [item for item in ranked if item.level != "unassigned"]
        return tuple(ranked)


def _gravest_first(norm: Norm) -> tuple[int, str]:
    """Crime before discipline before ethics, then by name."""
    return _CLASSES.index(norm.klass), norm.id


def _surest_first(norm: Norm) -> int:
    return norm.sanction_confidence.rank


def _notes(cause: _Cause, consequences: Consequences, *, again: bool) -> Iterator[Words]:
    """Remarks about several breaches, repetition, an unknown status, and the absence of a rule."""
    if cause.applied:
        if consequences.heaviest_only and len(cause.applied) > 1:
            yield _ONE_HEAVIEST
        if consequences.heaviest_only and again:
            yield _REPEATED
        if len(consequences.statuses) > 1:
            yield _NO_STATUS
    if cause.lost:
        yield _NO_RULE


def _conditions(result: Result) -> tuple[Words, ...]:
    """What to keep to when the outcome is "allowed under conditions"."""
    return tuple(
        dict.fromkeys([item for rule in result.permissions for item in rule.source.conditions])
    )


def _safe(result: Result) -> Words | None:
    """The safe course of the deciding dispute, if the outcome is contested."""
    if result.outcome is Outcome.CONTESTED:
        return result.disputes[0].source.safe
    return None
