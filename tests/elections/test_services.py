"""Loading, a government's own elections and days, the day of the demonstration."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from netral.elections import queries, services, today
from netral.elections.known import known_elections
from netral.elections.models import DemoDay, Election, Phase, PhaseOverride
from netral.elections.rules import Milestones
from netral.elections.services.own import ElectionDetails, TicketLine
from netral.elections.services.problems import ElectionError
from netral.people.models import Duty
from tests.elections.factories import NOON, make_government, make_officer

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)
DETAILS = ElectionDetails(
    kind="pemilihan",
    name="Pemungutan suara ulang",
    region_code="64.02",
    basis="Keputusan KPU 1/2027",
    source="",
    days=Milestones(
        candidacy_from=date(2027, 1, 1),
        determined_on=date(2027, 2, 1),
        campaign_from=date(2027, 2, 4),
        campaign_to=date(2027, 3, 20),
        voting_on=date(2027, 3, 24),
        count_to=date(2027, 4, 10),
    ),
    tickets=(TicketLine(1, "Calon A"), TicketLine(2, "Calon B")),
)


def _everything() -> list[dict[str, Any]]:
    return [*Election.objects.order_by("code").values(), *Phase.objects.order_by("id").values()]


def test_loading_twice_changes_nothing() -> None:
    first = services.load_known_elections(now=NOON)
    assert (first.created, first.changed) == (len(known_elections()), 0)
    before = _everything()
    again = services.load_known_elections(now=LATER)
    assert (again.created, again.changed, again.same) == (0, 0, first.created)
    assert _everything() == before


def test_a_corrected_day_in_the_files_arrives_and_a_dropped_phase_leaves() -> None:
    services.load_known_elections(now=NOON)
    known = {entry.code: entry for entry in known_elections()}["pemilu-2024"]
    phases = tuple(
        replace(row, ends_on=date(2024, 2, 9)) if row.code == "campaign" else row
        for row in known.phases
        if row.code != "voter-list"
    )
    summary = services.load_known_elections(now=LATER, known=[replace(known, phases=phases)])
    assert (summary.created, summary.changed) == (0, 1)
    election = Election.objects.get(code="pemilu-2024")
    assert election.phases.get(code="campaign").ends_on == date(2024, 2, 9)
    assert not election.phases.filter(code="voter-list").exists()
    assert election.updated_at == LATER


def test_the_database_refuses_a_forecast_with_a_day() -> None:
    services.load_known_elections(now=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Election.objects.filter(code="pemilu-2029").update(voting_on=date(2029, 2, 14))


def test_an_officer_records_an_election_that_only_their_government_sees() -> None:
    ours, theirs = make_government("64"), make_government("61")
    election = services.add_election(
        actor=make_officer(ours), government=ours, details=DETAILS, now=NOON
    )
    assert next(phase.code for phase in election.phases.all()) == "candidacy"
    assert [ticket.names for ticket in election.tickets.all()] == ["Calon A", "Calon B"]
    during = datetime(2027, 2, 10, tzinfo=UTC)
    assert queries.current_election(ours, during) == election
    assert queries.current_election(theirs, during) is None
    assert election not in queries.elections_for(make_officer(theirs))


def test_changing_replaces_phases_and_ballot_and_a_loaded_election_cannot_be_changed() -> None:
    government = make_government("64")
    officer = make_officer(government)
    election = services.add_election(
        actor=officer, government=government, details=DETAILS, now=NOON
    )
    changed = replace(DETAILS, name="Lain", tickets=(TicketLine(3, "Calon C"),))
    services.change_election(actor=officer, election=election, details=changed, now=LATER)
    assert Election.objects.get(pk=election.pk).name == "Lain"
    assert [ticket.number for ticket in election.tickets.all()] == [3]
    services.load_known_elections(now=NOON)
    with pytest.raises(PermissionDenied):
        services.change_election(
            actor=officer,
            election=Election.objects.get(code="pemilu-2024"),
            details=DETAILS,
            now=LATER,
        )


@pytest.mark.parametrize("kind", [Duty.Kind.AUDITOR, Duty.Kind.HEAD, Duty.Kind.OVERSIGHT])
def test_other_duties_change_no_calendar(kind: str) -> None:
    government = make_government("64")
    with pytest.raises(PermissionDenied):
        services.add_election(
            actor=make_officer(government, kind), government=government, details=DETAILS, now=NOON
        )


def test_an_officer_of_another_government_is_refused() -> None:
    with pytest.raises(PermissionDenied):
        services.add_election(
            actor=make_officer(make_government("61")),
            government=make_government("64"),
            details=DETAILS,
            now=NOON,
        )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"region_code": "61.01"}, "region_code"),
        ({"tickets": (TicketLine(1, "A"), TicketLine(1, "B"))}, "tickets"),
        ({"days": replace(DETAILS.days, voting_on=date(2027, 3, 19))}, "voting_on"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(change: dict[str, Any], field: str) -> None:
    government = make_government("64")
    with pytest.raises(ElectionError) as problem:
        services.add_election(
            actor=make_officer(government),
            government=government,
            details=replace(DETAILS, **change),
            now=NOON,
        )
    assert problem.value.field == field
    assert not Election.objects.exists()


def _loaded(code: str, phase: str) -> Phase:
    services.load_known_elections(now=NOON)
    return Phase.objects.get(election__code=code, code=phase)


def test_own_days_hold_for_one_government_until_withdrawn_and_the_loaded_ones_stay() -> None:
    quiet = _loaded("pemilihan-2024-64", "quiet")
    ours = make_government("64")
    other = make_government("64.72")
    officer = make_officer(ours)
    day = datetime(2024, 11, 24, 5, tzinfo=UTC)
    assert queries.current_phase(ours, day) == "quiet"
    override = services.override_phase(
        actor=officer,
        government=ours,
        phase=quiet,
        starts_on=date(2024, 11, 25),
        ends_on=date(2024, 11, 26),
        reason="Keputusan KPU setempat",
        now=NOON,
    )
    # Nobody claims the 24th now, so the campaign lasts until something else begins.
    assert queries.current_phase(ours, day) == "campaign"
    assert queries.current_phase(other, day) == "quiet"
    quiet.refresh_from_db()
    assert quiet.starts_on == date(2024, 11, 24)
    services.withdraw_override(actor=officer, override=override, now=LATER)
    assert queries.current_phase(ours, day) == "quiet"
    override.refresh_from_db()
    assert (override.withdrawn_by, override.withdrawn_at) == (officer, LATER)


def test_a_second_override_withdraws_the_first_and_keeps_it() -> None:
    quiet = _loaded("pemilihan-2024", "quiet")
    government = make_government("64")
    officer = make_officer(government)
    for last in (25, 26):
        services.override_phase(
            actor=officer,
            government=government,
            phase=quiet,
            starts_on=date(2024, 11, 24),
            ends_on=date(2024, 11, last),
            reason="x",
            now=NOON,
        )
    rows = PhaseOverride.objects.order_by("ends_on")
    assert [row.withdrawn_at is None for row in rows] == [False, True]


def test_days_that_cross_another_phase_are_refused_by_its_name() -> None:
    quiet = _loaded("pemilihan-2024", "quiet")
    government = make_government("64")
    with pytest.raises(ElectionError, match="kampanye"):
        services.override_phase(
            actor=make_officer(government),
            government=government,
            phase=quiet,
            starts_on=date(2024, 11, 23),
            ends_on=date(2024, 11, 26),
            reason="x",
            now=NOON,
        )
    assert not PhaseOverride.objects.exists()


def test_the_calendar_of_another_region_is_not_ours_to_change() -> None:
    quiet = _loaded("pemilihan-2024-53-71", "quiet")
    government = make_government("64")
    with pytest.raises(ElectionError, match="wilayah lain"):
        services.override_phase(
            actor=make_officer(government),
            government=government,
            phase=quiet,
            starts_on=date(2024, 11, 24),
            ends_on=date(2024, 11, 25),
            reason="x",
            now=NOON,
        )


def test_a_reload_keeps_a_dropped_phase_that_somebody_has_days_for() -> None:
    voters = _loaded("pemilihan-2024", "voter-list")
    government = make_government("64")
    services.override_phase(
        actor=make_officer(government),
        government=government,
        phase=voters,
        starts_on=date(2024, 6, 1),
        ends_on=date(2024, 9, 23),
        reason="x",
        now=NOON,
    )
    known = {entry.code: entry for entry in known_elections()}["pemilihan-2024"]
    phases = tuple(row for row in known.phases if row.code != "voter-list")
    services.load_known_elections(now=LATER, known=[replace(known, phases=phases)])
    assert Phase.objects.filter(pk=voters.pk).exists()


def test_the_demonstrations_day_moves_and_returns(settings: Any) -> None:
    settings.DEMO = True
    real = timezone.now()
    ahead = services.set_demo_day(
        actor=None, day=real.date() + timedelta(days=40), zone="UTC", now=real
    )
    assert ahead == 40
    assert timedelta(days=39) < today.now() - real < timedelta(days=41)
    services.set_demo_day(actor=None, day=None, zone="UTC", now=real)
    assert abs(today.now() - timezone.now()) < timedelta(minutes=1)
    assert DemoDay.objects.count() == 1


def test_elsewhere_the_day_can_neither_be_changed_nor_does_a_left_over_row_count(
    settings: Any,
) -> None:
    settings.DEMO = False
    with pytest.raises(PermissionDenied):
        services.set_demo_day(actor=None, day=date(2029, 1, 1), zone="UTC", now=timezone.now())
    DemoDay.objects.create(pk=1, days_ahead=400, changed_at=NOON)
    assert abs(today.now() - timezone.now()) < timedelta(minutes=1)
    assert today.days_ahead() == 0


def test_a_day_too_far_away_is_refused(settings: Any) -> None:
    settings.DEMO = True
    with pytest.raises(ElectionError):
        services.set_demo_day(actor=None, day=date(2099, 1, 1), zone="UTC", now=timezone.now())
