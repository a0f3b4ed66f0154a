"""Who stands in the election under way, as data for the check of a text."""

from __future__ import annotations

from datetime import datetime

from netral.elections.models import Party, Ticket
from netral.elections.queries import current_election
from netral.law.posts import Contest, Contestant
from netral.people.models import Account
from netral.people.queries.accounts import only_government

_BETWEEN_NAMES = ("–", "—", " & ", " - ", " dan ")


def contest_for(actor: Account | None, now: datetime) -> Contest:
    """Tickets and parties of the election under way for the visitor's government.

    Empty between elections, and for a stranger where several governments share the installation.
    """
    government = (actor.government if actor else None) or only_government()
    election = current_election(government, now) if government else None
    if election is None:
        return Contest()
    tickets = Ticket.objects.filter(election=election, is_blank=False)
    parties = Party.objects.filter(election=election)
    return Contest((*map(_ticket, tickets), *map(_party, parties)))


def _ticket(ticket: Ticket) -> Contestant:
    names = [ticket.names]
    for sign in _BETWEEN_NAMES:
        names = [part for name in names for part in name.split(sign)]
    whole = tuple(name.strip() for name in names if name.strip())
    return Contestant("ticket", ticket.number, whole, tuple(map(str, ticket.other_names)))


def _party(party: Party) -> Contestant:
    aliases = (party.short_name, *map(str, party.other_names))
    return Contestant("party", party.number, (party.name,), tuple(filter(None, aliases)))
