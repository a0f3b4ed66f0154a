"""Dates as offices write them, folded to ``YYYY-MM-DD``."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "pebruari", "feb", "peb", "february"),
            ("maret", "mar", "mrt", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("agustus", "agt", "agu", "ags", "agust", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "oct", "october"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "des", "dec", "december"),
        ),
        start=1,
    )
    for name in names
}

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,2})")
_NAMED = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([a-z]+)\.?\s*[-/. ,]?\s*(\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_TIME = re.compile(r"[T ]\s*\d{1,2}[:.]\d\d.*$")
_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 7_000, 80_000
"""1919 to 2119: a smaller or larger number in a date column is not an Excel day."""
_NOTHING = {"", "-", "--", "0", "null", "none", "n/a", "0000-00-00", "00-00-0000", "00/00/0000"}


def read_date(cell: Any) -> str | None:
    """``YYYY-MM-DD``; ``""`` for an empty cell; ``None`` when it cannot be read.

    Day before month, as Indonesian offices write: ``01-02-1985`` is the first of February. When
    that is impossible (``12/31/1985``) it is not turned round but refused: a guess could be wrong
    silently in all the other rows.
    """
    if isinstance(cell, str):
        return _read_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _read_number(cell)
    return "" if cell is None else None


def _read_text(text: str) -> str | None:
    if _ISO.fullmatch(text):
        return _checked(text[:4], text[5:7], text[8:])
    text = text.strip().strip("'\u2019").strip().casefold()
    if text in _NOTHING:
        return ""
    text = _TIME.sub("", text)
    if found := _DAY_FIRST.fullmatch(text):
        return _checked(found[3], found[2], found[1])
    if found := _YEAR_FIRST.fullmatch(text):
        return _checked(found[1], found[2], found[3])
    if found := _NAMED.fullmatch(text):
        month = MONTHS.get(found[2])
        return _checked(found[3], month, found[1]) if month else None
    if found := _COMPACT.fullmatch(text):
        return _checked(found[1], found[2], found[3])
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return _read_number(float(text))
    return None


def _read_number(number: float) -> str | None:
    if not math.isfinite(number):
        return None
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return (_EXCEL_EPOCH + timedelta(days=int(number))).isoformat()
    if number == int(number) and 19_000_101 <= number <= 21_001_231:
        return _read_text(str(int(number)))
    return None if number else ""


def _checked(year: str, month: str | int, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
