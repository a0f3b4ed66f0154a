"""The day whose law is read: today, or the day in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from netral.elections import today
from netral.law import library


@dataclass(frozen=True, slots=True)
class LawDay:
    """``asked`` is the day as the address gives it, "" for today: links carry it on."""

    on: date
    asked: str
    is_ahead: bool
    """The day has not come: the law known now is shown."""

    @classmethod
    def present(cls) -> LawDay:
        return cls(timezone.localdate(today.now()), "", False)


class NoSuchDay(ValueError):
    """``reason``: "unreadable", or "too_early" for a day before the data begin."""

    def __init__(self, reason: str, told: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.told = told[:40]


def read_day(request: HttpRequest, name: str = "pada") -> LawDay:
    """The day of ``?pada=2024-10-07``; raises ``NoSuchDay``."""
    present = LawDay.present()
    told = request.GET.get(name, "").strip()
    if not told:
        return present
    try:
        on = date.fromisoformat(told) if len(told) == 10 else None
    except ValueError:
        on = None
    if on is None:
        raise NoSuchDay("unreadable", told)
    if on < library().first_day:
        raise NoSuchDay("too_early", told)
    return LawDay(on, told, on > present.on)
