"""One cell to one tidy text, whatever the spreadsheet made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#n/a!"})
_QUOTED = re.compile(r'=\s*"(.*)"\s*')
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b\ufeff]")
_TOTAL = re.compile(r"(sub|grand)?\s*-?\s*(jumlah|total)\b", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[a-z]{2,}")
_PHONE_JUNK = dict.fromkeys(map(ord, " -().'\u2019/\u00a0"))


class FormulaFound(ValueError):
    """The cell holds a formula, or the error that one left, instead of a value."""


def text_of(cell: Any) -> str:
    """The text of a cell, tidy. Raises :class:`FormulaFound`."""
    if isinstance(cell, str):
        if not cell:
            return ""
        if cell[0] in "=#'\u2019" or not cell.isprintable() or cell[-1] == " " or "  " in cell:
            return _odd_text(cell)
        return cell if cell[0] != " " else cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()[:10]
    return str(cell)


def _odd_text(cell: str) -> str:
    text = " ".join(_CONTROL.sub(" ", cell).split()).lstrip("'\u2019").strip()
    if text.startswith("="):
        quoted = _QUOTED.fullmatch(text)
        if not quoted:
            raise FormulaFound
        return quoted[1].strip()
    if text.casefold() in ERRORS:
        raise FormulaFound
    return text


def is_total(filled: Sequence[Any]) -> bool:
    """Whether the cells of a row that are not empty are a sum under a table, and nobody's row."""
    first = next((cell for cell in filled if isinstance(cell, str)), "").strip()
    return bool(_TOTAL.match(first))


def read_email(text: str) -> str | None:
    """Lower case; ``""`` for none; ``None`` when it cannot be an address."""
    lower = text.casefold()
    if lower in {"", "-", "--", "null", "none"}:
        return ""
    return lower if len(lower) <= 254 and _EMAIL.fullmatch(lower) else None


def read_phone(text: str) -> str | None:
    """Digits with at most a leading plus; ``""`` for none; ``None`` when it cannot be one."""
    digits = text.translate(_PHONE_JUNK)
    if digits.casefold() in {"", "0", "null", "none"}:
        return ""
    plain = digits.removeprefix("+")
    if not plain.isascii() or not plain.isdigit() or not 8 <= len(plain) <= 15:
        return None
    return f"0{plain}" if plain[0] == "8" else digits  # a spreadsheet ate the leading zero
