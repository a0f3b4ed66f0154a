"""For other packages: hands questions to the legal reviewers. Typed, and without models."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from netral.guidance.models import Consultation
from netral.guidance.services import questions
from netral.people.models import Government


def collect_question(*, government_id: UUID, text: str, event: str, now: datetime) -> str:
    """Puts a question collected at an event into the queue; returns the code of its receipt.

    Nobody is kept with it: who asked in the hall stays in the hall.
    """
    received = questions.receive_question(
        government=Government.objects.get(pk=government_id),
        text=text,
        source=Consultation.Source.EVENT,
        event=event,
        now=now,
    )
    return received.code
