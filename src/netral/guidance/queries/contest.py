"""Who stands in the election under way, as data for the check of a text."""

from __future__ import annotations

import re
from datetime import datetime

from netral.elections.models import Party, Ticket
from netral.elections.queries import current_election
from netral.law.posts import Contest, Contestant
from netral.people.models import Account
from netral.people.queries.accounts import only_government

_WORDS = re.compile(r"[^\W_]+")
_TITLES = frozenset("pak bu bapak ibu bang mas mbak kang gus haji h hj dr".split())
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
    others = tuple(map(str, ticket.other_names))
    slogans = tuple(name for name in others if _is_slogan(name, ticket.names))
    aliases = tuple(name for name in others if name not in slogans)
    return Contestant("ticket", ticket.number, whole, aliases, slogans)


def _is_slogan(other: str, names: str) -> bool:
    """Whether it is a slogan ("Maju Terus"); "A-B", "Pak A" and a single word are names."""
    words = _WORDS.findall(other.casefold())
    known = {*_WORDS.findall(names.casefold()), *_TITLES}
    return len(words) > 1 and not known.issuperset(words)


def _party(party: Party) -> Contestant:
    aliases = (party.short_name, *map(str, party.other_names))
    return Contestant("party", party.number, (party.name,), tuple(filter(None, aliases)))
