"""What the addresses of elections promise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from netral.elections.models import Election, Phase
from tests.contracts.expectations import Page, officers, whole
from tests.contracts.places import Place
from tests.people.accounts import factories

editors = whole("personnel", "organiser")


def _election(place: Place) -> Mapping[str, Any]:
    """The office's own election, beside those that everybody has."""

    def make() -> Election:
        return Election.objects.create(
            government=place.government,
            code=f"pemilihan-{place.government.region_code.replace('.', '-')}",
            kind="pemilihan",
            name=f"Pemilihan {place.word}",
            region_code=place.government.region_code,
            certainty="fictional",
            voting_on=factories.NOW.date(),
        )

    return {"election": place.once("election", make).pk}


def _phase(place: Place) -> Mapping[str, Any]:
    """Of an election that everybody has: each office may note its own days beside it."""

    def make() -> Phase:
        shared = Election.objects.create(
            code=f"bersama-{place.government.region_code.replace('.', '-')}",
            kind="pemilihan",
            name="Pemilihan bersama",
            region_code="00",
            certainty="fictional",
            voting_on=factories.NOW.date(),
        )
        day = factories.NOW.date()
        return Phase.objects.create(
            election=shared, code="kampanye", name="Kampanye", starts_on=day, ends_on=day
        )

    phase = place.once("phase", make)
    return {"election": phase.election_id, "phase": phase.pk}


PAGES: dict[str, Page] = {
    "elections:election_list": Page(may=officers),
    "elections:election_detail": Page(may=officers, arguments=_election, whole_object=True),
    "elections:election_add": Page(may=editors),
    "elections:election_change": Page(may=editors, arguments=_election, whole_object=True),
    "elections:election_override": Page(may=editors, arguments=_phase, public_object=True),
    "elections:election_withdraw": Page(
        may=editors, arguments=_phase, public_object=True, method="post"
    ),
    "elections:demo_day": Page(may=frozenset()),
}
