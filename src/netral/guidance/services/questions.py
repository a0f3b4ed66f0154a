"""Questions come into the reviewers' queue, and their personal words leave it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from netral.guidance.models import Consultation, ConsultationStep
from netral.guidance.queries.consultations import receipt_hash
from netral.guidance.rules import precedent_moves as moves
from netral.people import codes
from netral.people.models import Account, Government


@dataclass(frozen=True)
class Received:
    """``code``: shows the state without an account; it is told once and kept as a hash only."""

    consultation: Consultation
    code: str


@transaction.atomic
def receive_question(
    *,
    government: Government,
    text: str,
    source: str,
    now: datetime,
    asker: Account | None = None,
    circumstances: str = "",
    event: str = "",
    wants_opinion: bool = False,
    entered_by: Account | None = None,
) -> Received:
    """Puts a question into the queue. ``circumstances`` only as the person sent them.

    ``asker`` None: nobody is kept with it. An opinion needs an asker who is signed in, because it
    is handed to that account alone.
    """
    code = codes.new_code()
    consultation = Consultation.objects.create(
        government=government,
        source=source,
        event=event.strip(),
        sent_text=text.strip(),
        circumstances=circumstances.strip(),
        asker=asker,
        receipt=receipt_hash(code),
        wants_opinion=wants_opinion and asker is not None,
        received_at=now,
    )
    ConsultationStep.objects.create(
        consultation=consultation, move=moves.SEND.name, after=moves.WAITING, actor=entered_by,
        at=now,
    )  # fmt: skip
    return Received(consultation, codes.written(code))


def erase_personal(*, now: datetime) -> int:
    """Erases sent texts, circumstances and askers some time after the answer; returns how many.

    What was published keeps its own words, which name nobody.
    """
    due = Consultation.objects.filter(
        erased_at=None, closed_at__lt=now - moves.KEEP_PERSONAL
    ).filter(~Q(sent_text="") | ~Q(circumstances="") | Q(asker__isnull=False))
    return due.update(
        sent_text="", circumstances="", asker=None, wants_opinion=False, erased_at=now
    )
