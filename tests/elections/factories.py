"""Rows the election tests stand on."""

from __future__ import annotations

from datetime import UTC, datetime

from netral.people.models import Account, Duty, Government

NOON = datetime(2024, 10, 7, 5, 0, tzinfo=UTC)


def make_government(region_code: str = "64", zone: str = "Asia/Makassar") -> Government:
    level = "regency" if "." in region_code else "province"
    return Government.objects.create(
        level=level, name=f"Pemerintah {region_code}", region_code=region_code, time_zone=zone
    )


def make_officer(
    government: Government, kind: str = Duty.Kind.PERSONNEL, username: str = ""
) -> Account:
    account = Account.objects.create(
        username=username or f"{kind}-{government.region_code}",
        name=f"Petugas {kind}",
        government=government,
    )
    Duty.objects.create(
        account=account, kind=kind, government=government, granted_at=NOON, confirmed_at=NOON
    )
    return account
