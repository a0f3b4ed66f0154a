"""Staff numbers: NIP of PNS and NI PPPK, cleaned and compared with the rest of the row.

Structure: Perka BKN 22/2007 and 43/2007. NIP: birth date (8), month of appointment as CPNS (6),
sex (1), sequence (3). NI PPPK: birth date (8), year of first appointment (4), frequency (2, usually
21), sex (1), sequence (3). BKN treats an inconsistent number as a matter of data quality
(indicators CON_1 to CON_4), not as an invalid number; so these are warnings here, never refusals.
"""

from __future__ import annotations

from datetime import date

LENGTH = 18
ROUNDED = "000"
"""How a number ends that Excel once held as a number: it keeps fifteen digits. Sequences begin
at 001."""
NIK_LENGTH = 16
_JUNK = dict.fromkeys(map(ord, " '\u2019\u2018`\u00b4\u00a0\u200b\ufeff\t\r\n.-_/=\""))
_NOTHING = {"", "0", "null", "none", "nan", "n/a", "na", "tidakada", "belumada", "x"}

Finding = tuple[str, str]
"""(problem code, field whose column it points at)."""


def read_number(cell: object) -> tuple[str, str]:
    """``(number, "")`` or ``("", problem code)``; ``("", "")`` for an empty cell.

    Takes text with spaces, dots, a leading quote or ``="…"``. A spreadsheet number has lost the
    digits after the fifteenth, so it is never guessed at; :mod:`rawcells` first looks whether the
    file itself still has all of them.
    """
    if isinstance(cell, str):
        if len(cell) == LENGTH and cell.isascii() and cell.isdigit():
            return (cell, "") if cell[15:] != ROUNDED else ("", "number_lost_digits")
        return _read_text(cell)
    if cell is None:
        return "", ""
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return "", "number_not_digits"
    if not cell:
        return "", ""
    digits = len(str(int(cell))) if abs(cell) < 1e25 else 0
    if digits == NIK_LENGTH:
        return "", "number_is_nik"
    return "", "number_lost_digits" if digits > 15 else "number_wrong_length"


def _read_text(text: str) -> tuple[str, str]:
    cleaned = text.translate(_JUNK)
    if cleaned.casefold() in _NOTHING:
        return "", ""
    if cleaned.isascii() and cleaned.isdigit():
        if len(cleaned) == LENGTH:
            return read_number(cleaned)
        return "", "number_is_nik" if len(cleaned) == NIK_LENGTH else "number_wrong_length"
    if "e+" in text.casefold():
        return "", "number_lost_digits"
    return "", "formula_text" if text.lstrip().startswith("=") else "number_not_digits"


def shape_of(text: str) -> str:
    """What a value looks like without saying it: ``16 angka``, ``17 angka, 2 huruf, 1 tanda``."""
    kinds = {"angka": str.isdigit, "huruf": str.isalpha}
    counts = {name: sum(map(is_kind, text)) for name, is_kind in kinds.items()}
    counts["tanda"] = len("".join(text.split())) - sum(counts.values())
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def is_pppk(number: str) -> bool:
    """Digits 13-14 of an NI PPPK are no month (usually 21); those of a NIP always are."""
    return int(number[12:14]) > 12


def check_number(number: str, *, birth: str, start: str, gender: str, today: date) -> list[Finding]:
    """What BKN's consistency checks would say about one row. Empty strings are unknown facts.

    ``birth`` and ``start`` are ``YYYY-MM-DD``; ``gender`` is ``1`` or ``2`` as in the number.
    """
    digits = f"{number[:4]}-{number[4:6]}-{number[6:8]}"
    findings: list[Finding] = []
    if birth and birth != digits:
        findings.append(("birth_not_in_number", "birth"))  # CON_2
    elif not birth and not _is_day(digits):
        findings.append(("number_birth_invalid", "number"))
    if number[14] not in "12":
        findings.append(("number_gender_invalid", "number"))
    elif gender and number[14] != gender:
        findings.append(("gender_not_in_number", "gender"))  # CON_3
    findings += _check_start(number, start, today)
    return findings


def _check_start(number: str, start: str, today: date) -> list[Finding]:
    year, month = int(number[8:12]), int(number[12:14])
    findings: list[Finding] = []
    if month > 12:
        if start and start[:4] != number[8:12]:
            findings.append(("pppk_year_not_in_number", "start"))  # CON_4
        month = 1
    elif month == 0:
        return [("number_month_invalid", "number")]
    elif start and start[:4] + start[5:7] != number[8:14]:
        findings.append(("start_not_in_number", "start"))  # CON_1
    if (year, month) > (today.year, today.month):
        findings.append(("number_in_future", "number"))
    elif (year - int(number[:4])) * 12 + month - int(number[4:6]) < 17 * 12:
        findings.append(("number_too_young", "number"))
    return findings


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
