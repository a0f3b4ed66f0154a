"""Reads the elections that come with Netral (``data/*.yaml``) into checked, frozen values.

The files are meant to be read and extended by people who do not program; a slip in them stops
with the file, the election and the field, before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from netral.elections.phases import ORDER
from netral.elections.rules import Span, in_order, is_in_order

DATA = Path(__file__).parent / "data"
CONFIDENCES = {"official", "agreed", "single", "derived", "unverified"}


class ElectionDataError(ValueError):
    """A data file says something that cannot be. The message names file, election and field."""


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    id: str = ""
    en: str = ""


@dataclass(frozen=True)
class KnownPhase:
    code: str
    name: Words
    starts_on: date
    ends_on: date
    is_main: bool
    confidence: str
    sources: tuple[str, ...]
    note: Words


@dataclass(frozen=True)
class KnownParty:
    number: int
    name: str
    short_name: str
    other_names: tuple[str, ...]
    only_in: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class KnownTicket:
    number: int
    names: str
    is_blank: bool
    other_names: tuple[str, ...]
    confidence: str
    sources: tuple[str, ...]
    note: Words


@dataclass(frozen=True)
class KnownElection:
    code: str
    kind: str
    name: Words
    region_code: str
    certainty: str
    basis: str
    voting_on: date | None
    voting_window: Words
    expected_year: int | None
    sources: tuple[str, ...]
    phases: tuple[KnownPhase, ...] = ()
    parties: tuple[KnownParty, ...] = ()
    tickets: tuple[KnownTicket, ...] = field(default=())


def known_elections(folder: Path = DATA) -> list[KnownElection]:
    """Every election of the data files, sorted by code. Raises :class:`ElectionDataError`."""
    raw: dict[str, tuple[Path, dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = yaml.safe_load(path.read_text("utf-8"))
        for entry in content if isinstance(content, list) else [content]:
            if entry["code"] in raw:
                raise ElectionDataError(f"{path.name}: {entry['code']} stands in the data twice")
            raw[entry["code"]] = (path, entry)
    read = []
    for code in sorted(raw):
        path, entry = raw[code]
        try:
            read.append(_election(_with_calendar(entry, raw)))
        except (KeyError, TypeError, ValueError) as error:
            raise ElectionDataError(f"{path.name}: {code}: {error}") from error
    return read


def _with_calendar(
    entry: dict[str, Any], raw: dict[str, tuple[Path, dict[str, Any]]]
) -> dict[str, Any]:
    """The entry with the phases (and their sources) of the election it names as its calendar."""
    if "calendar" not in entry:
        return entry
    _path, calendar = raw[entry["calendar"]]
    sources = {**calendar["sources"], **entry.get("sources", {})}
    return {**entry, "phases": calendar["phases"], "sources": sources}


def _election(entry: dict[str, Any]) -> KnownElection:
    addresses: dict[str, str] = entry.get("sources", {})
    phases = tuple(_phase(row, addresses) for row in entry.get("phases", []))
    _check_main_phases(phases)
    party_sources = _addresses(entry.get("parties_sources", []), addresses)
    common = entry.get("tickets_from", {})
    return KnownElection(
        code=entry["code"],
        kind=entry["kind"],
        name=_words(entry["name"]),
        region_code=entry["region"],
        certainty=entry["certainty"],
        basis=entry["basis"],
        voting_on=entry.get("voting_on"),
        voting_window=_words(entry.get("voting_window")),
        expected_year=entry.get("expected_year"),
        sources=tuple(addresses.values()),
        phases=phases,
        parties=tuple(_party(row, party_sources) for row in entry.get("parties", [])),
        tickets=tuple(_ticket({**common, **row}, addresses) for row in entry.get("tickets", [])),
    )


def _check_main_phases(phases: tuple[KnownPhase, ...]) -> None:
    spans = in_order(
        Span(phase.code, phase.starts_on, phase.ends_on) for phase in phases if phase.is_main
    )
    if not is_in_order([span.code for span in spans]):
        raise ValueError("the main phases do not follow the order of the vocabulary")


def _phase(row: dict[str, Any], addresses: dict[str, str]) -> KnownPhase:
    is_main = bool(row.get("main"))
    if is_main and row["code"] not in ORDER:
        raise ValueError(f"{row['code']} is no code of a main phase")
    return KnownPhase(
        code=row["code"],
        name=_words(row.get("name")),
        starts_on=row["from"],
        ends_on=row["to"],
        is_main=is_main,
        confidence=_confidence(row["confidence"]),
        sources=_addresses(row["sources"], addresses),
        note=_words(row.get("note")),
    )


def _party(row: dict[str, Any], sources: tuple[str, ...]) -> KnownParty:
    return KnownParty(
        number=row["number"],
        name=row["name"],
        short_name=row["short"],
        other_names=tuple(row.get("also", ())),
        only_in=row.get("only_in", ""),
        sources=sources,
    )


def _ticket(row: dict[str, Any], addresses: dict[str, str]) -> KnownTicket:
    return KnownTicket(
        number=row["number"],
        names=row["names"],
        is_blank=bool(row.get("is_blank")),
        other_names=tuple(row.get("also", ())),
        confidence=_confidence(row["confidence"]),
        sources=_addresses(row["sources"], addresses),
        note=_words(row.get("note")),
    )


def _words(value: dict[str, str] | None) -> Words:
    return Words(**value) if value else Words()


def _confidence(value: str) -> str:
    if value not in CONFIDENCES:
        raise ValueError(f"confidence {value!r}; write one of {', '.join(sorted(CONFIDENCES))}")
    return value


def _addresses(keys: list[str], addresses: dict[str, str]) -> tuple[str, ...]:
    return tuple(addresses[key] for key in keys)
