"""Staff of the demonstration who claimed their accounts, and slips of others to try out."""

from __future__ import annotations

import random
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db.models import Q

from netral.people import codes
from netral.people.models import Account, ClaimCode, Government, Person, Posting
from netral.people.services import claiming
from netral.pledges.models import Signature
from netral.project.demonstration.officers import PASSWORD, SignIn

CLAIMED = 300
WITH_SLIPS = 300
SHOWN = (Posting.Status.PNS, Posting.Status.PPPK, Posting.Status.NON_ASN)
"""One slip of each of these is printed."""


def make_accounts(government: Government, *, seed: int, now: datetime) -> None:
    """Claims accounts for some hundred people and prepares known slips for as many others."""
    people = list(
        Person.objects.filter(government=government, left_on=None, account=None).order_by(
            "name_key", "number", "joined_on"
        )
    )
    rng = random.Random(seed + 5)
    drawn = rng.sample(people, min(CLAIMED + WITH_SLIPS, len(people)))
    claimed, others = drawn[: len(drawn) // 2], drawn[len(drawn) // 2 :]
    # One hash for all: hashing three hundred times would take longer than the whole import.
    password = make_password(PASSWORD)
    Account.objects.bulk_create(
        Account(
            username=person.identifier,
            name=person.full_name,
            government=government,
            person=person,
            password=password,
        )
        for person in claimed
    )
    ClaimCode.objects.bulk_create(
        ClaimCode(
            person=person,
            lookup=codes.lookup_of(code),
            issued_at=now,
            expires_at=now + claiming.VALID_FOR,
        )
        for person, code in zip(others, known_codes(seed), strict=False)
    )


def renew(government: Government, *, now: datetime) -> None:
    """The known slips as if they were made today, so that a demonstration left alone still opens.

    Slips that an officer made in the demonstration run out as everywhere.
    """
    ClaimCode.objects.filter(
        person__government=government, issued_by=None, used_at=None, revoked_at=None
    ).update(issued_at=now, expires_at=now + claiming.VALID_FOR)


def known_codes(seed: int) -> list[str]:
    """The codes of the slips, the same every time: for a demonstration only."""
    rng = random.Random(seed + 6)
    return ["".join(rng.choices(codes.ALPHABET, k=codes.LENGTH)) for _slip in range(WITH_SLIPS)]


def slip_sign_ins(government: Government, *, seed: int, now: datetime) -> list[SignIn]:
    """Three slips that nobody has used yet: of a PNS, a PPPK and somebody without a number.

    Of people who have not signed, so that the first thing a visitor tries is a signature.
    """
    written = {codes.lookup_of(code): code for code in known_codes(seed)}
    usable = ClaimCode.objects.filter(
        Q(expires_at__gt=now),
        person__government=government,
        lookup__in=list(written),
        used_at=None,
        revoked_at=None,
    ).select_related("person")
    signed = Signature.objects.filter(person__government=government).values("person")
    usable = usable.exclude(person__in=signed)
    shown = []
    for status in SHOWN:
        slips = usable.filter(person__postings__status=status, person__postings__valid_to=None)
        slip = slips.order_by("person__name_key").first()
        if slip is not None and slip.person is not None:
            label = f"Slip of a {Posting.Status(status).label}"
            shown.append(SignIn(label, slip.person.identifier, codes.written(written[slip.lookup])))
    return shown
