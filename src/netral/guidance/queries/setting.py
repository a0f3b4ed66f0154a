"""Where and when a question is asked: the day, the phase and the status that nobody had to type."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from netral.elections.queries import current_election, current_phase
from netral.elections.rules import local_day
from netral.people.models import Account, Government, Posting
from netral.people.queries.accounts import only_government

STATUSES = {
    Posting.Status.PNS: "PNS",
    Posting.Status.CPNS: "CPNS",
    Posting.Status.PPPK: "PPPK",
    Posting.Status.PPPK_PART_TIME: "PPPK_PW",
    Posting.Status.NON_ASN: "NON_ASN",
}
"""From the register's words to those of the law."""


@dataclass(frozen=True, slots=True)
class Setting:
    """``phase`` and ``election`` are "" unless an election is under way for the government.

    ``status`` is "" unless somebody signed in has one in the register.
    """

    today: date
    government: Government | None = None
    phase: str = ""
    election: str = ""
    election_name: str = ""
    status: str = ""


def setting_for(actor: Account | None, now: datetime) -> Setting:
    """The setting of somebody signed in, or of a stranger (None) who asks of this installation."""
    government = (actor.government if actor else None) or only_government()
    if government is None:
        return Setting(now.date())
    return replace(setting_of(government, now), status=_status_of(actor) if actor else "")


def setting_of(government: Government, now: datetime) -> Setting:
    """Where and when, of nobody in particular."""
    election = current_election(government, now)
    return Setting(
        today=local_day(now, government.time_zone),
        government=government,
        phase=str(current_phase(government, now) or "") if election else "",
        election=election.kind if election else "",
        election_name=election.title if election else "",
    )


def _status_of(actor: Account) -> str:
    """Read at the moment of asking, shown, correctable, and kept nowhere."""
    if actor.person_id is None:
        return ""
    posting = Posting.objects.filter(person=actor.person_id, valid_to=None).first()
    return STATUSES[Posting.Status(posting.status)] if posting else ""
