"""Many questions from a file: one JSON object per line in, one per line out."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from netral.law.asking.asking_back import converse
from netral.law.asking.shapes import Answer, Said
from netral.law.errors import LawError

EXAMPLE = '{"id": "1", "question": "pns like cabup", "subject": "PNS", "on": "2024-10-07"}'
"""A line of a batch, for help and for complaints."""
EXAMPLE_ANSWER = (
    '{"id": "1", "status": "answered", "outcome": "forbidden", "class": "discipline", '
    '"acts": ["like"], "provisions": ["SKB-2022/D6", "UU-20-2023/24.1.d", "PP-94-2021/5.n.5"], '
    '"ask": [], "confidence": 0.99}'
)
"""What that line gives."""
_TEXTS = ("subject", "phase", "election")


def answer_file(source: Path, target: Path) -> int:
    """Answer every line of `source` into `target`; returns the number of questions.

    Raises `LawError` naming the line if one cannot be read; `target` is then left as it was.
    """
    rows = [_answered(number, raw) for number, raw in _lines(source)]
    handle, name = tempfile.mkstemp(dir=target.resolve().parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return len(rows)


def _lines(source: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The numbered objects of the file; empty lines are passed over."""
    for number, line in enumerate(source.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            raw = json.loads(line)
        except ValueError as error:
            column = getattr(error, "colno", 1)  # octets that are no text have none
            raise LawError(f"line {number}: no JSON from character {column} on") from None
        if not isinstance(raw, dict):
            raise LawError(f"line {number}: must be a JSON object with id and question")
        yield number, raw


def _answered(number: int, raw: Mapping[str, Any]) -> dict[str, Any]:
    """One output row."""
    name, question = raw.get("id"), raw.get("question")
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise LawError(f"line {number}: 'id' must be a text or a number")
    if not isinstance(question, str) or not question.strip():
        raise LawError(f"line {number}: 'question' must be a text that is not empty")
    subject, phase, election = (_text(number, key, raw.get(key)) for key in _TEXTS)
    try:
        found = converse(
            Said(question), subject=subject, phase=phase, election=election,
            on=_day(number, raw.get("on")),
        )  # fmt: skip
    except LawError as error:
        raise LawError(f"line {number}: {error}") from None
    return {"id": name, **answer_row(found)}


def answer_row(found: Answer) -> dict[str, Any]:
    """The short form of an answer. Only with ``status`` "answered" is ``outcome`` a verdict, which
    the page shows too; otherwise it is what the nearest acts come to, for whoever counts."""
    return {
        "status": found.status,
        "outcome": found.outcome,
        "class": found.klass,
        "acts": [part.act for part in found.parts],
        "provisions": list(found.provisions),
        "ask": [item.fact for item in found.ask],
        "confidence": round(found.confidence, 3),
    }


def _text(number: int, key: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise LawError(f"line {number}: '{key}' must be a text")
    return value


def _day(number: int, value: Any) -> date | None:
    if value is None or value == "":
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise LawError(f"line {number}: 'on' must be a day such as 2024-10-07") from None
