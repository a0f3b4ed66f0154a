"""Staff of the demonstration who claimed their accounts, and slips of others to try out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db.models import OuterRef, Q, Subquery
from django.utils.crypto import get_random_string

from netral.people import codes
from netral.people.models import Account, ClaimCode, Government, Person, Posting
from netral.people.services import claiming
from netral.pledges.models import Signature
from netral.project.demonstration.officers import PASSWORD, SignIn

CLAIMED = 300
WITH_SLIPS = 300
BATCH = 2000
SHOWN = (Posting.Status.PNS, Posting.Status.PPPK, Posting.Status.NON_ASN)
"""One slip of each of these is printed."""


def make_accounts(government: Government, *, seed: int, at: datetime) -> None:
    """Some hundred people claimed their accounts and made passwords; all accounts are of ``at``."""
    people = list(
        Person.objects.filter(government=government, left_on=None, account=None).order_by(
            "name_key", "number", "joined_on"
        )
    )
    drawn = random.Random(seed + 5).sample(people, min(CLAIMED, len(people) // 2))
    # One hash for all: hashing three hundred times would take longer than the whole import.
    password = make_password(PASSWORD)
    _make(drawn, [password] * len(drawn))
    Account.objects.filter(government=government).update(created_at=at)


def claim_by_signing(government: Government, *, printed_at: datetime) -> None:
    """Whoever signed by slip used it up, and it opened their account at that moment."""
    signed = list(
        Signature.objects.filter(
            person__government=government, person__account=None, evidence=Signature.Evidence.SLIP
        ).select_related("person")
    )
    ClaimCode.objects.bulk_create(
        (
            ClaimCode(
                person=one.person,
                lookup=codes.lookup_of(codes.new_code()),
                issued_at=printed_at,
                expires_at=printed_at + claiming.VALID_FOR,
                used_at=one.signed_at,
            )
            for one in signed
        ),
        batch_size=BATCH,
    )
    nobody_knows = [UNUSABLE_PASSWORD_PREFIX + get_random_string(40) for _one in signed]
    _make([one.person for one in signed], nobody_knows)
    at = ClaimCode.objects.filter(person=OuterRef("person")).values("used_at")[:1]
    by_slip = Account.objects.filter(government=government, person__claim_codes__isnull=False)
    by_slip.update(created_at=Subquery(at))


def _make(people: Sequence[Person], passwords: Sequence[str]) -> None:
    Account.objects.bulk_create(
        (
            Account(
                username=person.identifier,
                name=person.full_name,
                government_id=person.government_id,
                person=person,
                password=password,
            )
            for person, password in zip(people, passwords, strict=True)
        ),
        batch_size=BATCH,
    )


def make_slips(government: Government, *, seed: int, now: datetime) -> None:
    """Known slips of people who neither have an account nor signed: to be tried by visitors."""
    signed = Signature.objects.filter(person__government=government).values("person")
    people = list(
        Person.objects.filter(government=government, left_on=None, account=None)
        .exclude(pk__in=signed)
        .order_by("name_key", "number", "joined_on")
    )
    drawn = random.Random(seed + 8).sample(people, min(WITH_SLIPS, len(people)))
    ClaimCode.objects.bulk_create(
        ClaimCode(
            person=person,
            lookup=codes.lookup_of(code),
            issued_at=now,
            expires_at=now + claiming.VALID_FOR,
        )
        for person, code in zip(drawn, known_codes(seed), strict=False)
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
