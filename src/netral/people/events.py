"""What the register tells the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class RegisterChanged:
    """Postings changed: somebody came, left, moved, or is another status or level now."""

    government_id: UUID
    unit_ids: frozenset[UUID] | None
    """The units whose figures may differ; ``None`` when it may be any of the government."""


@dataclass(frozen=True)
class PeopleMerged:
    """Two entries of the register turned out to be one human being.

    Whoever keeps rows about people moves those of ``dropped`` to ``kept``, in the same
    transaction; where both have one and only one is allowed, theirs is to decide which.
    """

    kept: UUID
    dropped: UUID


@dataclass(frozen=True)
class PeopleErased:
    """These entries of the register, all of one human being, are being erased.

    Told before anything is gone, in the same transaction: whoever keeps rows about people deletes
    what is personal in them now. What was logged about them is erased by the publisher.
    """

    people: frozenset[UUID]


@dataclass(frozen=True)
class NumberChanged:
    """A person bears another staff number now, perhaps their first."""

    person_id: UUID
    before: str
    """The number or local id by which they were known until now."""
    after: str


@dataclass(frozen=True)
class HeadChanged:
    """Another person heads a unit now, or nobody does."""

    government_id: UUID
    unit_id: UUID
    left: UUID | None
    """The person who headed it until now."""
    entered: UUID | None
