"""Access rules of pledges' own pages."""

from __future__ import annotations

from netral.people.access import duty
from netral.pledges.queries import coverage
from netral.pledges.queries.ceremonies import ORGANISERS

organiser = duty(*ORGANISERS)
"""Plans and holds ceremonies. ``queries`` narrow to the ceremonies within reach."""

sees_figures = duty(*coverage.SEES_FIGURES)
"""Sees who has not been reached, as figures; names need more."""
