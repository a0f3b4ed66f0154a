"""A deadline as text and as JSON."""

from __future__ import annotations

from typing import Any

from netral.law.clocks import Deadline
from netral.law.render.labels import long_day
from netral.law.vocabulary import Words

_NO_LIMIT = Words("batas waktu tidak diketahui", "unknown deadline")


def deadline_text(found: Deadline, language: str = "id") -> str:
    """A few lines: the step, the day, every reading, the provision and the warnings."""
    step = found.step
    lines = [f"{step.name.in_language(language)} ({step.id})"]
    if found.due is None:
        lines.append(f"  {_NO_LIMIT.in_language(language)}")
    for reading in found.readings:
        lines.append(f"  {reading.counting.value}: {long_day(reading.due, language)}")
    if found.moment is not None:
        lines.append(f"  {found.moment.isoformat(timespec='minutes')}")
    lines.append(f"  {step.provision}; {step.who.in_language(language)}")
    lines.extend(f"  {item.in_language(language)}" for item in (step.note, *found.warnings) if item)
    return "\n".join(lines)


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
