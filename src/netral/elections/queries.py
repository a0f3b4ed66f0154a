"""Sight: which election and phase hold for a government, and what an officer may see of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from netral.elections import rules
from netral.elections.calendars import Calendar, DatedElection, calendar_of, covering
from netral.elections.line import PhaseLine, between_elections, under_way
from netral.elections.models import Election, Phase, PhaseOverride
from netral.elections.phases import PhaseCode
from netral.people.models import Account, Government
from netral.people.queries.workplace import workplace_id_of, workplace_of


def current_election(government: Government, now: datetime) -> Election | None:
    """The election under way for a government, or None between elections.

    When several are (a Pemilihan opens while a Pemilu is still counted), the one in whose phase
    most is forbidden; among equals the one of the narrower region, then the government's own.
    """
    found = _current(calendar_of(government.pk), now)
    return Election.objects.get(pk=found.id) if found else None


def elections_under_way(government: Government, now: datetime) -> list[Election]:
    """Every election under way for a government, by region: a regent and a governor may be
    elected on one day."""
    open_now = _open(calendar_of(government.pk), now)
    found = Election.objects.filter(pk__in=[election.id for election in open_now])
    return list(found.order_by("region_code", "code"))


def last_general_election(government: Government, now: datetime) -> Election | None:
    """The latest Pemilu whose day of voting has come, or None. Its parties go on being parties."""
    day = rules.local_day(now, calendar_of(government.pk).zone)
    voted = concerning(government).filter(kind=Election.Kind.PEMILU, voting_on__lte=day)
    return voted.order_by("-voting_on").first()


def current_phase(government: Government, now: datetime) -> PhaseCode | None:
    """The code of the main phase that holds at ``now``, or None between elections."""
    calendar = calendar_of(government.pk)
    found = _current(calendar, now)
    return PhaseCode(rules.phase_at(found.spans, now, calendar.zone)) if found else None


def phase_line(government_id: UUID, now: datetime) -> PhaseLine:
    """What the phase line and the chip show; words in the language in use."""
    calendar = calendar_of(government_id)
    day = rules.local_day(now, calendar.zone)
    found = _current(calendar, now)
    return under_way(found, day) if found else between_elections(_next(calendar, day), day)


def _current(calendar: Calendar, now: datetime) -> DatedElection | None:
    day = rules.local_day(now, calendar.zone)
    open_now = _open(calendar, now)
    narrowest = [
        election for election in open_now if not any(_narrows(it, election) for it in open_now)
    ]
    return max(narrowest, key=lambda election: _rank(election, day), default=None)


def _open(calendar: Calendar, now: datetime) -> list[DatedElection]:
    day = rules.local_day(now, calendar.zone)
    return [
        election
        for election in calendar.elections
        if election.spans
        and election.opens_on is not None
        and rules.is_under_way(election.spans, election.opens_on, day)
    ]


def _narrows(narrow: DatedElection, broad: DatedElection) -> bool:
    """Whether one is the other in a single region: a regional ballot of the national day."""
    return (
        narrow.voting_on == broad.voting_on
        and _narrowness(narrow) > _narrowness(broad)
        and rules.covers(broad.region_code, narrow.region_code)
    )


def _narrowness(election: DatedElection) -> int:
    """0 for the whole country, more the narrower the region."""
    return 0 if election.region_code == "00" else len(election.region_code)


def _rank(election: DatedElection, day: date) -> tuple[int, int, bool, date]:
    return (
        rules.urgency(rules.phase_on(election.spans, day)),
        _narrowness(election),
        election.is_own,
        election.spans[-1].ends_on,
    )


def _next(calendar: Calendar, day: date) -> DatedElection | None:
    """The nearest election still to come, forecasts by their year."""
    ahead = [election for election in calendar.elections if _expected(election) > day]
    return min(ahead, key=_expected, default=None)


def _expected(election: DatedElection | Election) -> date:
    """The day of voting; of a forecast the last one of its year."""
    return election.voting_on or date(election.expected_year or 9999, 12, 31)


def election_to_prepare(government: Government, now: datetime) -> Election | None:
    """The election under way for a government, else the nearest still to come."""
    calendar = calendar_of(government.pk)
    found = _current(calendar, now) or _next(calendar, rules.local_day(now, calendar.zone))
    return Election.objects.get(pk=found.id) if found else None


def elections_for(actor: Account) -> QuerySet[Election]:
    """Every election the officer may look up: the loaded ones, and those of their government."""
    return Election.objects.filter(Q(government=None) | Q(government=workplace_id_of(actor)))


def elections_listed(actor: Account, day: date) -> list[Election]:
    """The same as an officer reads them: what is still to come, the nearest first, then what has
    been, the latest first."""
    elections = list(elections_for(actor).order_by("region_code", "name"))
    elections.sort(key=lambda election: abs(_expected(election) - day))
    elections.sort(key=lambda election: _expected(election) < day)
    return elections


def concerning(government: Government) -> QuerySet[Election]:
    """The elections that concern a government: those that cover its region, and its own."""
    return Election.objects.filter(covering(government))


@dataclass(frozen=True)
class ShownPhase:
    """A phase as one government's officer sees it: with its own days in force, if it has any."""

    phase: Phase
    override: PhaseOverride | None
    state: str
    """``past``, ``current`` or ``future`` on the day asked about."""

    @property
    def starts_on(self) -> date:
        return (self.override or self.phase).starts_on

    @property
    def ends_on(self) -> date:
        return (self.override or self.phase).ends_on

    @property
    def source_lines(self) -> list[str]:
        return self.phase.source.split("\n") if self.phase.source else []


def phases_for(actor: Account, election: Election, now: datetime) -> list[ShownPhase]:
    """All phases of an election the officer sees, by their days in force."""
    government = workplace_of(actor)
    if not elections_for(actor).filter(pk=election.pk).exists() or government is None:
        return []
    overrides = PhaseOverride.objects.filter(
        government=government, withdrawn_at=None, phase__election=election
    ).select_related("made_by", "phase")
    own = {override.phase_id: override for override in overrides}
    day = rules.local_day(now, government.time_zone)
    shown = [_shown(phase, own.get(phase.pk), day) for phase in election.phases.all()]
    return sorted(shown, key=lambda item: (item.starts_on, item.ends_on))


def _shown(phase: Phase, override: PhaseOverride | None, day: date) -> ShownPhase:
    days = override or phase
    state = "future" if day < days.starts_on else "past" if day > days.ends_on else "current"
    return ShownPhase(phase, override, state)
