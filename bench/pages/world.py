"""A government of any size, written straight into the tables: only the page is measured."""

from __future__ import annotations

import datetime as dt
import random
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F

from netral.base.ids import new_id
from netral.elections.models import Election
from netral.people.models import Account, Duty, Government, Person, Posting, Unit, UnitAncestor
from netral.pledges.models import Ceremony, CoverageCount, PledgeText, Signature
from netral.pledges.rules.codes import write_receipt_code
from netral.pledges.services import coverage

DAY = dt.date(2024, 1, 1)
NOW = dt.datetime(2024, 10, 7, tzinfo=dt.UTC)
STATUSES = ("pns", "pns", "pppk", "non_asn", "non_asn", "cpns", "pppk_part_time")
LEVELS = ("functional", "functional", "pelaksana", "pengawas", "administrator")
BATCH = 20_000


def build(people: int, *, units_per_top: int, tops: int = 45) -> tuple[Account, Election]:
    """A personnel officer of a new government with so many people, 60 in 100 of whom signed."""
    government = Government.objects.create(level="province", name="Ukur", region_code="99")
    election = Election.objects.create(
        code="ukur",
        kind="pemilihan",
        name="Ukur",
        region_code="99",
        certainty="fictional",
        voting_on=dt.date(2024, 11, 27),
    )
    units = _units(government, tops, units_per_top)
    with transaction.atomic():
        _people(government, units, election, _ceremony(government, election), people)
    coverage.recount(government_id=government.id, election_id=election.id)
    return _officer(government), election


def _officer(government: Government) -> Account:
    officer = Account.objects.create(username="ukur", name="Petugas", government=government)
    Duty.objects.create(
        account=officer,
        kind="personnel",
        government=government,
        granted_at=NOW,
        confirmed_at=NOW,
    )
    return officer


def _ceremony(government: Government, election: Election) -> Ceremony:
    text = PledgeText.objects.create(
        government=government,
        version=1,
        title="Ikrar",
        points=["Netral."],
        digest="0" * 64,
        created_at=NOW,
    )
    return Ceremony.objects.create(
        government=government,
        election=election,
        text=text,
        title="Ikrar",
        leader="Sekda",
        place="Aula",
        planned_at=NOW,
        code="UKUR",
        state="signing",
        opened_at=NOW,
        wording={"title": "Ikrar", "opening": "", "points": ["Netral."], "closing": ""},
        wording_digest="0" * 64,
        created_at=NOW,
    )


def _units(government: Government, tops: int, per_top: int) -> list[Unit]:
    """Each top unit has ten divisions, and under those the rest."""
    made: list[Unit] = []
    closure: list[UnitAncestor] = []

    def unit(name: str, above: list[Unit]) -> Unit:
        new = Unit(
            government=government,
            parent=above[-1] if above else None,
            name=name,
            name_key=name.casefold(),
            depth=len(above),
            opened_on=DAY,
        )
        made.append(new)
        for distance, each in enumerate([new, *reversed(above)]):
            closure.append(UnitAncestor(ancestor=each, unit=new, distance=distance))
        return new

    for top in range(tops):
        head = unit(f"Dinas {top:02d}", [])
        divisions = [unit(f"Bidang {top:02d}-{number}", [head]) for number in range(10)]
        for number in range(per_top - 11):
            unit(f"Satuan {top:02d}-{number:05d}", [head, divisions[number % 10]])
    Unit.objects.bulk_create(made, batch_size=2000)
    UnitAncestor.objects.bulk_create(closure, batch_size=2000)
    return made


def _people(
    government: Government, units: list[Unit], election: Election, ceremony: Ceremony, count: int
) -> None:
    choose = random.Random(2024)
    numbers = iter(range(count))
    while batch := list(islice(numbers, BATCH)):
        persons, postings, signatures = [], [], []
        for number in batch:
            person = Person(
                id=new_id(),
                government=government,
                local_id=f"N99-{number:07d}",
                name=f"Pegawai {number}",
                name_key=f"pegawai {number}",
            )
            posting = Posting(
                id=new_id(),
                government=government,
                person=person,
                unit=choose.choice(units),
                status=choose.choice(STATUSES),
                position_level=choose.choice(LEVELS),
                valid_from=DAY,
            )
            persons.append(person)
            postings.append(posting)
            if choose.random() < 0.6:
                signatures.append(_signature(ceremony, election, person, posting, number))
        for rows in (persons, postings, signatures):
            type(rows[0]).objects.bulk_create(rows, batch_size=1000)


def _signature(
    ceremony: Ceremony, election: Election, person: Person, posting: Posting, number: int
) -> Signature:
    facts: dict[str, Any] = {
        "ceremony": ceremony,
        "election": election,
        "person": person,
        "text_id": ceremony.text_id,
        "signed_at": NOW,
        "recorded_at": NOW,
        "evidence": "account",
        "receipt_code": write_receipt_code(f"{number:010d}"),
        "counts_for_coverage": True,
        "wording_digest": "0" * 64,
        "unit_id": posting.unit_id,
        "status": posting.status,
        "position_level": posting.position_level,
    }
    return Signature(**facts)


def sign_some_more(government: Government, election: Election, count: int) -> None:
    """Signatures that the totals do not hold yet, spread over the units."""
    ceremony = Ceremony.objects.get(government=government)
    waiting = Posting.objects.filter(government=government).exclude(
        person__in=Signature.objects.filter(election=election).values("person")
    )
    for number, posting in enumerate(waiting.select_related("person")[:count]):
        serial = 90_000_000 + number
        _signature(ceremony, election, posting.person, posting, serial).save()
        CoverageCount.objects.filter(
            election=election,
            unit=posting.unit_id,
            status=posting.status,
            position_level=posting.position_level,
        ).update(signed=F("signed") + 1)
