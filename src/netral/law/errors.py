"""Errors of the law package. Every message says what is wrong and what to do about it."""

from __future__ import annotations


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
