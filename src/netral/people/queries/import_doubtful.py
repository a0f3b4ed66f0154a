"""Units of a file that are perhaps old ones misspelled, for the officer who is asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from netral.people import import_wording
from netral.people.models import Import, ImportUnit
from netral.people.queries.import_preview import Candidate
from netral.people.queries.units import names_with_place
from netral.people.services.imports.unit_plan import MOST_SIMILAR

MOST_DOUBTFUL = 500


@dataclass(frozen=True)
class DoubtfulUnit:
    """A unit of the file beside those of the register that it resembles."""

    unit: ImportUnit
    candidates: tuple[Candidate, ...]
    has_more: bool
    """It resembles more units than are offered."""
    answer: str
    """The value of the choice that was made: a unit's key or ``new``."""
    above: str
    where: str


def doubtful_units(source: Import) -> list[DoubtfulUnit]:
    """New units that are perhaps old ones misspelled, unanswered ones first."""
    asked = ImportUnit.objects.filter(source=source).exclude(similar_id=None)
    units = list(asked.order_by("answer", "id")[:MOST_DOUBTFUL])
    paths = names_with_place({UUID(key) for unit in units for key in unit.candidate_ids})
    return [
        DoubtfulUnit(
            unit=unit,
            candidates=tuple(
                Candidate(str(key), paths[key])
                for key in map(UUID, unit.candidate_ids[:MOST_SIMILAR])
                if key in paths
            ),
            has_more=len(unit.candidate_ids) > MOST_SIMILAR,
            answer=str(unit.similar_id) if unit.answer == ImportUnit.Answer.SAME else unit.answer,
            above=unit.above,
            where=import_wording.place(unit.sheet, unit.line),
        )
        for unit in units
    ]
