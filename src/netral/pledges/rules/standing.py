"""The figures of the wall: how many have signed, and which units are furthest behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Group:
    """A unit that has its own line on the wall."""

    id: UUID
    name: str


@dataclass(frozen=True)
class UnitStanding:
    name: str
    signed: int
    staff: int

    @property
    def missing(self) -> int:
        return max(self.staff - self.signed, 0)

    @property
    def share(self) -> float:
        return self.signed / self.staff if self.staff else 1.0


@dataclass(frozen=True)
class Standing:
    """Of one ceremony at one moment."""

    signed: int
    staff: int
    slowest: tuple[UnitStanding, ...]


def standing(
    groups: Sequence[Group],
    group_of: Mapping[UUID, UUID],
    staff_in: Mapping[UUID, int],
    signed_in: Mapping[UUID, int],
    *,
    lines: int = 4,
) -> Standing:
    """``group_of`` maps each covered unit to its group; the other two count per unit itself.

    A unit that left the covered tree since its people signed still counts in the total, so the
    figure on the wall never falls. Staff is never shown below the number who signed.
    """
    staff = dict.fromkeys((group.id for group in groups), 0)
    signed = dict.fromkeys(staff, 0)
    for figures, into in ((staff_in, staff), (signed_in, signed)):
        for unit, number in figures.items():
            group_id = group_of.get(unit)
            if group_id is not None:
                into[group_id] += number
    rows = [
        UnitStanding(group.name, signed[group.id], max(staff[group.id], signed[group.id]))
        for group in groups
    ]
    busy = [row for row in rows if row.staff]
    busy.sort(key=lambda row: (-row.missing, row.share, row.name))
    total_signed = sum(signed_in.values())
    total_staff = max(sum(row.staff for row in rows), total_signed)
    return Standing(total_signed, total_staff, tuple(busy[:lines]))
