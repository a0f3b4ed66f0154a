"""Asking in JSON: what may be sent, how an answer looks, and its schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from netral.guidance.rules.exchange import LONGEST
from netral.law import library
from netral.law.asking import Answer, Said, converse
from netral.law.asking.heading import heading_words
from netral.law.asking.show import headline
from netral.law.render.structure import both, verdict_json
from netral.law.verdict import Question
from netral.law.vocabulary import Words

EXAMPLE = '{"question": "boleh like postingan calon?", "subject": "PNS", "on": "2024-10-07"}'
NOT_JSON = Words("Kirim objek JSON, misalnya {example}", "Send a JSON object, such as {example}")
BAD_QUESTION = Words(
    "Tulis pertanyaannya sebagai teks di 'question', 1 sampai {longest} huruf, misalnya {example}",
    "Write the question as a text in 'question', 1 to {longest} characters, such as {example}",
)
UNKNOWN_FIELD = Words(
    "'{name}' tidak dikenal; yang dikenal: {known}. Misalnya {example}",
    "'{name}' is unknown; there are: {known}. For example {example}",
)
BAD_FIELD = Words(
    "'{name}' harus berupa {form_id}. Misalnya {example}",
    "'{name}' must be {form_en}. For example {example}",
)
UNKNOWN_WORD = Words(
    "Hukum tidak mengenal salah satu nilai yang dikirim; 'detail' menyebut yang mana dan"
    " pilihannya. Misalnya {example}",
    "The law does not know one of the values sent; 'detail' names it and what there is."
    " For example {example}",
)
_WORD = Words("teks, atau null", "a text, or null")
FIELDS = {
    "question": Words("teks", "a text"),
    "subject": _WORD,
    "phase": _WORD,
    "election": _WORD,
    "on": Words(
        "hari seperti 2024-10-07, tidak sebelum {first}, atau null",
        "a day such as 2024-10-07, not before {first}, or null",
    ),
    "facts": Words('objek teks seperti {"status": "PNS"}', 'an object such as {"status": "PNS"}'),
    "acts": Words('daftar teks seperti ["like"]', 'a list such as ["like"]'),
    "asked": Words('daftar teks seperti ["account"]', 'a list such as ["account"]'),
}
"""What may be sent, and the form each must have."""


class Unreadable(ValueError):
    """``code`` and ``words`` tell the sender what to change; ``fill`` goes into the words."""

    def __init__(self, code: str, words: Words, **fill: str) -> None:
        super().__init__(code)
        self.code, self.words, self.fill = code, words, fill


@dataclass(frozen=True, slots=True)
class Sent:
    """The body of a question. ``asked``: facts asked back already that the person cannot tell."""

    question: str
    subject: str | None = None
    phase: str | None = None
    election: str | None = None
    on: date | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


def told_in(body: bytes, example: str) -> dict[str, Any]:
    """The JSON object in a body. Raises :class:`Unreadable` that shows the ``example``."""
    try:
        told = json.loads(body)
    except ValueError as malformed:
        raise Unreadable("not_json", NOT_JSON, example=example) from malformed
    if not isinstance(told, dict):
        raise Unreadable("not_json", NOT_JSON, example=example)
    return told


def read_sent(body: bytes) -> Sent:
    """Reads the body. Raises :class:`Unreadable`."""
    told = told_in(body, EXAMPLE)
    question = told.get("question")
    if not isinstance(question, str) or not question.strip() or len(question) > LONGEST:
        raise Unreadable("no_question", BAD_QUESTION, longest=str(LONGEST), example=EXAMPLE)
    for name, value in told.items():
        _check(name, value)
    day = told.get("on")
    return Sent(
        question=question,
        subject=told.get("subject"),
        phase=told.get("phase"),
        election=told.get("election"),
        on=date.fromisoformat(day) if day else None,
        facts=told.get("facts") or {},
        acts=tuple(told.get("acts") or ()),
        asked=tuple(told.get("asked") or ()),
    )


def _check(name: str, value: Any) -> None:
    """Raises :class:`Unreadable` for a field that is unknown or has another form."""
    if name not in FIELDS:
        raise Unreadable(
            "bad_field", UNKNOWN_FIELD, name=name[:40], known=", ".join(FIELDS), example=EXAMPLE
        )
    if not _fits(name, value):
        form, first = FIELDS[name], library().first_day.isoformat()
        raise Unreadable(
            "bad_field", BAD_FIELD, name=name, example=EXAMPLE,
            form_id=form.id.replace("{first}", first), form_en=form.en.replace("{first}", first),
        )  # fmt: skip


def _fits(name: str, value: Any) -> bool:
    if name == "facts":
        return isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
    if name in ("acts", "asked"):
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
    """The answer. Raises ``LawError`` for words the law does not know.

    A part's ``outcome`` goes with its ``verdict``, which rests on what was told and on what is
    ``assumed``; ``told_alone`` rests on nothing else than what was told. Only where something told
    is ``withheld``, or a piece of the question ``unanswered``, does the outcome say more: nothing
    permits then, whatever the verdict. While ``status`` is choose_act it is not known which act is
    meant: there are no parts, ``outcome`` is what the nearest acts come to, and they stand in
    ``understood``.
    """
    found = converse(
        Said(sent.question, sent.facts, sent.acts, sent.asked), subject=sent.subject,
        phase=sent.phase, election=sent.election, on=sent.on, today=today,
    )  # fmt: skip
    return {
        "law_version": library().version,
        "status": found.status,
        "heading": both(headline(found)),
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
                "heading": both(heading_words(part, found)),
                "outcome": part.outcome,
                "facts": dict(part.situation.facts),
                "assumed": part.relied_on,
                "withheld": [_taken_back(*pair) for pair in part.withheld],
                "unanswered": list(part.unanswered),
                "verdict": verdict_json(library(), part.shown),
                "told_alone": verdict_json(library(), part.verdict),
            }
            for part in found.parts
            if found.status != "choose_act"
        ],
    }


def _taken_back(fact: str, value: str) -> dict[str, Any]:
    return {"fact": fact, "value": value, "words": both(library().facts.label(fact, value))}


def _question(item: Question) -> dict[str, Any]:
    answers = [{"value": value, "words": both(words)} for value, words in item.answers]
    return {"fact": item.fact, "ask": both(item.ask), "answers": answers}


def _understood(found: Answer) -> dict[str, Any]:
    read = found.understanding
    return {
        "scope": read.scope,
        "bound_elsewhere": read.bound_elsewhere or None,
        "ordered": read.ordered,
        "of_another": read.of_another,
        "of_kin": read.of_kin,
        "readings": [{"act": item.act, "score": round(item.score, 4)} for item in read.readings],
        "given": [
            {"fact": item.fact, "value": item.value, "words": item.words} for item in read.given
        ],
    }
