"""One person signs one ceremony's text, once."""

from __future__ import annotations

import enum
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction

from netral.base.turn import own_turn
from netral.people.models import Person, Posting
from netral.pledges.models import Ceremony, Signature
from netral.pledges.queries.ceremonies import covers
from netral.pledges.queries.signatures import every_signature_of
from netral.pledges.rules import arrivals, codes, levels, moves
from netral.pledges.services.counting import cell_of, count_signature
from netral.pledges.services.logging import log_signatures

ATTEMPTS = 6
Result = TypeVar("Result")


class Refusal(enum.StrEnum):
    NOT_OPEN = "not_open"
    CLOSED = "closed"
    STALE_TEXT = "stale_text"
    NOT_ON_REGISTER = "not_on_register"
    NOT_COVERED = "not_covered"
    PASSKEY_NEEDED = "passkey_needed"
    NOT_PROVED = "not_proved"
    """The passkey did not sign what the ticket says."""
    TICKET = "ticket"
    """It was given before the account was recovered, so perhaps not to its owner."""


@dataclass(frozen=True)
class Signed:
    signature: Signature
    is_new: bool
    """False when the person had signed before: the same receipt again."""


@dataclass(frozen=True)
class Refused:
    reason: Refusal


def sign(
    *,
    person: Person,
    ceremony: Ceremony,
    text_digest: str,
    evidence: Signature.Evidence,
    now: datetime,
    pressed: datetime | None = None,
    assertion: str = "",
) -> Signed | Refused:
    """Writes the signature of ``person``, counts and logs it, in one short transaction.

    ``text_digest`` is the digest of the wording the person had before them. Whoever has signed
    already gets their receipt again, also after closing and whatever text they sent. ``pressed`` is
    the time by the phone's clock, if :func:`arrivals.believed`. ``assertion`` goes with evidence by
    passkey and was checked (:mod:`services.proving`). Returning ``Signed`` means that the row and
    its number in the log are durable.
    """
    if evidence == Signature.Evidence.PAPER:
        raise ValueError("paper is entered by services.paper, with its sheet")
    return patiently(
        lambda: _sign_once(person.pk, ceremony.pk, text_digest, evidence, pressed, assertion, now)
    )


def patiently(deed: Callable[[], Result]) -> Result:
    """Does ``deed`` again when another signer crossed its way.

    A unique constraint hit means that somebody wrote the same signature, count or receipt code
    at the same moment: the second look finds it. A locked or deadlocked database is busy, not
    broken. Inside a transaction of the caller only the first kind can be tried again.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with own_turn():
                return deed()
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        except OperationalError:
            if attempt == ATTEMPTS or connection.in_atomic_block:
                raise
            time.sleep(random.uniform(0.01, 0.05) * attempt)
    raise AssertionError("unreachable")


@transaction.atomic
def _sign_once(
    person_id: UUID,
    ceremony_id: UUID,
    text_digest: str,
    evidence: Signature.Evidence,
    pressed: datetime | None,
    assertion: str,
    now: datetime,
) -> Signed | Refused:
    person, posting = _as_they_are(person_id)
    ceremony = hold_open(ceremony_id)
    earlier = earlier_signatures(person, ceremony)
    here = next((one for one in earlier.standing if one.ceremony_id == ceremony.pk), None)
    if here:
        return Signed(here, is_new=False)
    reason = (
        refusal_by_time(ceremony, pressed, now)
        or refusal_of(ceremony, posting, text_digest)
        or refusal_of_evidence(ceremony, evidence)
    )
    if assertion and person.pk != person_id:
        # Merged into another entry since: what was signed names the one that is no longer.
        reason = reason or Refusal.NOT_PROVED
    if reason or posting is None:
        return Refused(reason or Refusal.NOT_ON_REGISTER)
    signature = Signature.objects.create(
        **earlier.fields_of_the_next(),
        evidence=evidence,
        signed_at=time_of_signing(ceremony, pressed, now),
        recorded_at=now,
        after_closing=ceremony.state == moves.CLOSED,
        assertion=assertion,
        **fields_of(ceremony, person, posting),
    )
    if signature.counts_for_coverage:
        count_signature(cell_of(ceremony, posting), government_id=ceremony.government_id)
    log_signatures([signature], now=now)
    return Signed(signature, is_new=True)


def fields_of(ceremony: Ceremony, person: Person, posting: Posting) -> dict[str, object]:
    """What a signature repeats of its ceremony and of the signer's place that day."""
    return {
        "ceremony": ceremony,
        "election_id": ceremony.election_id,
        "text_id": ceremony.text_id,
        "wording_digest": ceremony.wording_digest,
        "person": person,
        "unit_id": posting.unit_id,
        "status": posting.status,
        "position_level": posting.position_level,
        "receipt_code": codes.new_receipt_code(),
    }


def _as_they_are(person_id: UUID) -> tuple[Person, Posting | None]:
    """The person as the register knows them now, and where they work; one query as a rule."""
    posting = (
        Posting.objects.filter(person=person_id, valid_to=None, person__merged_into=None)
        .select_related("person", "unit")
        .first()
    )
    if posting:
        return posting.person, posting
    person = Person.objects.select_related("merged_into").get(pk=person_id)
    if person.merged_into:
        return person.merged_into, current_posting(person.merged_into)
    return person, None


def current_posting(person: Person) -> Posting | None:
    return Posting.objects.filter(person=person, valid_to=None).select_related("unit").first()


@dataclass(frozen=True)
class Earlier:
    """What a person has signed for one election before."""

    standing: tuple[Signature, ...]
    withdrawn: int

    def fields_of_the_next(self) -> dict[str, object]:
        return {"counts_for_coverage": not self.standing, "turn": self.withdrawn}


def earlier_signatures(person: Person, ceremony: Ceremony) -> Earlier:
    ever = list(every_signature_of(person).filter(election=ceremony.election_id))
    standing = tuple(one for one in ever if not one.is_withdrawn)
    return Earlier(standing, len(ever) - len(standing))


def hold_open(ceremony_id: UUID) -> Ceremony:
    """The ceremony, kept from closing until this transaction ends. Raises Ceremony.DoesNotExist.

    On PostgreSQL a shared row lock, which signers hold side by side and a closing waits for; on
    SQLite the transaction is the only writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pledges_ceremony WHERE id = %s FOR SHARE", [ceremony_id])
    return Ceremony.objects.get(pk=ceremony_id)


def refusal_by_time(ceremony: Ceremony, pressed: datetime | None, now: datetime) -> Refusal | None:
    """Too early or too late; ``pressed`` as in :func:`sign`."""
    if moves.takes_signatures(ceremony.state):
        return None
    if ceremony.state != moves.CLOSED:
        return Refusal.NOT_OPEN
    opened_at, closed_at = ceremony.opened_at, ceremony.closed_at
    if arrivals.arrives_in_time(pressed, opened_at=opened_at, closed_at=closed_at, now=now):
        return None
    return Refusal.CLOSED


def time_of_signing(ceremony: Ceremony, pressed: datetime | None, now: datetime) -> datetime:
    return arrivals.signed_at(pressed, opened_at=ceremony.opened_at, now=now)


def refusal_of(ceremony: Ceremony, posting: Posting | None, text_digest: str) -> Refusal | None:
    """Why this person cannot sign this text here, whenever it is."""
    if posting is None:
        return Refusal.NOT_ON_REGISTER
    if not covers(ceremony, posting):
        return Refusal.NOT_COVERED
    if text_digest != ceremony.wording_digest:
        return Refusal.STALE_TEXT
    return None


def refusal_of_evidence(ceremony: Ceremony, evidence: Signature.Evidence) -> Refusal | None:
    """Whether this way of signing by phone is enough here."""
    return None if levels.takes(ceremony.accepts, evidence) else Refusal.PASSKEY_NEEDED
