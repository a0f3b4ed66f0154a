"""What a row of the file would do to a person: thought only, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from netral.people.intake.staff_rows import StaffRow
from netral.people.models import ImportRow, RowAction
from netral.people.services.changes import as_json

PERSON_FIELDS = ("name", "front_title", "back_title", "email", "phone", "joined_on")
POSTING_FIELDS = ("status", "position_level", "position", "grade", "standing")


class Known(NamedTuple):
    """A person as the register has them now. Keys as 32 digits, dates as text, ``""`` is none."""

    id: str
    number: str
    local_id: str
    name: str
    name_key: str
    front_title: str
    back_title: str
    email: str
    phone: str
    joined_on: str | None
    left_on: str | None
    posting_id: str | None
    unit: str | None
    status: str | None
    position_level: str | None
    position: str | None
    grade: str | None
    standing: str | None


@dataclass(slots=True)
class Outcome:
    """The action of a row, and the fields it changes."""

    action: str
    reposts: bool = False
    was: str = ""
    becomes: str = ""


def as_said(row: ImportRow, unit: int) -> StaffRow:
    """The staged row as the file said it. An id that Netral chose for a new person goes again."""
    chosen_here = row.action == RowAction.CREATE and not row.number
    return StaffRow(
        sheet=row.sheet,
        line=row.line,
        number=row.number,
        local_id="" if chosen_here else row.local_id,
        name=row.name,
        name_key=row.name_key,
        front_title=row.front_title,
        back_title=row.back_title,
        email=row.email,
        phone=row.phone,
        joined_on=row.joined_on.isoformat() if row.joined_on else None,
        status=row.status,
        position_level=row.position_level,
        position=row.position,
        grade=row.grade,
        standing=row.standing,
        leaves=int(row.leaves),
        unit=unit if row.unit_id else -1,
        is_bad=0,
    )


def compare(row: StaffRow, unit: str | None, known: Known, effective_on: str) -> Outcome:
    """What ``row`` means for ``known``. ``unit``: the key the row's unit has, if it names one."""
    if row.leaves:
        return _leaving(row, known, effective_on)
    was, becomes = _person_changes(row, known)
    if known.posting_id is None:
        return _returning(row, unit, was, becomes, known)
    posted = [name for name in POSTING_FIELDS if _differs(row, known, name)]
    for name in posted:
        was[name], becomes[name] = getattr(known, name) or "", getattr(row, name)
    moves = unit is not None and unit != known.unit
    if moves:
        was["unit"], becomes["unit"] = _dashed(known.unit), _dashed(unit)
    if not becomes:
        return Outcome(RowAction.SAME)
    action = RowAction.MOVE if moves else RowAction.CHANGE
    return Outcome(action, bool(posted) or moves, as_json(was), as_json(becomes))


def _differs(row: StaffRow, known: Known, name: str) -> bool:
    said = getattr(row, name)
    return said is not None and said != (getattr(known, name) or "")


def _person_changes(row: StaffRow, known: Known) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in PERSON_FIELDS if row[_AT[name]] and _differs(row, known, name)]
    if row.name_key == known.name_key and "name" in changed:
        changed.remove("name")  # another spelling of one name: the register keeps its own
    was = {name: getattr(known, name) or "" for name in changed}
    becomes = {name: getattr(row, name) for name in changed}
    if row.number and row.number != known.number:
        was["number"], becomes["number"] = known.number, row.number
    return was, becomes


def _leaving(row: StaffRow, known: Known, effective_on: str) -> Outcome:
    if known.posting_id is None:
        return Outcome(RowAction.SAME)
    was = {"left_on": None, "standing": known.standing or ""}
    becomes = {"left_on": effective_on, "standing": row.standing or ""}
    return Outcome(RowAction.CLOSE, False, as_json(was), as_json(becomes))


def _returning(
    row: StaffRow,
    unit: str | None,
    was: dict[str, Any],
    becomes: dict[str, Any],
    known: Known,
) -> Outcome:
    if unit is None:
        return Outcome(RowAction.BAD)
    was["left_on"], becomes["left_on"] = known.left_on, None
    becomes["unit"] = _dashed(unit)
    becomes |= {name: getattr(row, name) for name in POSTING_FIELDS if getattr(row, name)}
    return Outcome(RowAction.REOPEN, True, as_json(was), as_json(becomes))


def _dashed(key: str | None) -> str:
    return str(UUID(key)) if key else ""


_AT = {name: at for at, name in enumerate(StaffRow._fields)}
