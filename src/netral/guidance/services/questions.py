"""Questions come into the reviewers' queue, and their personal words leave it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from netral.guidance.models import Consultation, ConsultationStep
from netral.guidance.queries.consultations import events_of, receipt_hash
from netral.guidance.rules import precedent_moves as moves
from netral.people import code_kinds, codes
from netral.people.models import Account, Government


@dataclass(frozen=True)
class Received:
    """``code``: shows the state without an account; kept as a hash only.

    ``is_new``: False when the same sending had arrived before.
    """

    consultation: Consultation
    code: str
    is_new: bool = True


@dataclass(frozen=True)
class Collected:
    """How many questions went into the queue, and how many stood there already."""

    taken: int
    already: int


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
    notify: str = "",
    code: str = "",
) -> Received:
    """Puts a question into the queue. ``circumstances`` only as the person sent them.

    ``asker`` None: nobody is kept with it. An opinion needs an asker who is signed in, because it
    is handed to that account alone. ``notify``: an address for one letter when it is answered.
    ``code``: of a form's sending (``guidance.sending``); what has arrived under it is not taken a
    second time, whoever of two at the same moment is first.
    """
    code = code or codes.new_code()
    consultation, is_new = Consultation.objects.get_or_create(
        receipt=receipt_hash(code),
        defaults={
            "government": government,
            "source": source,
            "event": event.strip(),
            "sent_text": text.strip(),
            "circumstances": circumstances.strip(),
            "asker": asker,
            "wants_opinion": wants_opinion and asker is not None,
            "notify": notify.strip(),
            "received_at": now,
        },
    )
    if is_new:
        ConsultationStep.objects.create(
            consultation=consultation, move=moves.SEND.name, after=moves.WAITING,
            actor=entered_by, at=now,
        )  # fmt: skip
    return Received(consultation, code_kinds.written_question(code), is_new)


def collect_from_event(
    *, actor: Account, government: Government, event: str, texts: Iterable[str], now: datetime
) -> Collected:
    """Puts the questions of a hall into the queue, each once; nobody is kept as their sender.

    A text that already waits from the same event is left out, so that sending a list again after
    adding a line doubles nothing. Raises PermissionDenied without a duty for it.
    """
    if not events_of(actor).filter(pk=government.pk).exists():
        raise PermissionDenied
    event = event.strip()
    with transaction.atomic():
        Government.objects.select_for_update().get(pk=government.pk)  # two moderators, one list
        held = set(
            Consultation.objects.filter(
                government=government, source=Consultation.Source.EVENT, event=event
            ).values_list("sent_text", flat=True)
        )
        wanted = list(dict.fromkeys(filter(None, map(str.strip, texts))))
        fresh = [text for text in wanted if text not in held]
        for text in fresh:
            receive_question(
                government=government, text=text, source=Consultation.Source.EVENT, event=event,
                entered_by=actor, now=now,
            )  # fmt: skip
    return Collected(len(fresh), len(wanted) - len(fresh))


def erase_personal(*, now: datetime) -> int:
    """Erases sent texts, circumstances and askers some time after the answer; returns how many.

    What was published keeps its own words, which name nobody.
    """
    due = Consultation.objects.filter(
        erased_at=None, closed_at__lt=now - moves.KEEP_PERSONAL
    ).filter(~Q(sent_text="") | ~Q(circumstances="") | Q(asker__isnull=False) | ~Q(notify=""))
    return due.update(
        sent_text="", circumstances="", asker=None, wants_opinion=False, notify="", erased_at=now
    )
