"""The one-page matrix: act by status by phase, each cell with its outcome and main provision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from netral.law.errors import SituationError
from netral.law.judge import judge
from netral.law.library import Library, library
from netral.law.situation import Situation
from netral.law.vocabulary import PHASES, Outcome, Phase

STATUSES = ("PNS", "CPNS", "PPPK", "PPPK_PW", "NON_ASN", "KADES", "PERANGKAT_DESA")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `outcome` is None where the act cannot happen in that phase or election.

    `missing` names the facts that would settle it; `provision` is the first one cited. The cell
    can be
    judged again from its parts, which is how a page links it to its reasons.
    """

    act: str
    status: str
    phase: Phase
    election: str
    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    provision: str | None
    missing: tuple[str, ...]


def matrix(
    on: date,
    *,
    election: str = "pemilihan",
    acts: Sequence[str] | None = None,
    statuses: Sequence[str] = STATUSES,
    law: Library | None = None,
) -> Iterator[Cell]:
    """All cells under the law of one day, in the order act, status, phase."""
    law = law or library()
    for act in acts if acts is not None else tuple(law.acts):
        for status in statuses:
            for phase in PHASES:
                yield cell(law, act, status, phase, election, on)


def cell(law: Library, act: str, status: str, phase: Phase, election: str, on: date) -> Cell:
    """One cell of the matrix."""
    situation = Situation(act, {"status": status, "phase": phase.value, "election": election})
    try:
        verdict = judge(situation, on, law=law)
    except SituationError:
        law.act(act)
        return Cell(act, status, phase, election, None, (), None, ())
    return Cell(
        act, status, phase, election, verdict.outcome, verdict.finding.possible,
        next(iter(verdict.provisions), None), verdict.missing,
    )  # fmt: skip
