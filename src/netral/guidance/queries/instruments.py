"""Instruments, their chains, and provisions with everything known about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from netral.law import library
from netral.law.citing import disputes_about
from netral.law.contests import Contest
from netral.law.instruments import Evidence, Instrument, Provision


@dataclass(frozen=True, slots=True)
class ProvisionView:
    """One provision for its page. ``anchor`` is its address within the instrument's page."""

    provision: Provision
    anchor: str
    evidence: tuple[Evidence, ...]
    contests: tuple[Contest, ...]
    replaced_by: Instrument | None
    """The successor of its instrument, once the provision has an end."""


def by_kind() -> dict[str, list[Instrument]]:
    """All instruments, grouped by kind in the order of rank, youngest first."""
    groups: dict[str, list[Instrument]] = {}
    for item in library().instruments.values():
        groups.setdefault(item.kind, []).append(item)
    for items in groups.values():
        items.sort(key=lambda item: item.effective, reverse=True)
    return groups


def chains() -> list[list[Instrument]]:
    """Each line of replacement of two or more instruments, oldest first."""
    every = library().instruments
    later = {name: item.replaced_by for name, item in every.items() if item.replaced_by}
    heads = [name for name in later if name not in later.values()]
    return [[every[name] for name in _line(later, head)] for head in heads]


def _line(later: dict[str, str], head: str) -> Iterator[str]:
    name: str | None = head
    while name is not None:
        yield name
        name = later.get(name)


def chain_of(instrument: Instrument) -> list[list[Instrument]]:
    """The lines of replacement that an instrument stands in."""
    return [line for line in chains() if instrument in line]


def evidence_of(names: tuple[str, ...]) -> tuple[Evidence, ...]:
    known = library().evidence
    return tuple(known[name] for name in names)


def provisions_of(instrument: Instrument) -> list[ProvisionView]:
    """The provisions in the order of the data."""
    return [_view(item, instrument) for item in instrument.provisions.values()]


def _view(provision: Provision, instrument: Instrument) -> ProvisionView:
    successor = instrument.replaced_by if provision.until else None
    return ProvisionView(
        provision,
        provision.id.partition("/")[2],
        evidence_of(provision.evidence),
        disputes_about(library(), provision.id),
        library().instruments[successor] if successor else None,
    )


def provision(name: str) -> ProvisionView:
    """One provision by its id."""
    found = library().provision(name)
    return _view(found, library().instrument(found.instrument))
