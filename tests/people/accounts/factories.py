"""Small governments with invented people, for tests of accounts, duties and privacy."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from netral.people.models import (
    Account,
    Duty,
    Government,
    Person,
    Posting,
    Unit,
    UnitAncestor,
)
from netral.people.queries import authority

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_serial = itertools.count(1)


def make_government(name: str = "Provinsi Tirta Loka", code: str = "") -> Government:
    return Government.objects.create(
        level=Government.Level.PROVINCE,
        name=name,
        region_code=code or f"9{next(_serial)}",
        time_zone=Government.Zone.WITA,
    )


def make_unit(government: Government, name: str = "", parent: Unit | None = None) -> Unit:
    name = name or f"Dinas {next(_serial)}"
    unit = Unit.objects.create(
        government=government,
        parent=parent,
        name=name,
        name_key=name.lower(),
        depth=parent.depth + 1 if parent else 0,
        opened_on=date(2020, 1, 1),
    )
    UnitAncestor.objects.create(ancestor=unit, unit=unit, distance=0)
    if parent:
        for row in UnitAncestor.objects.filter(unit=parent):
            UnitAncestor.objects.create(ancestor=row.ancestor, unit=unit, distance=row.distance + 1)
    return unit


def make_person(unit: Unit, *, number: str | None = None, name: str = "") -> Person:
    serial = next(_serial)
    name = name or f"Sari Wulandari {serial}"
    person = Person.objects.create(
        government=unit.government,
        number=f"1985010120100{serial:05d}" if number is None else number,
        local_id=f"N64-7K3{serial:04d}" if number == "" else "",
        name=name,
        name_key=name.lower(),
    )
    Posting.objects.create(
        government=unit.government,
        person=person,
        unit=unit,
        status=Posting.Status.NON_ASN if number == "" else Posting.Status.PNS,
        valid_from=date(2020, 1, 1),
    )
    return person


def make_account(person: Person, password: str | None = None) -> Account:
    account = Account(
        username=person.identifier,
        name=person.full_name,
        government=person.government,
        person=person,
    )
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save()
    return account


def make_officer(
    kind: str,
    government: Government,
    *,
    unit: Unit | None = None,
    password: str | None = None,
) -> Account:
    """Somebody of the government (or of the unit) with one duty in force."""
    home = unit or make_unit(government)
    account = make_account(make_person(home), password)
    give_duty(account, kind, government, unit)
    return account


def holds(account: Account, *kinds: str) -> bool:
    """Whether one of these duties is in force."""
    return authority.duties_of(account, *kinds).exists()


def give_duty(
    account: Account, kind: str, government: Government, unit: Unit | None = None
) -> Duty:
    return Duty.objects.create(
        account=account,
        kind=kind,
        government=government,
        unit=unit,
        granted_at=NOW,
        confirmed_at=NOW,
    )
