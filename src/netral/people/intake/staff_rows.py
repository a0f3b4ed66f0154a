"""One row about a person: kept fields normalised, checked fields compared and dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from netral.people.folding import clean_local_id, matching_key
from netral.people.intake import numbers, values
from netral.people.intake.cells import FormulaFound, read_email, read_phone, text_of
from netral.people.intake.dates import read_date
from netral.people.intake.headers import Header
from netral.people.intake.problems import OBSTACLE, SEVERITY, Problem

ASN = frozenset({"pns", "cpns", "pppk", "pppk_part_time"})
LONGEST = {
    "name": 200,
    "front_title": 60,
    "back_title": 100,
    "position": 300,
    "standing": 100,
    "unit_name": 300,
    "unit_top": 300,
    "unit_ref": 64,
}
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
_NEVER_SHOWN = frozenset({"birth", "gender"})
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


class StaffReader:
    """Reads the rows of one sheet. Findings gather in ``problems``."""

    def __init__(
        self, sheet: str, header: Header, units: UnitsOfFile, *, province: bool, today: date
    ) -> None:
        self.sheet = sheet
        self.units = units
        self.province = province
        self.today = today
        self.problems: list[Problem] = []
        self.section = ""
        """A heading inside the table that names the unit of the rows below it."""
        at = header.position_of()
        self.width = max(at.values(), default=0) + 1
        self.has_unit_column = bool({"unit_ref", "unit_name", "unit_top"} & set(at))
        self.has_back_title = "back_title" in at
        self.has_front_title = "front_title" in at
        self.headers = {column.field: column.header for column in header.columns if column.field}
        self.positions = at
        self.take = itemgetter(*(at.get(name, -1) for name in FIELDS))
        self.known: dict[tuple[str, tuple[Any, ...]], Any] = {}
        """What cells that came before were found to mean."""
        self.date_of: dict[Any, str | None] = {}

    def read(self, line: int, cells: Sequence[Any]) -> StaffRow | None:
        """The row, or ``None`` for one that is empty, a heading or a note."""
        row = [*cells, *[None] * (self.width - len(cells)), None]
        raw = self.take(row)
        if not self._is_data(row, raw):
            return None
        found = len(self.problems)
        number, local_id = self._identity(line, raw[0], raw[1])
        is_broken = len(self.problems) > found
        titles = self._once(self._titles, line, raw[3:5])
        name, front, back = self._name(line, self._text(line, "name", raw[2]), *titles)
        form = "broken" if is_broken else _form_of(number)
        status, grade, standing, leaves = self._once(self._rank, line, (*raw[5:10], form))
        if number and status in ASN and (status in {"pns", "cpns"}) != (form == "pns"):
            self._found(line, "number", number, "status_number_disagree", status=status)
        if not number and not local_id and status in ASN:
            self._found(line, "number", "", "number_needed")
        level, position = self._once(self._post, line, raw[10:13])
        joined = self._dates(line, number, raw)
        return StaffRow(
            self.sheet,
            line,
            number,
            local_id,
            name,
            matching_key(name),
            front or None,
            back or None,
            self._email(line, raw[16], raw[17]),
            self._phone(line, raw[18]),
            joined or None,
            status,
            level,
            position,
            grade,
            standing,
            leaves,
            self._once(self._unit, line, (*raw[13:16], self.section)),
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

    def _has_obstacle(self, found: int) -> bool:
        if len(self.problems) == found:
            return False
        return any(SEVERITY[problem.code] == OBSTACLE for problem in self.problems[found:])

    def _is_data(self, row: list[Any], raw: Sequence[Any]) -> bool:
        """A row counts when it names somebody; a lone text elsewhere is a heading or a note."""
        if raw[0] and raw[2]:
            return True
        filled = [cell for cell in row if cell not in (None, "")]
        names_somebody = any(cell not in (None, "") for cell in raw[:3])
        is_list_of_names = names_somebody and self.width == 1
        if len(filled) == 1 and isinstance(filled[0], str) and not is_list_of_names:
            return self._take_as_section(filled[0])
        return names_somebody or sum(cell not in (None, "") for cell in raw[:20]) >= 3

    def _take_as_section(self, text: str) -> bool:
        if not self.has_unit_column:
            self.section = " ".join(text.split())[: LONGEST["unit_name"]]
        return False

    def _found(self, line: int, name: str, value: str, code: str, **details: str | int) -> None:
        shown = "" if name in _NEVER_SHOWN else value[:200]
        column = self.headers.get(name, "")
        self.problems.append(Problem(self.sheet, line, column, shown, code, details))

    def _text(self, line: int, name: str, cell: Any) -> str:
        try:
            text = text_of(cell)
        except FormulaFound:
            is_needed = name in {"name", "unit_name", "unit_ref", "unit_top"}
            code = "formula_text" if is_needed else "formula_ignored"
            self._found(line, name, str(cell), code)
            return ""
        if len(text) > 40 and len(text) > LONGEST.get(name, 300):
            self._found(line, name, text, "too_long", longest=LONGEST.get(name, 300))
            text = text[: LONGEST.get(name, 300)].strip()
        return "" if text in {"-", "--"} else text

    def _identity(self, line: int, number_cell: Any, local_cell: Any) -> tuple[str, str]:
        number, code = numbers.read_number(number_cell)
        if code:
            self._found(line, "number", numbers.shape_of(str(number_cell)), code)
        if local_cell in (None, ""):
            return number, ""
        local_id = clean_local_id(str(local_cell))
        if not local_id:
            self._found(line, "local_id", str(local_cell), "local_id_malformed")
        return number, local_id

    def _name(self, line: int, name: str, front: str, back: str) -> tuple[str, str, str]:
        if "," in name or "." in name:
            split_front, name, split_back = values.split_titles(name)
            front, back = front or split_front, back or split_back
        if not name and ("name" in self.positions):
            self._found(line, "name", "", "name_missing")
        return name, front, back

    def _titles(self, line: int, cells: tuple[Any, ...]) -> tuple[str, str]:
        front, back = cells
        return self._text(line, "front_title", front), self._text(line, "back_title", back)

    def _rank(
        self, line: int, cells: tuple[Any, ...]
    ) -> tuple[str | None, str | None, str | None, int]:
        """(status, grade, standing, whether that standing means leaving)."""
        names = ("status_cpns_pns", "status", "kind", "standing", "grade")
        texts = [self._text(line, name, cell) for name, cell in zip(names, cells[:5], strict=True)]
        (cpns, said, kind, standing, grade_text), form = texts, cells[5]
        leaves = int(bool(standing) and values.leaves(standing))
        if form == "broken":  # a broken number says nothing about status and grade
            return None, None, standing or None, leaves
        status = self._work_out_status((cpns, said, kind, standing), form)
        if status == values.UNKNOWN:
            self._found(line, "status", said or kind, "status_unknown")
            status = form or None
        grade = self._grade(line, grade_text, status)
        return status, grade or None, standing or None, leaves

    def _post(self, line: int, cells: tuple[Any, ...]) -> tuple[str | None, str | None]:
        """(level of the position, its name)."""
        names = ("position_kind", "position", "echelon")
        kind, position, echelon = (
            self._text(line, name, cell) for name, cell in zip(names, cells, strict=True)
        )
        return self._level(line, echelon, kind, position) or None, position or None

    def _work_out_status(self, texts: tuple[str, str, str, str], form: str) -> str | None:
        cpns, status, kind, standing = texts
        said = {values.read_status(text) for text in (cpns, status, kind)}
        said |= {values.read_status(standing)} & {"pppk", "pppk_part_time", "cpns"}
        for meaning in ("pppk_part_time", "pppk", "non_asn", "cpns", "pns"):
            if meaning in said:
                return meaning
        if values.UNKNOWN in said:
            return values.UNKNOWN
        says_anything = {"status", "status_cpns_pns", "kind"} & set(self.positions)
        if form or says_anything:
            return form or None
        return "non_asn"  # a list without any number and any status is a list of non-ASN staff

    def _grade(self, line: int, text: str, status: str | None) -> str:
        if not text:
            return ""
        grade, code = values.read_grade(text, status or "")
        if code:
            self._found(line, "grade", text, code)
        return grade

    def _level(self, line: int, echelon: str, kind: str, position: str) -> str:
        level = values.read_level(echelon, kind, position, province=self.province)
        if level == values.UNKNOWN:
            self._found(line, "position_kind", kind, "level_unknown")
            return "other"
        return level

    def _date(self, line: int, name: str, cell: Any) -> str:
        if cell is None or cell == "":
            return ""
        if cell not in self.date_of:
            self.date_of[cell] = read_date(cell)
        day = self.date_of[cell]
        if day is None:
            self._found(line, name, str(cell), "date_unreadable")
            return ""
        if not "1930" <= day[:4] <= str(self.today.year + 1):
            self._found(line, name, str(cell), "date_unlikely")
            return ""
        return day

    def _dates(self, line: int, number: str, raw: tuple[Any, ...]) -> str:
        """The day somebody joined; compares the number with birth, start and sex on the way."""
        start, start_pppk, joined = self._once(self._starts, line, raw[19:22])
        if number:
            birth = self._date(line, "birth", raw[22])
            gender = values.read_gender(str(raw[23])) if raw[23] not in (None, "") else ""
            first = (start_pppk or start) if numbers.is_pppk(number) else start
            for code, name in numbers.check_number(
                number, birth=birth, start=first, gender=gender, today=self.today
            ):
                shown = number if name == "number" else first if name == "start" else ""
                self._found(line, name, shown, code)
        return start or start_pppk or joined

    def _starts(self, line: int, cells: tuple[Any, ...]) -> tuple[str, str, str]:
        start, start_pppk, joined = cells
        return (
            self._date(line, "start", start),
            self._date(line, "start_pppk", start_pppk),
            self._date(line, "joined", joined),
        )

    def _email(self, line: int, official: Any, other: Any) -> str | None:
        cell = official if official not in (None, "") else other
        if cell in (None, ""):
            return None
        email = read_email(str(cell).strip())
        if email is None:
            name = "email" if cell is official else "email_other"
            self._found(line, name, numbers.shape_of(str(cell)), "email_malformed")
        return email or None

    def _phone(self, line: int, cell: Any) -> str | None:
        if cell in (None, ""):
            return None
        phone = read_phone(str(int(cell)) if isinstance(cell, float) else str(cell).strip())
        if phone is None:
            self._found(line, "phone", numbers.shape_of(str(cell)), "phone_malformed")
        return phone or None

    def _unit(self, line: int, cells: tuple[Any, ...]) -> int:
        names = ("unit_ref", "unit_name", "unit_top")
        ref, name, top = (
            self._text(line, field, cell) for field, cell in zip(names, cells[:3], strict=True)
        )
        if not (ref or name or top):
            if not self.section:
                return -1
            name = self.section
        if not name and top:
            name, top = top, ""
        if matching_key(top) == matching_key(name):
            top = ""
        return self.units.number_of(ref, name, top, self.sheet, line)


def _form_of(number: str) -> str:
    """What the number itself says: ``pns``, ``pppk``, ``""`` for none."""
    if not number:
        return ""
    return "pppk" if numbers.is_pppk(number) else "pns"
