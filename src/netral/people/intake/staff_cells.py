"""What the cells of a staff row mean: number, name, rank, post, days and contacts."""

from __future__ import annotations

from datetime import date
from typing import Any

from netral.people.folding import clean_local_id
from netral.people.intake import numbers, values
from netral.people.intake.cells import FormulaFound, read_email, read_phone, text_of
from netral.people.intake.dates import read_date
from netral.people.intake.headers import Header
from netral.people.intake.problems import Problem

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
NEVER_SHOWN = frozenset({"birth", "gender"})


class StaffCells:
    """Reads the cells of one sheet, a few that belong together at a time.

    Findings gather in ``problems``. Birth date and sex are compared here and go no further.
    """

    def __init__(self, sheet: str, header: Header, *, province: bool, today: date) -> None:
        self.sheet = sheet
        self.province = province
        self.today = today
        self.problems: list[Problem] = []
        self.headers = {column.field: column.header for column in header.columns if column.field}
        self.positions = header.position_of()
        self.date_of: dict[Any, str | None] = {}

    def found(self, line: int, name: str, value: str, code: str, **details: str | int) -> None:
        shown = "" if name in NEVER_SHOWN else value[:200]
        column = self.headers.get(name, "")
        self.problems.append(Problem(self.sheet, line, column, shown, code, details))

    def text(self, line: int, name: str, cell: Any) -> str:
        try:
            text = text_of(cell)
        except FormulaFound:
            is_needed = name in {"name", "unit_name", "unit_ref", "unit_top"}
            code = "formula_text" if is_needed else "formula_ignored"
            self.found(line, name, str(cell), code)
            return ""
        if len(text) > 40 and len(text) > LONGEST.get(name, 300):
            self.found(line, name, text, "too_long", longest=LONGEST.get(name, 300))
            text = text[: LONGEST.get(name, 300)].strip()
        return "" if text in {"-", "--"} else text

    def identity(self, line: int, number_cell: Any, local_cell: Any) -> tuple[str, str]:
        number, code = numbers.read_number(number_cell)
        if code == "number_not_digits" and clean_local_id(str(number_cell)):
            # Netral's own lists show either in one column, so an office's list does too.
            local_cell, code = local_cell or number_cell, ""
        if code:
            self.found(line, "number", numbers.shape_of(str(number_cell)), code)
        if local_cell in (None, ""):
            return number, ""
        local_id = clean_local_id(str(local_cell))
        if not local_id:
            self.found(line, "local_id", str(local_cell), "local_id_malformed")
        return number, local_id

    def name(self, line: int, name: str, front: str, back: str) -> tuple[str, str, str]:
        if "," in name or "." in name:
            split_front, name, split_back = values.split_titles(name)
            front, back = front or split_front, back or split_back
        if not name and ("name" in self.positions):
            self.found(line, "name", "", "name_missing")
        return name, front, back

    def titles(self, line: int, cells: tuple[Any, ...]) -> tuple[str, str]:
        front, back = cells
        return self.text(line, "front_title", front), self.text(line, "back_title", back)

    def rank(
        self, line: int, cells: tuple[Any, ...]
    ) -> tuple[str | None, str | None, str | None, int]:
        """(status, grade, standing, whether that standing means leaving)."""
        names = ("status_cpns_pns", "status", "kind", "standing", "grade")
        texts = [self.text(line, name, cell) for name, cell in zip(names, cells[:5], strict=True)]
        (cpns, said, kind, standing, grade_text), form = texts, cells[5]
        leaves = int(bool(standing) and values.leaves(standing))
        if form == "broken":  # a broken number says nothing about status and grade
            return None, None, standing or None, leaves
        status = self._work_out_status((cpns, said, kind, standing), form)
        if status == values.UNKNOWN:
            self.found(line, "status", said or kind, "status_unknown")
            status = form or None
        grade = self._grade(line, grade_text, status)
        return status, grade or None, standing or None, leaves

    def post(self, line: int, cells: tuple[Any, ...]) -> tuple[str | None, str | None]:
        """(level of the position, its name)."""
        names = ("position_kind", "position", "echelon")
        kind, position, echelon = (
            self.text(line, name, cell) for name, cell in zip(names, cells, strict=True)
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
            self.found(line, "grade", text, code)
        return grade

    def _level(self, line: int, echelon: str, kind: str, position: str) -> str:
        level = values.read_level(echelon, kind, position, province=self.province)
        if level == values.UNKNOWN:
            self.found(line, "position_kind", kind, "level_unknown")
            return "other"
        return level

    def date(self, line: int, name: str, cell: Any) -> str:
        if cell is None or cell == "":
            return ""
        if cell not in self.date_of:
            self.date_of[cell] = read_date(cell)
        day = self.date_of[cell]
        if day is None:
            self.found(line, name, str(cell), "date_unreadable")
            return ""
        if not "1930" <= day[:4] <= str(self.today.year + 1):
            self.found(line, name, str(cell), "date_unlikely")
            return ""
        return day

    def starts(self, line: int, cells: tuple[Any, ...]) -> tuple[str, str, str]:
        start, start_pppk, joined = cells
        return (
            self.date(line, "start", start),
            self.date(line, "start_pppk", start_pppk),
            self.date(line, "joined", joined),
        )

    def email(self, line: int, official: Any, other: Any) -> str | None:
        cell = official if official not in (None, "") else other
        if cell in (None, ""):
            return None
        email = read_email(str(cell).strip())
        if email is None:
            name = "email" if cell is official else "email_other"
            self.found(line, name, numbers.shape_of(str(cell)), "email_malformed")
        return email or None

    def phone(self, line: int, cell: Any) -> str | None:
        if cell in (None, ""):
            return None
        phone = read_phone(str(int(cell)) if isinstance(cell, float) else str(cell).strip())
        if phone is None:
            self.found(line, "phone", numbers.shape_of(str(cell)), "phone_malformed")
        return phone or None
