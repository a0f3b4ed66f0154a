"""Brings the elections of the data files into the database; run at first start and upgrade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from netral.elections.calendars import forget_calendars
from netral.elections.known import (
    KnownElection,
    KnownParty,
    KnownPhase,
    KnownTicket,
    known_elections,
)
from netral.elections.models import Election, Party, Phase, Ticket


@dataclass(frozen=True)
class LoadSummary:
    """How many elections the load wrote anew, brought up to date, and found as they were."""

    created: int
    changed: int
    same: int


@transaction.atomic
def load_known_elections(*, now: datetime, known: list[KnownElection] | None = None) -> LoadSummary:
    """Writes what the data files say; running it again changes nothing.

    A government's own elections and its overrides stay untouched. A phase that the files no
    longer name is removed unless some government has (or had) days of its own for it.
    """
    counts = {"created": 0, "changed": 0, "same": 0}
    for entry in known if known is not None else known_elections():
        counts[_load(entry, now)] += 1
    forget_calendars()
    return LoadSummary(**counts)


def _load(entry: KnownElection, now: datetime) -> str:
    election = Election.objects.filter(code=entry.code, government=None).first()
    outcome = "same"
    if election is None:
        election = Election(code=entry.code)
        outcome = "created"
    differs = _put(election, _election_fields(entry))
    if differs:
        election.updated_at = now
        election.save()
    touched = [
        _bring(election, Phase, "code", {row.code: _phase_fields(row) for row in entry.phases}),
        _bring(election, Party, "number", {r.number: _party_fields(r) for r in entry.parties}),
        _bring(election, Ticket, "number", {r.number: _ticket_fields(r) for r in entry.tickets}),
    ]
    if outcome == "same" and (differs or any(touched)):
        outcome = "changed"
        Election.objects.filter(pk=election.pk).update(updated_at=now)
    return outcome


def _put(row: models.Model, fields: dict[str, Any]) -> bool:
    """Sets the fields and says whether any of them was different."""
    differs = row._state.adding or any(getattr(row, name) != fields[name] for name in fields)
    for name, value in fields.items():
        setattr(row, name, value)
    return differs


def _bring(
    election: Election, model: type[models.Model], key: str, wanted: dict[Any, dict[str, Any]]
) -> bool:
    """Makes the election's rows of ``model`` those of ``wanted``; says whether anything moved."""
    rows = model._default_manager.filter(election=election)
    there = {getattr(row, key): row for row in rows}
    touched = False
    for value, fields in wanted.items():
        row = there.pop(value, None) or model(election=election, **{key: value})
        if _put(row, fields):
            row.save()
            touched = True
    for row in there.values():
        if not (isinstance(row, Phase) and row.overrides.exists()):
            row.delete()
            touched = True
    return touched


def _election_fields(entry: KnownElection) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "name": entry.name.id,
        "name_en": entry.name.en,
        "region_code": entry.region_code,
        "certainty": entry.certainty,
        "basis": entry.basis,
        "voting_on": entry.voting_on,
        "voting_window": entry.voting_window.id,
        "voting_window_en": entry.voting_window.en,
        "expected_year": entry.expected_year,
        "source": "\n".join(entry.sources),
    }


def _phase_fields(row: KnownPhase) -> dict[str, Any]:
    return {
        "name": row.name.id,
        "name_en": row.name.en,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "is_main": row.is_main,
        "confidence": row.confidence,
        "source": "\n".join(row.sources),
        "note": row.note.id,
        "note_en": row.note.en,
    }


def _party_fields(row: KnownParty) -> dict[str, Any]:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "other_names": list(row.other_names),
        "only_in": row.only_in,
        "source": "\n".join(row.sources),
    }


def _ticket_fields(row: KnownTicket) -> dict[str, Any]:
    return {
        "names": row.names,
        "is_blank": row.is_blank,
        "other_names": list(row.other_names),
        "confidence": row.confidence,
        "source": "\n".join(row.sources),
        "note": row.note.id,
        "note_en": row.note.en,
    }
