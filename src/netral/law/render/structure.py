"""A verdict as plain JSON-ready data."""

from __future__ import annotations

from typing import Any

from netral.law.citing import citation
from netral.law.dating import Dated, end_iso, start_iso
from netral.law.library import Library
from netral.law.procedures import step
from netral.law.render.dates import validity
from netral.law.trace import REASONS
from netral.law.verdict import Verdict
from netral.law.vocabulary import CONFIDENCE_WORDS, OUTCOME_WORDS, Words


def verdict_json(library: Library, verdict: Verdict, *, full_trace: bool = False) -> dict[str, Any]:
    """The verdict as nested dicts and lists. `full_trace` adds the norms that could never
    matter."""
    finding = verdict.finding
    return {
        "act": {"id": verdict.act, "name": both(library.act(verdict.act).name)},
        "on": verdict.on.isoformat(),
        "law_version": verdict.law_version,
        "outcome": finding.outcome.value,
        "outcome_words": both(OUTCOME_WORDS[finding.outcome]),
        "possible": [item.value for item in finding.possible],
        "confidence": finding.confidence.value,
        "confidence_words": both(CONFIDENCE_WORDS[finding.confidence]),
        "facts_used": dict(finding.used),
        "questions": [
            {
                "fact": item.fact,
                "ask": both(item.ask),
                "answers": [
                    {"value": value, "words": both(words)} for value, words in item.answers
                ],
            }
            for item in finding.questions
        ],
        "provisions": [_citation(library, item.provision, item.role) for item in finding.citations],
        "sanctions": [
            {
                "level": item.level,
                "name": both(item.name),
                "options": [both(option) for option in item.options],
                "who": both(item.who),
                "provision": item.provision,
                "because": item.norm,
                "confidence": item.confidence.value,
            }
            for item in finding.sanctions
        ],
        "deciders": [both(item) for item in finding.deciders],
        "clocks": [{"step": name, "name": both(step(name).name)} for name in finding.clocks],
        "conditions": [both(item) for item in finding.conditions],
        "disagreements": [_contest(library, name) for name in finding.contests],
        "safe_course": both(finding.safe),
        "notes": [both(item) for item in finding.notes],
        "trace": _trace(verdict, full_trace),
    }


def both(words: Words) -> dict[str, str]:
    """Words in both languages."""
    return {"id": words.id, "en": words.en}


def validity_json(item: Dated) -> dict[str, str]:
    """From when to when in words, no more precise than the sources."""
    return {language: validity(item, language) for language in ("id", "en")}


def _citation(library: Library, name: str, role: str) -> dict[str, Any]:
    """One provision with its text, validity, confidence and sources."""
    item = library.provision(name)
    return {
        "id": name,
        "role": role,
        "article": item.article,
        "cite": {language: citation(library, name, language) for language in ("id", "en")},
        "instrument": item.instrument,
        "text": both(item.text),
        "effective": start_iso(item),
        "until": end_iso(item),
        "validity": validity_json(item),
        "confidence": item.confidence.value,
        "sources": list(
            dict.fromkeys(url for key in item.evidence for url in library.evidence[key].sources)
        ),
    }


def _contest(library: Library, name: str) -> dict[str, Any]:
    """One disagreement with all its positions."""
    item = library.contests[name]
    return {
        "id": name,
        "name": both(item.name),
        "affects": item.affects,
        "safe_course": both(item.safe),
        "positions": [
            {
                "who": {"id": position.who, "en": position.who_en},
                "when": position.when,
                "view": position.view,
                "says": both(position.says),
                "sources": [
                    url for key in position.evidence for url in library.evidence[key].sources
                ],
            }
            for position in item.positions
        ],
    }


def _trace(verdict: Verdict, full: bool) -> list[dict[str, Any]]:
    """What became of each norm, with its elements."""
    trace = verdict.finding.trace
    return [
        {
            "norm": row.norm,
            "reason": row.reason,
            "reason_words": {"id": REASONS[row.reason][0], "en": REASONS[row.reason][1]},
            "by": row.by,
            "elements": [
                {
                    "any_of": {key: list(values) for key, values in item.element.choices.items()},
                    "state": item.state.value,
                }
                for item in row.elements
            ],
        }
        for row in (trace.rows() if full else trace.considered)
    ]
