"""A small government to count in: units three deep, people of all statuses, signatures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import count

from netral.elections.models import Election
from netral.people.models import (
    Account,
    Duty,
    Government,
    HeadOfUnit,
    Person,
    Posting,
    Unit,
    UnitAncestor,
)
from netral.pledges.models import Ceremony, PledgeText, Signature

DAY = dt.date(2024, 10, 1)
NOW = dt.datetime(2024, 10, 7, 2, 0, tzinfo=dt.UTC)
_serial = count(1)


@dataclass
class World:
    government: Government
    election: Election
    ceremony: Ceremony
    units: dict[str, Unit] = field(default_factory=dict)

    def unit(self, name: str, under: str | None = None) -> Unit:
        parent = self.units[under] if under else None
        unit = Unit.objects.create(
            government=self.government,
            parent=parent,
            name=name,
            name_key=name.casefold(),
            depth=parent.depth + 1 if parent else 0,
            opened_on=DAY,
        )
        UnitAncestor.objects.create(ancestor=unit, unit=unit, distance=0)
        for above in UnitAncestor.objects.filter(unit=parent) if parent else ():
            UnitAncestor.objects.create(
                ancestor_id=above.ancestor_id, unit=unit, distance=above.distance + 1
            )
        self.units[name] = unit
        return unit

    def person(
        self, unit: str, status: str = "pns", level: str = "pelaksana", name: str = ""
    ) -> Person:
        serial = next(_serial)
        name = name or f"Pegawai {serial:05d}"
        person = Person.objects.create(
            government=self.government,
            local_id=f"N99-{serial:07d}",
            name=name,
            name_key=name.casefold(),
        )
        Posting.objects.create(
            government=self.government,
            person=person,
            unit=self.units[unit],
            status=status,
            position_level=level,
            valid_from=DAY,
        )
        return person

    def sign(
        self, person: Person, *, ceremony: Ceremony | None = None, first: bool = True
    ) -> Signature:
        posting = Posting.objects.filter(person=person).latest("valid_from")
        return Signature.objects.create(
            ceremony=ceremony or self.ceremony,
            election=self.election,
            person=person,
            text=self.ceremony.text,
            wording_digest="0" * 64,
            unit=posting.unit,
            status=posting.status,
            position_level=posting.position_level,
            signed_at=NOW,
            recorded_at=NOW,
            evidence=Signature.Evidence.ACCOUNT,
            receipt_code=f"{next(_serial):010d}",
            counts_for_coverage=first,
        )

    def officer(self, kind: str, unit: str | None = None) -> Account:
        account = Account.objects.create(
            username=f"petugas{next(_serial)}", name="Petugas", government=self.government
        )
        Duty.objects.create(
            account=account,
            kind=kind,
            government=self.government,
            unit=self.units[unit] if unit else None,
            granted_at=NOW,
            confirmed_at=NOW,
        )
        return account

    def head(self, unit: str, person: Person, email: str = "") -> None:
        Person.objects.filter(id=person.id).update(email=email)
        HeadOfUnit.objects.create(unit=self.units[unit], person=person, valid_from=DAY)


def build_world(region_code: str = "99") -> World:
    government = Government.objects.create(
        level="province", name=f"Pemerintah {region_code}", region_code=region_code
    )
    election = Election.objects.create(
        code=f"pemilihan-{region_code}",
        kind="pemilihan",
        name="Pemilihan",
        region_code=region_code,
        certainty="fictional",
        voting_on=dt.date(2024, 11, 27),
    )
    text = PledgeText.objects.create(
        government=government,
        version=1,
        title="Ikrar",
        points=["Netral."],
        digest="0" * 64,
        created_at=NOW,
    )
    ceremony = Ceremony.objects.create(
        government=government,
        election=election,
        text=text,
        title="Ikrar bersama",
        leader="Sekretaris Daerah",
        place="Aula",
        planned_at=NOW,
        code=f"C{region_code}"[:6],
        wording={"title": "Ikrar", "opening": "", "points": ["Netral."], "closing": ""},
        wording_digest="0" * 64,
        created_at=NOW,
        state="signing",
        opened_at=NOW,
    )
    world = World(government, election, ceremony)
    world.unit("Dinas Pendidikan")
    world.unit("Cabang Dinas Utara", under="Dinas Pendidikan")
    world.unit("SMA 1", under="Cabang Dinas Utara")
    world.unit("Dinas Kesehatan")
    return world
