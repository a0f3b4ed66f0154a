"""The office in which the browser tests happen, made inside the product before it serves.

A province with a few units, an officer of each duty, an election that is in its campaign today,
and a published text. Its staff come later, through the import, as in life: ``Siti`` alone is
there from the beginning, under the number that the imported file repeats.

    python -m tests.e2e.world    prints the sign-ins as JSON
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netral.people.models import Account, Government, Unit

PASSWORD = "sandi-peragaan-yang-panjang"
SECRETS = {
    "personnel": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
    "second": "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
    "organiser": "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK",
    "auditor": "ONSWG4TFOQXHIZLTONSWG4TFOQXHIZLT",
    "head": "NBSWCZDPMZ2W42LUNBSWCZDPMZ2W42LU",
    "oversight": "N53GK4TTNFTWQ5DTN53GK4TTNFTWQ5DT",
    "installation": "NFXHG5DBNRWGC5DJNFXHG5DBNRWGC5DJ",
}
DUTIES = {
    "personnel": ("personnel", "organiser"),
    "second": ("personnel",),
    "organiser": ("organiser",),
    "auditor": ("auditor",),
    "head": ("head",),
    "oversight": ("oversight",),
    "installation": (),
}
UNITS = (
    "Dinas Pendidikan, Kebudayaan, Pemuda, dan Olahraga",
    "Rumah Sakit Umum Daerah Provinsi Nusa Rekaan",
    "Sekretariat Daerah",
    "Badan Kepegawaian Daerah dan Pengembangan Sumber Daya Manusia",
)
SITI = "198501012010012001"
PHASES = (
    ("candidacy", -80, -22),
    ("determined", -21, -13),
    ("campaign", -12, 43),
    ("quiet", 44, 46),
    ("voting", 47, 47),
    ("count", 48, 70),
)


@dataclass(frozen=True)
class SignIn:
    role: str
    username: str
    password: str
    totp_secret: str


def build(now: datetime, today: date) -> list[SignIn]:
    """Fills an empty, migrated database; returns who can sign in."""
    from netral.elections.services.loading import load_known_elections
    from netral.people.models import Government
    from netral.project import installation

    installation.record(is_demonstration=True)
    government = Government.objects.create(
        level="province",
        name="Pemerintah Provinsi Nusa Rekaan",
        region_code="99",
        time_zone="Asia/Makassar",
        seat="Kota Rekaan",
        letterhead="PEMERINTAH PROVINSI NUSA REKAAN\nSEKRETARIAT DAERAH",
        is_demo=True,
    )
    load_known_elections(now=now)
    _election(government, today)
    units = [_unit(government, name, today) for name in UNITS]
    _siti(units[0], today)
    officers = [_officer(government, role, now) for role in DUTIES]
    _text(government, officers[0], now)
    return [
        SignIn(role, account.username, PASSWORD, SECRETS[role])
        for role, account in zip(DUTIES, officers, strict=True)
    ]


def _election(government: Government, today: date) -> None:
    from netral.elections.models import Confidence, Election, Phase

    election = Election.objects.create(
        name="Pemilihan Serentak Nusa Rekaan",
        name_en="Regional Election of Nusa Rekaan",
        kind=Election.Kind.PEMILIHAN,
        region_code=government.region_code,
        voting_on=today + timedelta(days=47),
        certainty=Election.Certainty.FICTIONAL,
        government=government,
    )
    for code, first, last in PHASES:
        Phase.objects.create(
            election=election,
            code=code,
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
            is_main=True,
            confidence=Confidence.FICTIONAL,
        )


def _unit(government: Government, name: str, today: date) -> Unit:
    from netral.people.folding import matching_key
    from netral.people.models import Unit, UnitAncestor

    unit = Unit.objects.create(
        government=government, name=name, name_key=matching_key(name), opened_on=date(2017, 1, 1)
    )
    UnitAncestor.objects.create(ancestor=unit, unit=unit, distance=0)
    return unit


def _siti(unit: Unit, today: date) -> None:
    from netral.people.folding import matching_key
    from netral.people.models import Person, Posting

    person = Person.objects.create(
        government=unit.government,
        number=SITI,
        name="Siti Rekaan",
        name_key=matching_key("Siti Rekaan"),
        joined_on=date(2010, 1, 1),
    )
    Posting.objects.create(
        government=unit.government,
        person=person,
        unit=unit,
        status=Posting.Status.PNS,
        position_level=Posting.Level.FUNCTIONAL,
        position="Guru Ahli Muda",
        grade="III/d",
        valid_from=date(2020, 1, 1),
    )


def _officer(government: Government, role: str, now: datetime) -> Account:
    from netral.people.models import Account, Duty
    from netral.people.services import accounts

    is_admin = role == "installation"
    account = Account(
        username=f"petugas-{role}",
        name=f"Petugas {role}",
        government=None if is_admin else government,
        is_installation_admin=is_admin,
    )
    account.set_password(PASSWORD)
    account.save()
    for kind in DUTIES[role]:
        Duty.objects.create(
            account=account,
            kind=kind,
            government=government,
            unit=government.units.get(name=UNITS[0]) if kind == "head" else None,
            granted_at=now,
            confirmed_at=now,
        )
    accounts.set_up_authenticator_app(account=account, secret=SECRETS[role])
    return account


def _text(government: Government, actor: Account, now: datetime) -> None:
    from netral.pledges.services import texts

    text = texts.save_version(
        government=government, content=texts.standard_wording(), actor=actor, now=now
    )
    texts.publish(text=text, actor=actor, now=now)


def main() -> None:
    import django

    django.setup()
    from django.utils import timezone

    now = timezone.now()
    sys.stdout.write(json.dumps([asdict(entry) for entry in build(now, timezone.localdate())]))


if __name__ == "__main__":
    main()
