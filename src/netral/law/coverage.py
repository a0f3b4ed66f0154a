"""Which fact of the collection stands where in the data, and which are left out, with the
reason."""

from __future__ import annotations

from dataclasses import dataclass

from netral.law.elections import calendars
from netral.law.library import Library
from netral.law.loading.reader import Entry, read_yaml
from netral.law.procedures import steps
from netral.law.vocabulary import Words


@dataclass(frozen=True, slots=True)
class Coverage:
    """One fact: the entries that use it, or the reason why none does."""

    fact: str
    places: tuple[str, ...]
    left_out: Words | None


def coverage(library: Library) -> dict[str, Coverage]:
    """Coverage of all evidence by id."""
    places: dict[str, list[str]] = {name: [] for name in library.evidence}
    for place, names in _uses(library):
        for name in names:
            places[name].append(place)
    reasons = left_out(library)
    return {
        name: Coverage(name, tuple(dict.fromkeys(found)), reasons.get(name))
        for name, found in places.items()
    }


def left_out(library: Library) -> dict[str, Words]:
    """The facts deliberately not represented, with the reason."""
    raw = read_yaml(library.folder / "left_out.yaml")
    return {
        name: Entry.of(f"left_out.yaml: {name}", body, {"why"}, {"why"}).words("why")
        for name, body in raw.items()
    }


def _uses(library: Library) -> list[tuple[str, tuple[str, ...]]]:
    """Every entry that names evidence, with the names."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for instrument in library.instruments.values():
        found.append((instrument.id, instrument.evidence))
        found.extend((item.id, item.evidence) for item in instrument.provisions.values())
    for contest in library.contests.values():
        found.extend((f"contest:{contest.id}", item.evidence) for item in contest.positions)
    found.extend((f"step:{item.id}", item.evidence) for item in steps().values())
    for calendar in calendars().values():
        found.extend((f"calendar:{calendar.id}", stage.evidence) for stage in calendar.stages)
    return found
