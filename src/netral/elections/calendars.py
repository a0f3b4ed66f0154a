"""The calendar of a government as frozen values, kept in the process for a minute.

Every officer's page shows the phase line, so its data is read once a minute and not once a
page. Only days are kept, never "the current phase": that is worked out anew at each moment, so a
phase switches at midnight sharp whatever stands here.
"""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from netral.elections.models import Election, Phase, PhaseOverride
from netral.elections.rules import Span, regions_above
from netral.people.models import Government

KEPT_SECONDS = 60.0


@dataclass(frozen=True)
class DatedElection:
    """What the phase line needs of an election. ``spans``: its main phases in order, local days
    with the government's overrides applied; empty for a forecast."""

    id: UUID
    name: str
    name_en: str
    region_code: str
    certainty: str
    voting_on: date | None
    expected_year: int | None
    is_own: bool
    spans: tuple[Span, ...]
    opens_on: date | None
    """The first day of the first step its calendar names."""


@dataclass(frozen=True)
class Calendar:
    """Everything one government's phase line can be worked out from."""

    government_id: UUID
    zone: str
    elections: tuple[DatedElection, ...]


_kept: dict[UUID, tuple[float, Calendar]] = {}


def calendar_of(government_id: UUID) -> Calendar:
    """The government's calendar, at most a minute old (at once after a change in this process)."""
    kept = _kept.get(government_id)
    if kept and time.monotonic() - kept[0] < KEPT_SECONDS:
        return kept[1]
    calendar = _read(Government.objects.get(pk=government_id))
    _kept[government_id] = (time.monotonic(), calendar)
    return calendar


def forget_calendars() -> None:
    """Called by every service that changes a calendar."""
    _kept.clear()


def covering(government: Government) -> Q:
    """Elections that concern a government: loaded ones that cover its region, and its own."""
    above = regions_above(government.region_code)
    return Q(government=None, region_code__in=above) | Q(government=government)


def _read(government: Government) -> Calendar:
    elections = list(Election.objects.filter(covering(government)))
    overrides = {
        override.phase_id: override
        for override in PhaseOverride.objects.filter(government=government, withdrawn_at=None)
    }
    phases: dict[UUID, list[Phase]] = defaultdict(list)
    for phase in Phase.objects.filter(election__in=elections):
        if phase.pk in overrides:
            phase.starts_on = overrides[phase.pk].starts_on
            phase.ends_on = overrides[phase.pk].ends_on
        phases[phase.election_id].append(phase)
    dated = tuple(_dated(election, phases[election.pk]) for election in elections)
    return Calendar(government.pk, government.time_zone, dated)


def _dated(election: Election, phases: list[Phase]) -> DatedElection:
    spans = [Span(row.code, row.starts_on, row.ends_on) for row in phases if row.is_main]
    return DatedElection(
        id=election.pk,
        name=election.name,
        name_en=election.name_en,
        region_code=election.region_code,
        certainty=election.certainty,
        voting_on=election.voting_on,
        expected_year=election.expected_year,
        is_own=election.government_id is not None,
        spans=tuple(sorted(spans, key=lambda span: span.starts_on)),
        opens_on=min((row.starts_on for row in phases), default=None),
    )
