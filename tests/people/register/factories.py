"""Small worlds for the tests of the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

from netral.people.folding import matching_key, new_local_id
from netral.people.models import Account, Duty, Government, Person, Posting, Unit, UnitAncestor

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
START = date(2025, 1, 1)
_numbers = (number for number in count(1) if number % 1000)  # none ends like a rounded one


def make_government(code: str = "64", name: str = "Pemerintah Provinsi Contoh") -> Government:
    return Government.objects.create(
        level="province", name=name, region_code=code, time_zone="Asia/Makassar", seat="Samarinda"
    )


def make_unit(government: Government, name: str, parent: Unit | None = None) -> Unit:
    unit = Unit.objects.create(
        government=government,
        parent=parent,
        name=name,
        name_key=matching_key(name),
        depth=parent.depth + 1 if parent else 0,
        opened_on=START,
    )
    above = UnitAncestor.objects.filter(unit=parent) if parent else []
    UnitAncestor.objects.create(ancestor=unit, unit=unit, distance=0)
    for row in above:
        UnitAncestor.objects.create(
            ancestor_id=row.ancestor_id, unit=unit, distance=row.distance + 1
        )
    return unit


def new_number() -> str:
    return f"19850101201001{next(_numbers):04d}"


def make_person(
    unit: Unit,
    name: str = "Siti Rahma",
    *,
    status: str = "pns",
    number: str | None = None,
    since: date = START,
) -> Person:
    if number is None:
        number = "" if status == "non_asn" else new_number()
    person = Person.objects.create(
        government=unit.government,
        number=number,
        local_id="" if number else new_local_id(unit.government.region_code),
        name=name,
        name_key=matching_key(name),
        joined_on=since,
    )
    Posting.objects.create(
        government=unit.government, person=person, unit=unit, status=status, valid_from=since
    )
    return person


def make_account(government: Government, name: str = "Petugas") -> Account:
    account = Account(username=f"akun-{next(_numbers)}", name=name, government=government)
    account.set_password("sandi-untuk-uji")
    account.save()
    return account


def make_officer(
    government: Government, kind: str = Duty.Kind.PERSONNEL, unit: Unit | None = None
) -> Account:
    account = make_account(government)
    give_duty(account, government, kind, unit)
    return account


def give_duty(
    account: Account, government: Government, kind: str, unit: Unit | None = None
) -> Duty:
    return Duty.objects.create(
        account=account,
        kind=kind,
        government=government,
        unit=unit,
        granted_at=NOW,
        confirmed_at=NOW,
    )
