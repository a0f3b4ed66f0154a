"""Consultations on their way, with two legal reviewers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from netral.guidance.models import Consultation
from netral.guidance.services import precedents, questions
from netral.guidance.services.precedents import Draft
from netral.people.models import Account, Government
from tests.people.accounts.factories import make_government, make_officer

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
TEXT = "bolehkah saya menyukai unggahan calon bupati?"
DRAFT = Draft(
    "Bolehkah PNS menyukai unggahan calon kepala daerah?",
    "Tidak. Menyukai unggahan calon termasuk yang dilarang.",
    "like",
    {"status": "PNS", "account": "candidate", "phase": "campaign", "election": "pemilihan"},
    ("SKB-2022/D6", "UU-20-2023/24.1.d"),
)


@dataclass
class Office:
    """A government with two legal reviewers."""

    government: Government
    first: Account
    second: Account


def make_office(government: Government | None = None) -> Office:
    government = government or make_government()
    return Office(
        government, make_officer("reviewer", government), make_officer("reviewer", government)
    )


def send(office: Office, text: str = TEXT, **more: Any) -> Consultation:
    return questions.receive_question(
        government=office.government, text=text, source="ask", now=NOW, **more
    ).consultation


def bring_to_review(office: Office, draft: Draft = DRAFT, **more: Any) -> Consultation:
    made = send(office, **more)
    precedents.take(consultation=made, draft=draft, actor=office.first, now=NOW)
    precedents.submit(consultation=made, actor=office.first, now=NOW)
    return made


def make_precedent(
    office: Office, draft: Draft = DRAFT, now: datetime = NOW, **more: Any
) -> Consultation:
    made = bring_to_review(office, draft, **more)
    return precedents.publish(consultation=made, actor=office.second, now=now)
