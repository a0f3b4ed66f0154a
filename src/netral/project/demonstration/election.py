"""The fictional election of the demonstration, placed so that today is in its campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from netral.elections import rules
from netral.elections.models import Election
from netral.elections.queries import current_phase
from netral.elections.services.own import (
    ElectionDetails,
    TicketLine,
    add_election,
    change_election,
)
from netral.people.models import Government

CODE = "peragaan-pemilihan-gubernur"
DETAILS = ElectionDetails(
    kind=Election.Kind.PEMILIHAN,
    name="Pemilihan Gubernur Demo Nusantara (rekaan)",
    region_code="",
    basis="Rekaan untuk peragaan; tidak ada dasar hukum",
    source="",
    days=rules.Milestones(*[date.min] * 6),
    tickets=(
        TicketLine(1, "Calon Rekaan Satu – Wakil Rekaan Satu"),
        TicketLine(2, "Calon Rekaan Dua – Wakil Rekaan Dua"),
        TicketLine(3, "Calon Rekaan Tiga – Wakil Rekaan Tiga"),
    ),
)


def place_election(government: Government, *, now: datetime) -> Election:
    """The demonstration's election, made or moved so that ``now`` is in its campaign.

    Moving keeps the election itself, so that pledges signed for it stay where they are; only its
    days are new. While it is in its campaign anyway nothing changes.
    """
    election = Election.objects.filter(code=CODE, government=government).first()
    if election is not None and current_phase(government, now) == "campaign":
        return election
    today = rules.local_day(now, government.time_zone)
    details = replace(DETAILS, region_code=government.region_code, days=milestones(today))
    if election is None:
        return add_election(
            actor=None,
            government=government,
            details=details,
            now=now,
            code=CODE,
            certainty=Election.Certainty.FICTIONAL,
        )
    return change_election(actor=None, election=election, details=details, now=now)


def milestones(today: date) -> rules.Milestones:
    """A calendar like that of Pemilihan 2024 in which ``today`` is day 13 of 60 of the campaign."""
    campaign_from = today - timedelta(days=12)
    campaign_to = campaign_from + timedelta(days=59)
    voting_on = campaign_to + timedelta(days=4)
    return rules.Milestones(
        candidacy_from=campaign_from - timedelta(days=29),
        determined_on=campaign_from - timedelta(days=3),
        campaign_from=campaign_from,
        campaign_to=campaign_to,
        voting_on=voting_on,
        count_to=voting_on + timedelta(days=19),
    )
