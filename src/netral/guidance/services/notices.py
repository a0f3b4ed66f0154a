"""One letter to whoever asked for it: that there is an answer, and nothing of what was asked."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from netral.guidance.models import Consultation


def send_answer_notices() -> int:
    """Writes for every closed question with an address, then forgets the address.

    Returns how many were sent. At least once: after a crash between the two it is sent again.
    What the mail server refuses now waits for the next time, until the personal words go.
    """
    waiting = Consultation.objects.filter(closed_at__isnull=False).exclude(notify="")
    sent = 0
    for one in waiting.select_related("government", "asker"):
        try:
            _letter(one).send()
        except (smtplib.SMTPException, OSError):
            continue
        Consultation.objects.filter(pk=one.pk).update(notify="")
        sent += 1
    return sent


def _letter(one: Consultation) -> EmailMessage:
    facts = {"consultation": one, "address": f"{settings.PUBLIC_URL}/tanya/status/"}
    with translation.override((one.asker and one.asker.language) or "id"):
        subject = render_to_string("guidance/precedents/notice_subject.txt", facts).strip()
        body = render_to_string("guidance/precedents/notice.txt", facts).strip()
    return EmailMessage(subject, body, to=[one.notify])
