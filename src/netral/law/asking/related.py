"""The neighbour of an act that a told fact leads to, as a photo with a spouse who runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netral.law.library import library

# What tells an act from its neighbour and is often left unsaid.
_TELLING = ("relation", "duty", "active")


def related(act: str, told: Mapping[str, str]) -> str:
    """The act, or the first one named beside it that fits what was told where the act does not."""
    against = [fact for fact in _TELLING if fact in told and not _fits(act, fact, told[fact])]
    for other in library().act(act).see_also if against else ():
        if all(_says(other, fact, told[fact]) for fact in against):
            return other
    return act


def tellings(act: str) -> Iterator[tuple[str, str]]:
    """The facts, each with the value that leads from the act to one named beside it."""
    given = library().act(act).given
    for other in library().act(act).see_also:
        for fact in _TELLING:
            values = library().act(other).given.get(fact, ())
            if fact in given and len(values) == 1 and values[0] not in given[fact]:
                yield fact, values[0]


def _fits(act: str, fact: str, value: str) -> bool:
    return value in library().act(act).given.get(fact, (value,))


def _says(act: str, fact: str, value: str) -> bool:
    return value in library().act(act).given.get(fact, ())
