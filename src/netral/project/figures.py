"""Puts the features' kept figures under the eyes of ``netral check``."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from netral.base.checks import register_figures
from netral.pledges.models import CoverageCount
from netral.pledges.services import coverage


def _counted() -> Iterator[tuple[UUID, UUID]]:
    rows = CoverageCount.objects.values_list("government_id", "election_id").distinct()
    yield from rows.order_by("government_id", "election_id")


def coverage_differences() -> int:
    return sum(
        len(coverage.differences(government_id=government, election_id=election))
        for government, election in _counted()
    )


def recount_coverage() -> None:
    for government, election in list(_counted()):
        coverage.recount(government_id=government, election_id=election)


register_figures("coverage", coverage_differences, recount_coverage)
