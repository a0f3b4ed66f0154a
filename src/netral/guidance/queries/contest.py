"""Who stands in the elections under way, as data for the check of a text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from netral.elections.models import Party, Ticket
from netral.elections.queries import elections_under_way, last_general_election
from netral.law.posts import Contest, Contestant
from netral.people.models import Account
from netral.people.queries.accounts import only_government

_WORDS = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    "pak bu bapak ibu bang mas mbak kang gus haji h hj dr drs dra drg ir prof kh kyai ustaz ustadz "
    "tgh tuan guru letjen mayjen brigjen kombes kolonel purn".split()
)
BLANK_COLUMN = ("kolom kosong", "kotak kosong")
"""What stands against a single ticket. Calling people to it takes a side as well."""
_BETWEEN_NAMES = ("–", "—", " & ", " - ", " dan ")


def contest_for(actor: Account | None, now: datetime) -> Contest:
    """Tickets and parties of all elections under way for the visitor's government.

    The parties of the last Pemilu are known at any time, then without their old numbers: a party
    stays one between elections. Empty for a stranger where several governments share the
    installation.
    """
    government = (actor.government if actor else None) or only_government()
    if government is None:
        return Contest()
    under_way = elections_under_way(government, now)
    tickets = Ticket.objects.filter(election__in=under_way)
    parties = list(Party.objects.filter(election__in=under_way))
    found = [*map(_ticket, tickets), *map(_party, parties)]
    last = None if parties else last_general_election(government, now)
    if last:
        past = map(_party, Party.objects.filter(election=last))
        found += [replace(party, number=None) for party in past]
    return Contest(tuple(found))


def _ticket(ticket: Ticket) -> Contestant:
    race = str(ticket.election_id)
    if ticket.is_blank:
        return Contestant("ticket", ticket.number, (), BLANK_COLUMN, race=race)
    names = [ticket.names]
    for sign in _BETWEEN_NAMES:
        names = [part for name in names for part in name.split(sign)]
    whole = tuple(filter(None, map(_without_titles, names)))
    others = tuple(map(str, ticket.other_names))
    slogans = tuple(name for name in others if _is_slogan(name, ticket.names))
    aliases = tuple(name for name in others if name not in slogans)
    return Contestant("ticket", ticket.number, whole, aliases, slogans, race)


def _without_titles(name: str) -> str:
    """ "Dr. H. Ranu Kelana, S.E., M.Si." is called Ranu Kelana."""
    words = name.partition(",")[0].split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    return " ".join(word for word in words if "." not in word.rstrip("."))


def _is_slogan(other: str, names: str) -> bool:
    """Whether it is a slogan ("Maju Terus"); "A-B", "Pak A" and a single word are names."""
    words = _WORDS.findall(other.casefold())
    known = {*_WORDS.findall(names.casefold()), *_TITLES}
    return len(words) > 1 and not known.issuperset(words)


def _party(party: Party) -> Contestant:
    aliases = tuple(filter(None, (party.short_name, *map(str, party.other_names))))
    race = str(party.election_id)
    return Contestant("party", party.number, (party.name,), aliases, race=race)
