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
