"""Errors of the law package. Every message says what is wrong and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class LawError(Exception):
    """Base of all errors raised by `netral.law`."""


class DataError(LawError):
    """A data file breaks the schema or points at something that does not exist."""


class SituationError(LawError):
    """A situation names an unknown act, fact or value, or contradicts itself."""


class ClockError(LawError):
    """A clock was asked for a step, zone or day that it cannot count."""


class NotFoundError(LawError):
    """Nothing in the library carries the given id."""

    @classmethod
    def naming(cls, kind: str, name: str, known: Iterable[str]) -> NotFoundError:
        """No such name of its kind, with the nearest known ones."""
        return cls(f"no {kind} '{name}'{nearest(name, known)}")


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a message: the known names nearest to a wrong one, if any is near."""
    by_lower = {item.lower(): item for item in known}
    near = difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.4)
    return f"; did you mean {', '.join(by_lower[item] for item in near)}?" if near else ""
