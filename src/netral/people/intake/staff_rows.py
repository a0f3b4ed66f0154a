"""One row about a person: kept fields normalised, checked fields compared and dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from netral.people.folding import matching_key
from netral.people.intake import numbers, values
from netral.people.intake.cells import is_total
from netral.people.intake.headers import Header
from netral.people.intake.problems import OBSTACLE, SEVERITY
from netral.people.intake.staff_cells import LONGEST, StaffCells

ASN = frozenset({"pns", "cpns", "pppk", "pppk_part_time"})
FIELDS = (
    "number",
    "local_id",
    "name",
    "front_title",
    "back_title",
    "status_cpns_pns",
    "status",
    "kind",
    "standing",
    "grade",
    "position_kind",
    "position",
    "echelon",
    "unit_ref",
    "unit_name",
    "unit_top",
    "email",
    "email_other",
    "phone",
    "start",
    "start_pppk",
    "joined",
    "birth",
    "gender",
)
"""Every field a staff sheet can have, in the order in which a row is taken apart."""
_KEPT = FIELDS.index("birth")
OF_NETRAL = "menurutnetral"
"""How the folded headers of the columns end that Netral added to the office's own rows."""
_UNIT = slice(FIELDS.index("unit_ref"), FIELDS.index("unit_top") + 1)
_MOST_OF_AN_EMPTY_ROW = 2
"""Rows that are numbered beforehand, perhaps with a mark beside, say nothing."""
MOST_REMEMBERED = 100_000
"""Distinct cells whose meaning is remembered, so that a large file cannot fill the memory."""
_Result = TypeVar("_Result")


class StaffRow(NamedTuple):
    """What one row says. ``None`` is "not said", so that a missing column changes nothing."""

    sheet: str
    line: int
    number: str
    local_id: str
    name: str
    name_key: str
    front_title: str | None
    back_title: str | None
    email: str | None
    phone: str | None
    joined_on: str | None
    status: str | None
    position_level: str | None
    position: str | None
    grade: str | None
    standing: str | None
    leaves: int
    unit: int
    """Index into the units of the file; -1 when the row names none."""
    is_bad: int


@dataclass
class UnitsOfFile:
    """Every distinct unit that rows refer to: (UNOR id, name, name of the unit above)."""

    index: dict[tuple[str, str, str], int] = field(default_factory=dict)
    fresh: list[tuple[int, str, str, str, str, int]] = field(default_factory=list)
    """New since the last look: index, UNOR id, name, name above, sheet, line."""

    def number_of(self, ref: str, name: str, top: str, sheet: str, line: int) -> int:
        key = (ref, name, top)
        known = self.index.get(key)
        if known is None:
            known = self.index[key] = len(self.index)
            self.fresh.append((known, ref, name, top, sheet, line))
        return known


class StaffReader(StaffCells):
    """Reads the rows of one sheet. Findings gather in ``problems``."""

    def __init__(
        self, sheet: str, header: Header, units: UnitsOfFile, *, province: bool, today: date
    ) -> None:
        super().__init__(sheet, header, province=province, today=today)
        self.units = units
        self.section = ""
        """A heading inside the table that names the unit of the rows below it."""
        self.note: tuple[int, str] | None = None
        """A lone text among the rows: (line, folded text), until the row below explains it."""
        at = self.positions
        self.width = max(at.values(), default=0) + 1
        self.has_unit_column = bool({"unit_ref", "unit_name", "unit_top"} & set(at))
        self.of_netral = {c.position for c in header.columns if c.key.endswith(OF_NETRAL)}
        self.has_back_title = "back_title" in at
        self.has_front_title = "front_title" in at
        self.take = itemgetter(*(at.get(name, -1) for name in FIELDS))
        self.known: dict[tuple[str, tuple[Any, ...]], Any] = {}
        """What cells that came before were found to mean."""

    def read(self, line: int, cells: Sequence[Any]) -> StaffRow | None:
        """The row, or ``None`` for one that is empty, a heading or a note."""
        row = [*cells, *[None] * (self.width - len(cells)), None]
        raw = self.take(row)
        if not self._is_data(line, row, raw):
            return None
        if self.note:
            self.report_note(*raw[_UNIT])
        found = len(self.problems)
        number, local_id = self.identity(line, raw[0], raw[1])
        is_broken = len(self.problems) > found
        titles = self._once(self.titles, line, raw[3:5])
        name, front, back = self.name(line, self.text(line, "name", raw[2]), *titles)
        form = "broken" if is_broken else _form_of(number)
        status, grade, standing, leaves = self._once(self.rank, line, (*raw[5:10], form))
        if number and status in ASN and (status in {"pns", "cpns"}) != (form == "pns"):
            self.found(line, "number", number, "status_number_disagree", status=status)
        if not number and not local_id and status in ASN:
            self.found(line, "number", "", "number_needed")
        level, position = self._once(self.post, line, raw[10:13])
        joined = self._dates(line, number, raw)
        names_somebody = bool(name or number or local_id)  # else its unit is not to be made
        return StaffRow(
            self.sheet,
            line,
            number,
            local_id,
            name,
            matching_key(name),
            front or None,
            back or None,
            self.email(line, raw[16], raw[17]),
            self.phone(line, raw[18]),
            joined or None,
            status,
            level,
            position,
            grade,
            standing,
            leaves,
            self._once(self._unit, line, (*raw[_UNIT], self.section)) if names_somebody else -1,
            int(self._has_obstacle(found)),
        )

    def _once(
        self, work: Callable[[int, tuple[Any, ...]], _Result], line: int, cells: tuple[Any, ...]
    ) -> _Result:
        """What ``work`` makes of these cells, remembered: registers repeat themselves.

        Cells about which there is something to say are worked out again for each row.
        """
        key = (work.__name__, cells)
        if key in self.known:
            return cast("_Result", self.known[key])
        found = len(self.problems)
        result = work(line, cells)
        if len(self.problems) == found and len(self.known) < MOST_REMEMBERED:
            self.known[key] = result
        return result

    def report_note(self, *units: Any) -> None:
        """Says that a lone text was passed over, unless it is a heading with one of ``units``."""
        if self.note and self.note[1] not in {matching_key(str(unit)) for unit in units if unit}:
            self.found(self.note[0], "", "", "row_outside_table")
        self.note = None

    def _has_obstacle(self, found: int) -> bool:
        if len(self.problems) == found:
            return False
        return any(SEVERITY[problem.code] == OBSTACLE for problem in self.problems[found:])

    def _is_data(self, line: int, row: list[Any], raw: Sequence[Any]) -> bool:
        """A row counts when it says anything of a person; none that says something is lost.

        A lone text outside the columns that are kept is a heading or a note.
        """
        if raw[2] and isinstance(raw[0], str) and len(raw[0]) >= numbers.LENGTH:
            return True
        filled = [
            cell
            for at, cell in enumerate(row)
            if cell not in (None, "") and at not in self.of_netral
        ]
        if not filled:
            return False
        if is_total(filled):
            self.found(line, "", "", "row_is_total")
            return False
        says_something = any(cell not in (None, "") for cell in raw[:_KEPT])
        is_lone_text = len(filled) == 1 and isinstance(filled[0], str)
        if is_lone_text and self.width > 1 and all(cell in (None, "") for cell in raw[_UNIT]):
            self._take_as_section(line, filled[0])
            return False
        return says_something or len(filled) > _MOST_OF_AN_EMPTY_ROW

    def _take_as_section(self, line: int, text: str) -> None:
        """It names the unit of the rows below, where no column does; otherwise it is a note."""
        if self.has_unit_column:
            self.report_note()
            self.note = line, matching_key(text)
        else:
            self.section = " ".join(text.split())[: LONGEST["unit_name"]]

    def _dates(self, line: int, number: str, raw: tuple[Any, ...]) -> str:
        """The day somebody joined; compares the number with birth, start and sex on the way."""
        start, start_pppk, joined = self._once(self.starts, line, raw[19:22])
        if number:
            birth = self.date(line, "birth", raw[22])
            gender = values.read_gender(str(raw[23])) if raw[23] not in (None, "") else ""
            first = (start_pppk or start) if numbers.is_pppk(number) else start
            for code, name in numbers.check_number(
                number, birth=birth, start=first, gender=gender, today=self.today
            ):
                shown = number if name == "number" else first if name == "start" else ""
                self.found(line, name, shown, code)
        return start or start_pppk or joined

    def _unit(self, line: int, cells: tuple[Any, ...]) -> int:
        names = ("unit_ref", "unit_name", "unit_top")
        ref, name, top = (
            self.text(line, field, cell) for field, cell in zip(names, cells[:3], strict=True)
        )
        if not (ref or name or top):
            if not self.section:
                return -1
            name = self.section
        if name and matching_key(top) == matching_key(name):
            top = ""
        return self.units.number_of(ref, name, top, self.sheet, line)


def _form_of(number: str) -> str:
    """What the number itself says: ``pns``, ``pppk``, ``""`` for none."""
    if not number:
        return ""
    return "pppk" if numbers.is_pppk(number) else "pns"
