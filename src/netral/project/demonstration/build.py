"""Builds the demonstration: one call from an empty database to a province at work."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from netral.elections.services import load_known_elections
from netral.people.models import Government, HeadOfUnit, Import, Person, Unit
from netral.project.demonstration import consulting, officers, pledging, slips
from netral.project.demonstration.election import place_election
from netral.project.demonstration.importing import Imported, import_file
from netral.project.demonstration.officers import SignIn
from netral.project.demonstration.register_file import PROVINCE, write_register, write_tree
from netral.project.demonstration.staff import (
    REFERENCE_DAY,
    DemoPerson,
    make_asn,
    make_non_asn,
)
from netral.project.demonstration.units import DemoUnit, make_tree
from netral.project.refusal import Refusal
from netral.speaking.sentences import figure

SEED = 2026
REGION_CODE = "99"
"""No Indonesian province bears it; codes run from 11 to 97."""
PREPARED = timedelta(days=10)
"""So long ago officers got their duties and slips were printed: before the first ceremony."""
Report = Callable[[str], None]


@dataclass(frozen=True)
class DemoSummary:
    """What stands there now. ``is_new`` is false when it stood there before."""

    is_new: bool
    government: str
    people: int
    units: int
    register: Path
    imported: tuple[Imported, ...] = ()
    sign_ins: list[SignIn] = field(default_factory=list)
    seconds: float = 0.0


def build(
    *, size: int = 18_000, seed: int = SEED, report: Report = print, now: datetime | None = None
) -> DemoSummary:
    """Makes the demonstration of ``size`` people, or finds that it is there.

    All of it is one transaction: interrupted, it leaves nothing. Raises :class:`Refusal` outside a
    demonstration and beside a government that is none.
    """
    now = now or timezone.now()
    if not settings.DEMO:
        raise Refusal(
            "this installation is configured as a real one; a demonstration needs "
            "NETRAL_DEMO=true and a database of its own (NETRAL_DATABASE)"
        )
    government = Government.objects.filter(is_demo=True).first()
    if government is not None:
        keep_current(now=now)
        return _summary(government, seed=seed, now=now, is_new=False)
    _must_be_alone()
    started = time.perf_counter()
    with transaction.atomic():
        government, imported = _fill(size=size, seed=seed, report=report, now=now)
    seconds = time.perf_counter() - started
    report(f"The demonstration is ready after {seconds:.0f} seconds.")
    return _summary(government, seed=seed, now=now, is_new=True, imported=imported, seconds=seconds)


def keep_current(*, now: datetime | None = None) -> None:
    """Moves a demonstration that stands there along: today has a phase, the slips still open."""
    now = now or timezone.now()
    government = Government.objects.filter(is_demo=True).first()
    if settings.DEMO and government is not None:
        load_known_elections(now=now)
        place_election(government, now=now)
        slips.renew(government, now=now)


def sign_ins(*, seed: int = SEED) -> list[SignIn]:
    """The ways into the demonstration that is there: officers first, then three slips."""
    government = Government.objects.filter(is_demo=True).first()
    if not settings.DEMO or government is None:
        return []
    shown = slips.slip_sign_ins(government, seed=seed, now=timezone.now())
    return [*officers.officer_sign_ins(), *shown]


def folder() -> Path:
    """Where the demonstration's files are written, for uploading them once more by hand."""
    return Path(settings.VAR_DIR) / "demo"


def _must_be_alone() -> None:
    real = Government.objects.filter(is_demo=False).first()
    if real is not None:
        raise Refusal(
            f"this database holds the register of {real.name}; name another database in "
            "NETRAL_DATABASE for the demonstration"
        )


def _fill(
    *, size: int, seed: int, report: Report, now: datetime
) -> tuple[Government, tuple[Imported, ...]]:
    load_known_elections(now=now)
    government = _make_government()
    report(f"Inventing {figure(size)} people …")
    units = make_tree(seed=seed, size=size)
    asn = list(make_asn(units, seed=seed, size=size))
    register, tree = folder() / "register.xlsx", folder() / "unor.csv"
    folder().mkdir(parents=True, exist_ok=True)
    write_tree(tree, units)
    write_register(register, units, asn, make_non_asn(units, seed=seed, size=size), seed=seed)
    report(f"Importing {register} …")
    imported = (
        import_file(government, tree, scope=Import.Scope.UNITS, now=now),
        import_file(government, register, scope=Import.Scope.FULL, now=now),
    )
    _appoint_heads(government, units, asn)
    report("Handing out duties and slips, signing pledges …")
    began = now - PREPARED
    accounts = officers.make_officers(government, now=began)
    slips.make_accounts(government, seed=seed, at=began)
    election = place_election(government, now=now)
    pledging.make_pledges(government, election, accounts["penyelenggara"], seed=seed, now=now)
    slips.claim_by_signing(government, printed_at=began)
    slips.make_slips(government, seed=seed, now=now)
    consulting.make_precedents(government, accounts, now=now)
    return government, imported


def _make_government() -> Government:
    return Government.objects.create(
        level=Government.Level.PROVINCE,
        name=PROVINCE,
        short_name="Provinsi Demo Nusantara",
        region_code=REGION_CODE,
        time_zone=Government.Zone.WITA,
        seat="Kota Lembayung",
        letterhead="Kota Lembayung\nSurat ini contoh dari peragaan Netral",
        is_demo=True,
    )


def _appoint_heads(government: Government, units: list[DemoUnit], people: list[DemoPerson]) -> None:
    """Who heads which unit. An export of SIASN does not say it, so the import cannot know."""
    unit_ids = dict(Unit.objects.filter(government=government).values_list("external_id", "id"))
    person_ids = dict(
        Person.objects.filter(government=government).exclude(number="").values_list("number", "id")
    )
    heads = [
        HeadOfUnit(
            unit_id=unit_ids[units[person.unit].key],
            person_id=person_ids[person.number],
            kind=_capacity(place),
            valid_from=REFERENCE_DAY,
        )
        for place, person in enumerate(person for person in people if person.is_head)
    ]
    HeadOfUnit.objects.bulk_create(heads, batch_size=500)


def _capacity(place: int) -> str:
    """Most heads are definitive; here and there somebody only stands in."""
    if place % 23 == 22:
        return HeadOfUnit.Kind.PLT
    return HeadOfUnit.Kind.PLH if place % 97 == 96 else HeadOfUnit.Kind.DEFINITIVE


def _summary(
    government: Government,
    *,
    seed: int,
    now: datetime,
    is_new: bool,
    imported: tuple[Imported, ...] = (),
    seconds: float = 0.0,
) -> DemoSummary:
    return DemoSummary(
        is_new=is_new,
        government=government.name,
        people=Person.objects.filter(government=government).count(),
        units=Unit.objects.filter(government=government).count(),
        register=folder() / "register.xlsx",
        imported=imported,
        sign_ins=sign_ins(seed=seed),
        seconds=seconds,
    )
