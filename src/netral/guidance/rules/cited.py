"""Whether a provision still says what it said when an answer cited it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from netral.law import Library
from netral.law.instruments import Element, Provision


def digest(provision: Provision) -> str:
    """32 hexadecimal digits over what decides: words, validity, whom it binds, its norm."""
    norm = provision.norm
    told: dict[str, Any] = {
        "article": provision.article,
        "text": provision.text.id,
        "from": provision.effective.isoformat(),
        "until": provision.until.isoformat() if provision.until else None,
        "binds": sorted(provision.binds),
        "norm": norm and {
            "class": norm.klass.value,
            "elements": [_element(item) for item in norm.elements],
            "exceptions": [[_element(item) for item in group] for group in norm.exceptions],
            "sanction": norm.sanction,
        },
    }  # fmt: skip
    canonical = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _element(element: Element) -> dict[str, list[str]]:
    return {fact: sorted(values) for fact, values in element.choices.items()}


def digests(names: Iterable[str], law: Library) -> list[tuple[str, str]]:
    """What is kept with an answer: id and digest of each provision, in the order they were given.

    Raises ``NotFoundError`` for an unknown provision.
    """
    return [(name, digest(law.provision(name))) for name in names]


def changed(cited: Mapping[str, str], law: Library, on: date) -> tuple[str, ...]:
    """The cited provisions that are gone, read otherwise, or are out of force on that day."""
    found = []
    for name, kept in cited.items():
        provision = law.provisions.get(name)
        if provision is None or not provision.in_force(on) or digest(provision) != kept:
            found.append(name)
    return tuple(found)
