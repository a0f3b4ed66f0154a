"""Keeps the coverage figures right when two entries of the register become one person.

Signatures stay as they were written; whoever reads them follows ``merged_into``
(:mod:`netral.pledges.queries.signatures`). Only the kept figures change: two first signatures
may be one person's now.
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from netral.people.events import PeopleMerged
from netral.people.models import Person, Posting
from netral.pledges.models import Signature
from netral.pledges.services.counting import Cell, recount_cell


def follow_merge(event: PeopleMerged) -> None:
    """Counts anew the rows in which either entry stood, for each election they signed for."""
    own = Q(pk__in=[event.kept, event.dropped]) | Q(merged_into=event.kept)
    entries = Person.objects.filter(own).values("pk")
    elections = set(
        Signature.objects.filter(person__in=entries).values_list("election_id", flat=True)
    )
    if not elections:
        return
    places = {
        (posting.government_id, posting.unit_id, posting.status, posting.position_level)
        for posting in Posting.objects.filter(person__in=[event.kept, event.dropped])
    }
    for election in sorted(elections):
        _recount(election, places)


def _recount(election: UUID, places: set[tuple[UUID, UUID, str, str]]) -> None:
    for government, unit, status, level in sorted(places):
        recount_cell(Cell(election, unit, status, level), government_id=government)
