"""The demonstration's officers: known passwords and second factors, printed for whoever tries it.

Nothing of this exists outside a demonstration, and a database that holds one is never served as
anything else.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from netral.people.models import Account, Duty, DutyDeed, Government, HeadOfUnit, Unit
from netral.people.services.accounts import set_up_authenticator_app

PASSWORD = "peragaan-nusantara"  # printed on purpose; exists in a demonstration only


@dataclass(frozen=True)
class DemoOfficer:
    """Somebody with a duty. ``heads``: the unit whose head this is; else an outside officer."""

    role: str
    username: str
    duty: str
    name: str
    heads: str = ""
    only_there: bool = False
    """The duty holds in that unit only, not in the whole government."""


OFFICERS = (
    DemoOfficer(
        "Personnel officer",
        "kepegawaian1",
        Duty.Kind.PERSONNEL,
        "Kepala Badan Kepegawaian",
        heads="Badan Kepegawaian Daerah",
    ),
    DemoOfficer(
        "Second personnel officer",
        "kepegawaian2",
        Duty.Kind.PERSONNEL,
        "Kepala Bidang Pengadaan dan Data",
        heads="Bidang Pengadaan dan Data",
    ),
    DemoOfficer(
        "Organiser",
        "penyelenggara",
        Duty.Kind.ORGANISER,
        "Kepala Badan Kesatuan Bangsa dan Politik",
        heads="Badan Kesatuan Bangsa dan Politik",
    ),
    DemoOfficer(
        "Head of a big unit",
        "kepala",
        Duty.Kind.HEAD,
        "Kepala Dinas Pendidikan dan Kebudayaan",
        heads="Dinas Pendidikan dan Kebudayaan",
        only_there=True,
    ),
    DemoOfficer(
        "Oversight",
        "pengawas",
        Duty.Kind.OVERSIGHT,
        "Inspektur Daerah",
        heads="Inspektorat Daerah",
    ),
    DemoOfficer(
        "Legal reviewer",
        "penelaah1",
        Duty.Kind.REVIEWER,
        "Kepala Biro Hukum",
        heads="Biro Hukum",
    ),
    DemoOfficer(
        "Second legal reviewer",
        "penelaah2",
        Duty.Kind.REVIEWER,
        "Kepala Bidang Kinerja dan Disiplin",
        heads="Bidang Kinerja dan Disiplin",
    ),
    DemoOfficer("Auditor", "auditor", Duty.Kind.AUDITOR, "Auditor Rekaan"),
)


@dataclass(frozen=True)
class SignIn:
    """One way in, for people to read: an officer's, or a slip's number and code."""

    role: str
    username: str
    password: str
    totp_secret: str = ""


def totp_secret(username: str) -> str:
    """The officer's authenticator seed: base 32, always the same."""
    digest = hashlib.sha256(f"netral demonstration {username}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def officer_sign_ins() -> list[SignIn]:
    """Every officer's sign-in, in the order in which one would try them."""
    return [
        SignIn(officer.role, officer.username, PASSWORD, totp_secret(officer.username))
        for officer in OFFICERS
    ]


def make_officers(government: Government, *, now: datetime) -> dict[str, Account]:
    """Creates them with duties in force; returns username → account."""
    password = make_password(PASSWORD)
    accounts = {}
    for officer in OFFICERS:
        unit, head = _place_of(government, officer)
        account = Account.objects.create(
            username=officer.username,
            name=head.person.full_name if head else officer.name,
            government=government,
            person=head.person if head else None,
            password=password,
        )
        duty = Duty.objects.create(
            account=account,
            kind=officer.duty,
            government=government,
            unit=unit if officer.only_there else None,
            granted_at=now,
            confirmed_at=now,
        )
        _record(account, duty, now)
        set_up_authenticator_app(account=account, secret=totp_secret(officer.username))
        accounts[officer.username] = account
    return accounts


def _place_of(
    government: Government, officer: DemoOfficer
) -> tuple[Unit | None, HeadOfUnit | None]:
    if not officer.heads:
        return None, None
    unit = Unit.objects.filter(government=government, name=officer.heads).order_by("depth").first()
    heads = HeadOfUnit.objects.filter(unit=unit, valid_to=None).select_related("person")
    return unit, heads.first()


def _record(account: Account, duty: Duty, now: datetime) -> None:
    made = {"government": account.government, "account": account, "at": now}
    DutyDeed.objects.create(kind=DutyDeed.Kind.ACCOUNT_MADE, **made)
    DutyDeed.objects.create(kind=DutyDeed.Kind.GRANTED, duty=duty, **made)
