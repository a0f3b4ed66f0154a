"""Words and shapes for what the law library names by code. Shape and word first, colour second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from netral.law import OUTCOME_WORDS, Outcome
from netral.law.vocabulary import Words

KIND_WORDS: dict[str, Any] = {
    "law": _("Undang-undang"),
    "government_regulation": _("Peraturan pemerintah"),
    "presidential_regulation": _("Peraturan presiden"),
    "agency_regulation": _("Peraturan lembaga"),
    "joint_decree": _("Keputusan bersama"),
    "circular": _("Surat edaran"),
    "ruling": _("Putusan Mahkamah Konstitusi"),
    "statement": _("Keterangan pejabat"),
    "practice": _("Praktik"),
}

SHAPES: dict[Outcome, str] = {
    Outcome.ALLOWED: "○",
    Outcome.ALLOWED_IF: "◐",
    Outcome.FORBIDDEN_ETHICS: "△",
    Outcome.FORBIDDEN_DISCIPLINE: "■",
    Outcome.CRIME: "◆",
    Outcome.CONTESTED: "≠",
    Outcome.UNDETERMINED: "?",
}
"""What stands in a cell of the matrix; all differ without colour and in a bad photocopy."""

ICONS: dict[Outcome, str] = {
    Outcome.ALLOWED: "circle",
    Outcome.ALLOWED_IF: "circle-dot",
    Outcome.FORBIDDEN_ETHICS: "circle-alert",
    Outcome.FORBIDDEN_DISCIPLINE: "octagon-minus",
    Outcome.CRIME: "ban",
    Outcome.CONTESTED: "square-stack",
    Outcome.UNDETERMINED: "circle-help",
}

TONES: dict[Outcome, str] = {
    Outcome.ALLOWED: "safe",
    Outcome.ALLOWED_IF: "safe",
    Outcome.FORBIDDEN_ETHICS: "forbidden",
    Outcome.FORBIDDEN_DISCIPLINE: "forbidden",
    Outcome.CRIME: "forbidden",
    Outcome.CONTESTED: "contested",
    Outcome.UNDETERMINED: "open",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """How an answer is headed: its word, its icon, and the tone of its card."""

    words: Words
    icon: str
    tone: str


def signed(head: Outcome | Words) -> Sign:
    """The sign of a heading (``netral.law.asking.heading``, which the terminal shares). Words of
    their own are those of what is forbidden."""
    if isinstance(head, Words):
        return Sign(head, "octagon-minus", "forbidden")
    return Sign(OUTCOME_WORDS[head], ICONS[head], TONES[head])


CLASS_WORDS: dict[str, Any] = {
    "permission": _("membolehkan"),
    "ethics": _("larangan kode etik"),
    "discipline": _("larangan disiplin"),
    "crime": _("larangan pidana"),
}

VIEW_WORDS: dict[str, Any] = {
    "allows": _("membolehkan"),
    "forbids": _("melarang"),
    "ethics": _("kode etik"),
    "discipline": _("disiplin"),
    "crime": _("pidana"),
    "narrows": _("mempersempit"),
    "silent": _("tidak mengatur"),
}

STANDING_WORDS: dict[str, Any] = {
    "in_force": _("berlaku"),
    "not_yet": _("belum berlaku"),
    "ended": _("tidak berlaku lagi"),
}


class Dated(Protocol):
    @property
    def effective(self) -> date: ...

    @property
    def until(self) -> date | None: ...


def standing(item: Dated, on: date) -> str:
    """A key of ``STANDING_WORDS``: how an instrument or provision stands on a day."""
    if on < item.effective:
        return "not_yet"
    return "ended" if item.until is not None and item.until < on else "in_force"
