"""One row of a unit tree: the UNOR export of SIASN, or a plain list of perangkat daerah."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from netral.people.intake.cells import FormulaFound, is_total, text_of
from netral.people.intake.headers import Header
from netral.people.intake.problems import Problem
from netral.people.intake.staff_cells import LONGEST

_DEPTH = re.compile(r"^[-\u2013\u2014\s>.]*")


class UnitRow(NamedTuple):
    """A unit as one row names it, with what the row says about the unit above."""

    sheet: str
    line: int
    ref: str
    name: str
    parent_ref: str
    parent_name: str
    dashes: int
    """Depth by the dashes before the name, two per level; 0 when there are none."""


class UnitReader:
    """Reads the rows of one sheet of units. Findings gather in ``problems``."""

    def __init__(self, sheet: str, header: Header) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.at = header.position_of()
        self.headers = {column.field: column.header for column in header.columns if column.field}

    def read(self, line: int, cells: Sequence[Any]) -> UnitRow | None:
        """The unit, or ``None`` for an empty row or one that is out of order."""
        filled = [cell for cell in cells if cell not in (None, "")]
        if not filled:
            return None
        if is_total(filled):
            self._found(line, "", "", "row_is_total")
            return None
        name = self._text(line, cells, "unit_name")
        ref = self._text(line, cells, "unit_ref")
        dashes = _DEPTH.match(name)
        depth = dashes.group().count("-") // 2 if dashes else 0
        name = _DEPTH.sub("", name)
        if not name:
            if ref:
                self._found(line, "unit_name", "", "unit_without_name")
            return None
        parent_ref = self._text(line, cells, "parent_ref")
        parent_name = _DEPTH.sub("", self._text(line, cells, "parent_name"))
        return UnitRow(self.sheet, line, ref, name, parent_ref, parent_name, depth)

    def _text(self, line: int, cells: Sequence[Any], field: str) -> str:
        position = self.at.get(field)
        if position is None or position >= len(cells):
            return ""
        try:
            text = text_of(cells[position])
        except FormulaFound:
            self._found(line, field, str(cells[position]), "formula_text")
            return ""
        longest = LONGEST.get(field, LONGEST["unit_ref"])
        if len(text) > longest:
            self._found(line, field, text, "too_long", longest=longest)
        return text[:longest]

    def _found(self, line: int, field: str, value: str, code: str, **details: str | int) -> None:
        column = self.headers.get(field, "")
        self.problems.append(Problem(self.sheet, line, column, value[:200], code, details))
