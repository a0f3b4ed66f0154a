"""Asking in JSON: what may be sent, how an answer looks, and its schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from netral.guidance.api.shapes import both
from netral.guidance.rules.exchange import LONGEST
from netral.law import library
from netral.law.asking import Answer, answer
from netral.law.render.structure import verdict_json
from netral.law.verdict import Question
from netral.law.vocabulary import Words

NOT_JSON = Words(
    'Kirim objek JSON, misalnya {{"question": "boleh like postingan calon?"}}.',
    'Send a JSON object, such as {{"question": "may I like a candidate\'s post?"}}.',
)
BAD_QUESTION = Words(
    "Tulis pertanyaannya di 'question', paling banyak {longest} huruf.",
    "Write the question in 'question', at most {longest} characters.",
)
BAD_FIELD = Words(
    "'{name}' tidak dikenal atau bukan bentuknya; yang dikenal: {known}.",
    "'{name}' is unknown or has the wrong form; there are: {known}.",
)
FIELDS = ("question", "subject", "phase", "election", "on", "facts", "acts")


class Unreadable(ValueError):
    """``code`` and ``words`` tell the sender what to change; ``fill`` goes into the words."""

    def __init__(self, code: str, words: Words, **fill: str) -> None:
        super().__init__(code)
        self.code, self.words, self.fill = code, words, fill


@dataclass(frozen=True, slots=True)
class Sent:
    """The body of a question."""

    question: str
    subject: str | None = None
    phase: str | None = None
    election: str | None = None
    on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    acts: tuple[str, ...] = ()


def told_in(body: bytes, otherwise: Words) -> dict[str, Any]:
    """The JSON object in a body. Raises :class:`Unreadable` with the words ``otherwise``."""
    try:
        told = json.loads(body)
    except ValueError as malformed:
        raise Unreadable("not_json", otherwise) from malformed
    if not isinstance(told, dict):
        raise Unreadable("not_json", otherwise)
    return told


def read_sent(body: bytes) -> Sent:
    """Reads the body. Raises :class:`Unreadable`."""
    told = told_in(body, NOT_JSON)
    question = told.get("question")
    if not isinstance(question, str) or not question.strip() or len(question) > LONGEST:
        raise Unreadable("no_question", BAD_QUESTION, longest=str(LONGEST))
    for name, value in told.items():
        if name not in FIELDS or not _fits(name, value):
            raise Unreadable("bad_field", BAD_FIELD, name=name[:40], known=", ".join(FIELDS))
    day = told.get("on")
    return Sent(
        question=question,
        subject=told.get("subject"),
        phase=told.get("phase"),
        election=told.get("election"),
        on=date.fromisoformat(day) if day else None,
        facts=told.get("facts") or {},
        acts=tuple(told.get("acts") or ()),
    )


def _fits(name: str, value: Any) -> bool:
    if name == "facts":
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if name == "acts":
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if name == "on" and isinstance(value, str):
        return _is_day(value)
    return isinstance(value, str) or (value is None and name != "question")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) >= library().first_day
    except ValueError:
        return False


def answer_json(sent: Sent, today: date) -> dict[str, Any]:
    """The answer. Raises ``LawError`` for words the law does not know."""
    found = answer(
        sent.question, subject=sent.subject, phase=sent.phase, election=sent.election, on=sent.on,
        facts=sent.facts, acts=sent.acts, today=today,
    )  # fmt: skip
    return {
        "law_version": library().version,
        "status": found.status,
        "outcome": found.outcome,
        "class": found.klass,
        "acts": [part.act for part in found.parts],
        "provisions": list(found.provisions),
        "ask": [item.fact for item in found.ask],
        "questions": [_question(item) for item in found.ask],
        "confidence": round(found.confidence, 4),
        "understood": _understood(found),
        "parts": [
            {
                "act": part.act,
                "outcome": part.outcome,
                "facts": dict(part.situation.facts),
                "assumed": dict(part.assumed),
                "verdict": verdict_json(library(), part.verdict),
                "guess": verdict_json(library(), part.guess),
            }
            for part in found.parts
        ],
    }


def _question(item: Question) -> dict[str, Any]:
    answers = [{"value": value, "words": both(words)} for value, words in item.answers]
    return {"fact": item.fact, "ask": both(item.ask), "answers": answers}


def _understood(found: Answer) -> dict[str, Any]:
    read = found.understanding
    return {
        "scope": read.scope,
        "readings": [{"act": item.act, "score": round(item.score, 4)} for item in read.readings],
        "given": [
            {"fact": item.fact, "value": item.value, "words": item.words} for item in read.given
        ],
    }
