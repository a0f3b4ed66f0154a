"""Puts the result of a weighing into words: citations, sanctions, deciders, disputes, remarks.

A `Ruling` rests on the result, on the status with what the day brings to it, and on the provisions
in force. It holds everything of a finding that no single fact changes any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from netral.law.instruments import Norm
from netral.law.library import Library
from netral.law.memory import Memory
from netral.law.stretches import Setting
from netral.law.verdict import Citation, SanctionRange
from netral.law.vocabulary import CLASS_OUTCOME, Confidence, Outcome, Words
from netral.law.weighing import FORBIDDEN, PERMITTED, Cited, Norms, Result

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


class Settled(NamedTuple):
    """The first parts of a finding, in its order."""

    outcome: Outcome
    possible: tuple[Outcome, ...]
    citations: tuple[Citation, ...]
    sanctions: tuple[SanctionRange, ...]
    deciders: tuple[Words, ...]
    contests: tuple[str, ...]
    conditions: tuple[Words, ...]
    confidence: Confidence


@dataclass(frozen=True, slots=True, eq=False)
class Ruling:
    """What a finding says that no further fact changes, and what a last fact chooses from.

    `safe` is None when the safe course is that of the act; `notes_again` are the notes for somebody
    sanctioned before; `clocks` the first steps by the bits of the elections still possible; `asks`
    all bits of the statuses if the sanction rests on the status.
    """

    settled: Settled
    safe: Words | None
    notes: tuple[Words, ...]
    notes_again: tuple[Words, ...]
    clocks: Memory[int, tuple[str, ...]]
    asks: int


Scene = tuple[Setting, tuple[str, ...]]
"""What the day and the status bring, and the provisions that the act informs about."""

Rulings = Memory[Scene, Ruling]


class Wording:
    """Words for results. What many results share (citations, sanctions) is written once."""

    def __init__(self, law: Library) -> None:
        self._law = law
        self._citations = Memory(self._cite)
        self._sanctions = Memory(self._sanction)

    def rulings(self, result: Result) -> Rulings:
        """The rulings that a result comes to, by scene."""
        return Memory(partial(self._ruling, result))

    def _ruling(self, result: Result, scene: Scene) -> Ruling:
        setting, _ = scene
        sanctions = self._sanctions[setting, result.applied]
        settled = Settled(
            result.outcome,
            result.possible,
            self._citations[result.cited, scene],
            sanctions,
            _deciders(result, setting, sanctions),
            _contests(result, sanctions),
            _conditions(result),
            self._confidence(result),
        )
        return Ruling(
            settled,
            _safe(result),
            tuple(_notes(result, setting, again=False)),
            tuple(_notes(result, setting, again=True)),
            setting.clocks[result.outcome],
            self._law.facts.statuses if result.applied else 0,
        )

    def _cite(self, asked: tuple[Cited, Scene]) -> tuple[Citation, ...]:
        """Provisions in force, the deciding ones first, each once with its first role."""
        cited, (setting, information) = asked
        roles: dict[str, str] = {}
        for role, rules in zip(_ROLES, cited, strict=True):
            for norm in sorted((rule.source for rule in rules), key=_gravest_first):
                roles.setdefault(norm.provision, role)
                for name in norm.also_cites:
                    if name in setting.beside:
                        roles.setdefault(name, role)
                for name in norm.basis:
                    if name in setting.beside and self._binds(name, setting):
                        roles.setdefault(name, "basis")
        residuals = () if roles else setting.residuals
        told = [name for name in information if name in setting.beside]
        rest = (("residual", residuals), ("information", told), ("duty", setting.duties))
        for role, names in rest:
            for name in names:
                roles.setdefault(name, role)
        provisions = self._law.provisions
        return tuple(
            Citation(name, role, provisions[name].confidence) for name, role in roles.items()
        )

    def _binds(self, name: str, setting: Setting) -> bool:
        return self._law.provision(name).concerns(setting.statuses)

    def _sanction(self, asked: tuple[Setting, Norms]) -> tuple[SanctionRange, ...]:
        """The ranges of the applied norms for a known status, gravest level first, each level
        once."""
        setting, applied = asked
        levels = self._law.sanctions
        found: dict[str, SanctionRange] = {}
        for norm in sorted((rule.source for rule in applied), key=_surest_first):
            level = levels[norm.sanction or ""]
            entry = setting.ranges.get(level.id)
            if entry is not None and level.id not in found:
                found[level.id] = SanctionRange(
                    norm.id, level.id, level.name, entry.options, entry.who, entry.provision,
                    norm.sanction_confidence,
                )  # fmt: skip
        ranked = sorted(found.values(), key=lambda item: -levels[item.level].weight)
        if len(ranked) > 1:
            ranked = [item for item in ranked if item.level != "unassigned"]
        return tuple(ranked)

    def _confidence(self, result: Result) -> Confidence:
        """The strongest ground of the outcome; for undetermined, that of the duty."""
        if result.outcome is Outcome.UNDETERMINED:
            return Confidence.MEMORY
        deciding = result.permissions or result.contested
        if result.outcome in FORBIDDEN:
            deciding = tuple(
                rule
                for rule in result.applied
                if CLASS_OUTCOME[rule.source.klass] is result.outcome
            )
        provisions = (self._law.provision(rule.source.provision) for rule in deciding)
        return min(
            (item.confidence for item in provisions),
            key=lambda item: item.rank,
            default=Confidence.SINGLE,
        )


def _gravest_first(norm: Norm) -> tuple[int, str]:
    """Crime before discipline before ethics, then by name."""
    return _CLASSES.index(norm.klass), norm.id


def _surest_first(norm: Norm) -> int:
    return norm.sanction_confidence.rank


def _deciders(
    result: Result, setting: Setting, sanctions: tuple[SanctionRange, ...]
) -> tuple[Words, ...]:
    """Who would look at it: the election supervisor, the body of the day, and who may sanction."""
    if result.outcome not in (*FORBIDDEN, Outcome.CONTESTED):
        return ()
    return tuple(dict.fromkeys((_BAWASLU, *setting.bodies, *(item.who for item in sanctions))))


def _contests(result: Result, sanctions: tuple[SanctionRange, ...]) -> tuple[str, ...]:
    """The disputes worth showing: those about a sanction only if it is at stake."""
    levels = {item.level for item in sanctions}
    shown = []
    for dispute in result.disputes:
        contest = dispute.source
        if contest.affects == "sanction" and not levels.intersection(contest.sanctions):
            continue
        if contest.affects == "body" and result.outcome in PERMITTED:
            continue
        shown.append(contest.id)
    return tuple(shown)


def _conditions(result: Result) -> tuple[Words, ...]:
    """What to keep to when the outcome is "allowed under conditions"."""
    return tuple(
        dict.fromkeys(item for rule in result.permissions for item in rule.source.conditions)
    )


def _notes(result: Result, setting: Setting, *, again: bool) -> Iterator[Words]:
    """Remarks about several breaches, repetition, an unknown status, and the absence of a rule."""
    if result.applied:
        if setting.heaviest_only and len(result.applied) > 1:
            yield _ONE_HEAVIEST
        if setting.heaviest_only and again:
            yield _REPEATED
        if len(setting.statuses) > 1:
            yield _NO_STATUS
    if result.outcome is Outcome.UNDETERMINED and not result.possible:
        yield _NO_RULE


def _safe(result: Result) -> Words | None:
    """The safe course of the deciding dispute, if the outcome is contested."""
    if result.outcome is Outcome.CONTESTED:
        for dispute in result.disputes:
            if dispute.source.affects == "outcome":
                return dispute.source.safe
    return None
