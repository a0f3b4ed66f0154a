"""A deadline as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from netral.law.citing import citation
from netral.law.clocks import Deadline
from netral.law.library import library
from netral.law.procedures import Counting
from netral.law.render.labels import COUNTED, long_day
from netral.law.vocabulary import Words
from netral.law.workdays import WorkCalendar

_WORDS = {
    "starts": Words("Mulai", "Starts"),
    "length": Words("Batas", "Limit"),
    "due": Words("Jatuh tempo", "Due"),
    "effect": Words("Berlaku pada", "Takes effect on"),
    "off": Words("Hari libur di antaranya", "Days off in between"),
    "who": Words("Oleh", "By"),
    "basis": Words("Dasar", "Basis"),
}


def deadline_text(found: Deadline, work: WorkCalendar, language: str = "id") -> str:
    """A few lines: the step, when it starts, the limit, the day under every reading, the days off
    that were passed over, who acts, the provision and the warnings."""
    step, started = found.step, long_day(found.started, language)
    lines = [
        f"{step.name.in_language(language)} ({step.id})",
        _line("starts", f"{started} ({step.starts.in_language(language)})", language),
        _line("length", _limit(found, language), language),
        *_readings(found, language),
    ]
    off = [f"{long_day(day, language)} ({name})" for day, name in _passed_over(found, work)]
    if off:
        lines.append(_line("off", "; ".join(off), language))
    lines.append(_line("who", step.who.in_language(language), language))
    lines.append(_line("basis", citation(library(), step.provision, language), language))
    lines.extend(f"  {item.in_language(language)}" for item in (step.note, *found.warnings) if item)
    return "\n".join(lines)


def _line(word: str, text: str, language: str) -> str:
    return f"  {_WORDS[word].in_language(language)}: {text}"


def _limit(found: Deadline, language: str) -> str:
    """How long, and what counts; the extension added if it was asked for."""
    step = found.step
    if step.length is None:
        return COUNTED[Counting.UNKNOWN].in_language(language)
    counting = (found.extended and step.extended_counting) or step.counting
    length = step.length + (step.extension or 0 if found.extended else 0)
    return f"{length} {COUNTED[counting].in_language(language)}"


def _readings(found: Deadline, language: str) -> Iterator[str]:
    """The day, or for hours the instant; where the words allow several, the reading of each."""
    word = "effect" if found.step.on_day else "due"
    for reading in found.readings:
        day = long_day(reading.due, language)
        if found.moment is not None:
            day += f", {found.moment:%H:%M} {found.moment.tzname()}"
        counted = COUNTED[reading.counting].in_language(language)
        yield _line(word, f"{day} ({counted})" if len(found.readings) > 1 else day, language)


def _passed_over(found: Deadline, work: WorkCalendar) -> Iterator[tuple[date, str]]:
    """The days off, other than the weekend, between the start and the last working-day reading."""
    ends = [item.due for item in found.readings if item.counting is Counting.WORKING]
    day = found.started
    while ends and day < max(ends):
        day += timedelta(days=1)
        reason = work.why_off(day)
        if reason is not None and day.weekday() < work.week:
            yield day, reason


def deadline_json(found: Deadline) -> dict[str, Any]:
    """The deadline as nested data; days as ISO text, None where there is no limit."""
    safe = found.safe_day
    return {
        "step": found.step.id,
        "provision": found.step.provision,
        "started": found.started.isoformat(),
        "due": found.due.isoformat() if found.due else None,
        "moment": found.moment.isoformat() if found.moment else None,
        "safe_day": safe.isoformat() if safe else None,
        "extended": found.extended,
        "readings": [
            {"counting": item.counting.value, "due": item.due.isoformat()}
            for item in found.readings
        ],
        "warnings": [{"id": item.id, "en": item.en} for item in found.warnings],
    }
