"""XLSX: its sheets, the cells that merging hides, and the raw digits that a number loses."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from xml.etree import ElementTree

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from netral.people.intake.problems import Unreadable

MOST_COLUMNS = 1_000
_SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_VALUE = re.compile(rb"<v\b[^>]*>([^<]*)</v>")


@dataclass
class Sheet:
    """One visible sheet. Rows are lists as long as the widest row; line 1 is ``rows[0]``."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    """(first row, first column), (last row, last column), counted from 0."""
    raw: RawCells


def read_sheets(path: Path) -> Iterator[Sheet]:
    """The visible worksheets with at least one cell, in the order of the workbook."""
    with _opened(path) as book:
        part_of = _sheet_parts(path)
        for about in book.sheets_metadata:
            is_shown = about.visible is SheetVisibleEnum.Visible
            if about.typ is SheetTypeEnum.WorkSheet and is_shown:
                sheet = _sheet(book, about.name)
                if sheet.total_height == 0 or sheet.end is None:
                    continue
                if sheet.total_width > MOST_COLUMNS:
                    raise Unreadable("too_many_columns", columns=sheet.total_width)
                yield Sheet(
                    about.name,
                    sheet.to_python(skip_empty_area=False),
                    sheet.merged_cell_ranges or [],
                    RawCells(path, part_of.get(about.name, "")),
                )


def _opened(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        _damaged(error)


def _sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    try:
        return book.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        _damaged(error)


def _damaged(error: Exception) -> NoReturn:
    raise Unreadable("damaged") from error


def _sheet_parts(path: Path) -> dict[str, str]:
    """Name of a sheet → the file inside the archive that holds it."""
    try:
        with zipfile.ZipFile(path) as archive:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
            relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile, OSError):
        return {}
    target = {item.get("Id"): item.get("Target", "") for item in relations}
    parts = {}
    for sheet in book.iter(f"{_SPREADSHEET}sheet"):
        place = target.get(sheet.get(_RELATION), "")
        parts[sheet.get("name", "")] = place.lstrip("/") if place[:1] == "/" else f"xl/{place}"
    return parts


class RawCells:
    """Looks into the XML of one sheet for what the reader of values cannot tell.

    Only asked when something is odd, because it unpacks the sheet a second time.
    """

    def __init__(self, path: Path, part: str) -> None:
        self.path = path
        self.part = part

    def digits(self, column: int) -> dict[int, str]:
        """Line → the number as the file spells it, for the numeric cells of one column.

        A program that writes ``198501012010011001`` as a number keeps all 18 digits in the file,
        although every spreadsheet shows only 15 of them.
        """
        letters = column_letters(column)
        return {
            line: value
            for at, line, _attributes, value, _formula in self._cells()
            if at == letters and value
        }

    def without_value(self) -> set[tuple[int, int]]:
        """(line, column from 0) of formulas that were never calculated and of error cells."""
        return {
            (line, column_number(at))
            for at, line, attributes, value, is_formula in self._cells()
            if b't="e"' in attributes or (is_formula and not value)
        }

    def _cells(self) -> Iterator[tuple[str, int, bytes, str, bool]]:
        if not self.part:
            return
        try:
            with zipfile.ZipFile(self.path) as archive:
                text = archive.read(self.part)
        except (KeyError, zipfile.BadZipFile, OSError):
            return
        for cell in _CELL.finditer(text):
            inside = cell[4] or b""
            found = _VALUE.search(inside)
            value = found[1].decode("utf-8", "replace") if found else ""
            yield cell[1].decode(), int(cell[2]), cell[3], value, b"<f" in inside


def column_letters(position: int) -> str:
    """``0`` → ``A``, ``26`` → ``AA``."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
