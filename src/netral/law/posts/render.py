"""A check as plain values, for JSON."""

from __future__ import annotations

from typing import Any

from netral.law.posts.shapes import NOTHING_FOUND, STRENGTH_WORDS, Check, Mark, Rule
from netral.law.vocabulary import Words


def check_json(check: Check) -> dict[str, Any]:
    """Places count characters from 0; ``end`` is the first one after the passage."""
    return {
        "mode": check.mode.value,
        "marks": [_mark(check, mark) for mark in check.marks],
        "note": None if check.marks else _both(NOTHING_FOUND),
    }


def _mark(check: Check, mark: Mark) -> dict[str, Any]:
    return {
        "start": mark.start,
        "end": mark.end,
        "words": check.text[mark.start : mark.end],
        "findings": [
            {
                **_rule(item.rule),
                "strength": item.strength.value,
                "strength_words": _both(STRENGTH_WORDS[item.strength]),
            }
            for item in mark.findings
        ],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "name": _both(rule.name),
        "why": _both(rule.why),
        "instead": _both(rule.instead),
        "act": rule.act,
        "provisions": list(rule.provisions),
        "outside": [
            {"name": _both(norm.name), "source": norm.source, "confidence": norm.confidence.value}
            for norm in rule.outside
        ],
    }


def _both(words: Words) -> dict[str, str]:
    return {"id": words.id, "en": words.en}
