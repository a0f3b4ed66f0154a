"""Objects of the law as JSON. Words come as ``{"id": …, "en": …}``, days as ``2024-10-07``."""

from __future__ import annotations

from datetime import date
from typing import Any

from netral.guidance.citing import address_of
from netral.guidance.models import Consultation
from netral.guidance.queries.consultations import holds_on
from netral.guidance.words import standing
from netral.law import library
from netral.law.acts import GROUPS, Act
from netral.law.citing import citation, disputes_about
from netral.law.dating import end_iso, issued_iso, start_iso
from netral.law.instruments import Instrument, Provision
from netral.law.matrix import Cell
from netral.law.render.structure import both, validity_json


def maybe_day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def sources(names: tuple[str, ...]) -> list[str]:
    """The addresses behind some evidence, each once."""
    known = library().evidence
    return list(dict.fromkeys(url for name in names for url in known[name].sources))


def instrument(item: Instrument, on: date) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "name": both(item.name),
        "short": both(item.short),
        "gazette": item.gazette,
        "enacted": issued_iso(item.enacted, item.dating),
        "effective": start_iso(item),
        "until": end_iso(item),
        "validity": validity_json(item),
        "standing": standing(item, on),
        "replaces": list(item.replaces),
        "replaced_by": item.replaced_by,
        "amends": list(item.amends),
        "amended_by": list(item.amended_by),
        "confidence": item.confidence.value,
        "sources": sources(item.evidence),
        "date_note": both(item.date_note) if item.date_note else None,
    }


def provision(item: Provision, on: date) -> dict[str, Any]:
    contests = [one.id for one in disputes_about(library(), item.id)]
    return {
        "id": item.id,
        "instrument": item.instrument,
        "article": item.article,
        "cite": {language: citation(library(), item.id, language) for language in ("id", "en")},
        "text": both(item.text),
        "effective": start_iso(item),
        "until": end_iso(item),
        "validity": validity_json(item),
        "standing": standing(item, on),
        "confidence": item.confidence.value,
        "sources": sources(item.evidence),
        "class": item.norm.klass.value if item.norm else None,
        "sanction": item.norm.sanction if item.norm else None,
        "disputes": contests,
        "date_note": both(item.date_note) if item.date_note else None,
    }


def act(item: Act) -> dict[str, Any]:
    return {
        "id": item.id,
        "group": item.group,
        "group_name": both(GROUPS[item.group]),
        "name": both(item.name),
        "about": both(item.about),
        "safe_course": both(item.safe),
        "given": {name: list(values) for name, values in item.given.items()},
        "questions": {"id": list(item.phrases), "en": list(item.phrases_en)},
        "see_also": list(item.see_also),
    }


def cell(item: Cell) -> dict[str, Any]:
    return {
        "act": item.act,
        "status": item.status,
        "phase": item.phase.value,
        "outcome": item.outcome.value if item.outcome else None,
        "possible": [outcome.value for outcome in item.possible],
        "provision": item.provision,
        "missing": list(item.missing),
    }


def precedent(item: Consultation, on: date) -> dict[str, Any]:
    """A published answer. It names nobody: neither who asked, nor who wrote and reviewed it.

    ``law_version`` and ``law_day`` are those it was written under. ``holds`` says whether one may
    rely on it that day; a flagged, withdrawn or expired one is still told, with its ``notice``.
    """
    assert item.published_at is not None  # the database holds it for every public state
    return {
        "id": str(item.pk),
        "government": item.government.name,
        "number": item.number,
        "year": item.year,
        "state": item.state,
        "holds": holds_on(item, on),
        "notice": item.notice or None,
        "question": item.question,
        "answer": item.answer,
        "act": item.act or None,
        "facts": dict(item.facts),
        "outcome": item.outcome or None,
        "provisions": list(item.provisions),
        "law_version": item.law_version,
        "law_day": maybe_day(item.law_day),
        "published": item.published_at.isoformat(),
        "valid_until": maybe_day(item.valid_until),
        "withdrawn": item.withdrawn_at.isoformat() if item.withdrawn_at else None,
        "address": address_of(item),
    }
