"""Headings and phrases used by every form of a verdict."""

from __future__ import annotations

import re
from datetime import date

from netral.law.procedures import Counting
from netral.law.vocabulary import Words
from netral.speaking.times import MONTHS

HEADINGS: dict[str, Words] = {
    "act": Words("Perbuatan", "Act"),
    "on": Words("Hukum pada", "Law as of"),
    "outcome": Words("Hasil", "Outcome"),
    "possible": Words("Yang masih mungkin", "Still possible"),
    "facts": Words("Fakta yang dipakai", "Facts used"),
    "questions": Words("Yang perlu dijawab", "Questions to answer"),
    "provisions": Words("Dasar hukum", "Provisions"),
    "sanctions": Words("Sanksi yang mungkin", "Possible sanctions"),
    "deciders": Words("Yang memeriksa dan memutus", "Who examines and decides"),
    "clocks": Words("Tenggat yang dapat mulai berjalan", "Clocks that may start"),
    "conditions": Words("Syaratnya", "Conditions"),
    "contests": Words("Perbedaan pendapat", "Disagreements"),
    "safe": Words("Langkah aman", "Safe course"),
    "notes": Words("Catatan", "Notes"),
    "confidence": Words("Keyakinan", "Confidence"),
    "version": Words("Versi data hukum", "Law data version"),
    "trace": Words("Alasan lengkap", "Full reasons"),
    "rejected": Words("Ketentuan lain yang dipertimbangkan", "Other norms considered"),
}

ROLES: dict[str, Words] = {
    "applied": Words("diterapkan", "applied"),
    "contested": Words("diperdebatkan", "contested"),
    "permission": Words("membolehkan", "permits"),
    "open": Words("bergantung pada fakta yang belum diketahui", "depends on a missing fact"),
    "basis": Words("dasar", "basis"),
    "duty": Words("kewajiban umum", "general duty"),
    "residual": Words("menampung yang tidak disebut", "catch-all"),
    "information": Words("keterangan", "information"),
}

COUNTED: dict[Counting, Words] = {
    Counting.WORKING: Words("hari kerja", "working days"),
    Counting.CALENDAR: Words("hari kalender", "calendar days"),
    Counting.UNSPECIFIED: Words("hari", "days"),
    Counting.HOURS: Words("jam", "hours"),
    Counting.UNKNOWN: Words("batas waktu tidak diketahui", "unknown deadline"),
}
"""What a limit counts; the first two are exact, the third leaves open which of them is meant."""


def long_day(day: date, language: str) -> str:
    """A day such as "22 November 2026"."""
    months = MONTHS["en" if language == "en" else "id"]
    return f"{day.day} {months[day.month - 1]} {day.year}"


def when(told: str, language: str) -> str:
    """A time as precise as its source: "2024-10-07", "2023-11" and "2019; 2023" in words."""

    def word(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        named = MONTHS["en" if language == "en" else "id"][int(month) - 1]
        return f"{int(day)} {named} {year}" if day else f"{named} {year}"

    return re.sub(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b(?!\d)", word, told)
