"""Check a text before it is posted.

netral periksa "Ayo pilih nomor 2"
netral periksa "Titip Bu Lintang ya" --contestant "2=Bara Wijaya, Lintang Ayu"
netral periksa - < tulisan.txt

The parties of the last Pemilu are known, candidates are those given with --contestant; the page
/periksa-tulisan/ of an installation knows those of its own election as well.

Nothing is stored. Exit status: 0 nothing was found (which is not a permission), 1 something was
marked, 2 a wrong call.
"""

from __future__ import annotations

import argparse

from netral.elections.known import known_elections
from netral.law.posts import Contestant, command

add_arguments = command.add_arguments


def run(options: argparse.Namespace) -> int:
    return command.run(options, parties())


def parties() -> list[Contestant]:
    """Those of the last Pemilu in the data, without their numbers: between elections a party stays
    one. Local parties are left out: nobody said in which province the text is written."""
    general = [one for one in known_elections() if one.parties and one.voting_on]
    last = max(general, key=lambda one: str(one.voting_on))
    return [
        Contestant(
            "party",
            None,
            (party.name,),
            tuple(filter(None, (party.short_name, *party.other_names))),
        )
        for party in last.parties
        if not party.only_in
    ]
