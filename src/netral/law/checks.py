"""Checks between data files: every reference leads somewhere, every fact is used, every act
complete."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from netral.law.errors import DataError

if TYPE_CHECKING:
    from netral.law.instruments import Instrument, Provision
    from netral.law.library import Library


def check_references(library: Library) -> None:
    """Raise `DataError` on the first reference that leads nowhere."""
    for problem in reference_problems(library):
        raise DataError(problem)


def reference_problems(library: Library) -> Iterable[str]:
    """All references that lead nowhere, as messages."""
    yield from _instrument_problems(library)
    yield from _dating_problems(library)
    yield from _norm_problems(library)
    yield from _contest_problems(library)
    yield from _sanction_problems(library)
    yield from _act_problems(library)


def _instrument_problems(library: Library) -> Iterable[str]:
    """Replacement and amendment chains must close in both directions."""
    for item in library.instruments.values():
        names = [*item.replaces, *item.amends, *item.amended_by]
        if item.replaced_by:
            names.append(item.replaced_by)
        for name in names:
            if name not in library.instruments:
                yield f"instrument {item.id}: '{name}' is not an instrument"
        for name in item.amends:
            other = library.instruments.get(name)
            if other is not None and item.id not in other.amended_by:
                yield f"instrument {name}: add '{item.id}' to amended_by"
        if item.replaced_by and item.until is None:
            yield f"instrument {item.id}: is replaced by {item.replaced_by}, so give 'until'"


def _dating_problems(library: Library) -> Iterable[str]:
    """The first or last day of a year mostly stands in for one nobody knows: it has to be said."""
    every: list[Instrument | Provision] = [*library.instruments.values()]
    for item in [*every, *library.provisions.values()]:
        if (item.effective.month, item.effective.day) == (1, 1) and item.dating.start is None:
            yield f"{item.id}: starts on 1 January; say with 'dated' what is known of the day"
        if item.until and (item.until.month, item.until.day) == (12, 31) and not item.dating.end:
            yield f"{item.id}: ends on 31 December; say with 'ended' what is known of the day"


def _norm_problems(library: Library) -> Iterable[str]:
    """Sanctions, bases and lifted norms must exist."""
    for name, norm in library.norms.items():
        if norm.sanction is not None and norm.sanction not in library.sanctions:
            yield f"{name}: unknown sanction '{norm.sanction}'"
        for other in (*norm.basis, *norm.lifts):
            if other not in library.provisions:
                yield f"{name}: '{other}' is not a provision"
        for other in norm.lifts:
            if other in library.provisions and other not in library.norms:
                yield f"{name}: lifts '{other}', which carries no norm"


def _contest_problems(library: Library) -> Iterable[str]:
    """Contests unsettle norms that exist and touch acts through their conduct."""
    for contest in library.contests.values():
        for name in contest.unsettles:
            if name not in library.norms:
                yield f"contest {contest.id}: unsettles '{name}', which carries no norm"
        for name in contest.sanctions:
            if name not in library.sanctions:
                yield f"contest {contest.id}: unknown sanction '{name}'"


def _sanction_problems(library: Library) -> Iterable[str]:
    """Ranges stand on provisions, and so do authorities."""
    for sanction in library.sanctions.values():
        for entry in sanction.ranges:
            if entry.provision not in library.provisions:
                yield f"sanction {sanction.id}: '{entry.provision}' is not a provision"
    for body in library.supervisors:
        if body.provision not in library.provisions:
            yield f"authorities: '{body.provision}' is not a provision"
    for row in library.imposers:
        if row.provision not in library.provisions:
            yield f"authorities: '{row.provision}' is not a provision"


def _act_problems(library: Library) -> Iterable[str]:
    """Acts point at acts and provisions that exist, and say enough for people to find them."""
    seen: dict[str, str] = {}
    for act in library.acts.values():
        for name in act.see_also:
            if name not in library.acts:
                yield f"act {act.id}: see_also '{name}' is not an act"
        for name in act.cites:
            if name not in library.provisions:
                yield f"act {act.id}: cites '{name}', which is not a provision"
        if not 8 <= len(act.phrases) <= 15:
            yield f"act {act.id}: has {len(act.phrases)} example questions; give 8 to 15"
        for phrase in act.phrases:
            folded = phrase.casefold().strip()
            if folded in seen:
                yield f"act {act.id}: the question '{phrase}' is also in {seen[folded]}"
            seen[folded] = act.id
