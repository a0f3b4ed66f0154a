"""Finds the header row of a sheet and understands its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any, Literal

from netral.people.intake.data import load

Kind = Literal["staff", "units"]
Cell = Any

SEARCHED_ROWS = 60
"""Title rows, logos and notes stand above the header; never more than this many."""

_NO_WORD = re.compile(r"[^0-9a-z#]+")
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
IGNORED = ""


@dataclass(frozen=True)
class Column:
    """How one header was understood."""

    position: int
    header: str
    key: str
    field: str
    """A kept or checked field; empty when the column is not used."""
    why: Literal["known", "remembered", "forbidden", "unneeded", "unknown", "second"]
    shape: str = ""
    """What the values of a column look like, such as ``18 angka``; never a value."""


@dataclass(frozen=True)
class Header:
    """The header of a sheet: where the data begins and what each column holds."""

    line: int
    first_data_line: int
    columns: tuple[Column, ...]

    def position_of(self) -> dict[str, int]:
        return {column.field: column.position for column in self.columns if column.field}

    def has(self, *fields: str) -> bool:
        mine = self.position_of()
        return all(field in mine for field in fields)


def header_key(text: Cell) -> str:
    """``"NIP_Baru "`` → ``nipbaru``: what is left when only letters and digits count."""
    return _NO_WORD.sub("", str(text).casefold()) if text is not None else ""


@cache
def synonyms(kind: Kind) -> dict[str, tuple[str, str]]:
    """Header key → (field, why) for every header in the data file."""
    table = load("headers")[kind]
    found: dict[str, tuple[str, str]] = {}
    for part in ("kept", "checked"):
        for field, spellings in table[part].items():
            for spelling in spellings:
                found[header_key(spelling)] = (field, "known")
    for why in ("forbidden", "unneeded"):
        for spelling in table[why]:
            found[header_key(spelling)] = (IGNORED, why)
    return found


def fields_of(kind: Kind) -> list[str]:
    """The fields that a column can be mapped to, in the order of the data file."""
    table = load("headers")[kind]
    return [*table["kept"], *table["checked"]]


def understand(
    cells: Sequence[Cell], kind: Kind, remembered: Mapping[str, str]
) -> tuple[Column, ...]:
    """Every named column of a header row. ``remembered``: key → field as officers corrected it.

    A field is taken from the first column that claims it; what an officer corrected wins over
    the table.
    """
    columns: list[Column] = []
    taken: set[str] = set()
    claims = [(position, *_claim(cell, kind, remembered)) for position, cell in enumerate(cells)]
    for wanted in ("remembered", "known"):
        for position, key, field, why in claims:
            if why != wanted or not key:
                continue
            doubled = bool(field) and field in taken
            taken.add(field)
            columns.append(
                Column(
                    position,
                    str(cells[position]).strip(),
                    key,
                    IGNORED if doubled else field,
                    "second" if doubled else why,  # type: ignore[arg-type]
                )
            )
    for position, key, _field, why in claims:
        if key and why not in {"remembered", "known"}:
            columns.append(
                Column(position, str(cells[position]).strip(), key, IGNORED, why)  # type: ignore[arg-type]
            )
    return tuple(sorted(columns, key=lambda column: column.position))


def _claim(cell: Cell, kind: Kind, remembered: Mapping[str, str]) -> tuple[str, str, str]:
    """(key, field, why) of one header cell."""
    key = header_key(cell)
    table = synonyms(kind)
    if table.get(key, ("", ""))[1] == "forbidden":
        return key, IGNORED, "forbidden"  # whatever an officer once chose
    if key in remembered:
        return key, remembered[key], "remembered"
    if key not in table and isinstance(cell, str):
        outside = header_key(_BRACKETS.sub("", cell))
        if outside in table or outside in remembered:
            field, why = table.get(outside) or (remembered[outside], "remembered")
            return key, field, why
    field, why = table.get(key, (IGNORED, "unknown"))
    return key, field, why


def find_header(
    rows: Sequence[Sequence[Cell]], kind: Kind, remembered: Mapping[str, str]
) -> Header | None:
    """The header among the first rows of a sheet, or ``None`` when no row looks like one.

    The row with the most recognised headers wins; a second header row under merged cells is
    joined to it, and a row that merely counts the columns (1, 2, 3 …) is passed over.
    """
    best, best_score = None, 1
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        score = _score(row, kind, remembered)
        if score > best_score:
            best, best_score = index, score
    if best is None:
        return None
    cells, following = list(rows[best]), best + 1
    if following < len(rows) and _continues(rows[best], rows[following], kind, remembered):
        pairs = zip_longest(cells, rows[following], fillvalue="")
        cells = [lower if header_key(lower) else upper for upper, lower in pairs]
        following += 1
    if following < len(rows) and _only_counts(rows[following]):
        following += 1
    return Header(best + 1, following + 1, understand(cells, kind, remembered))


def guess_header(rows: Sequence[Sequence[Cell]], kind: Kind) -> Header | None:
    """A row that could be a header although nothing in it is known, for the officer to map."""
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        texts = [cell for cell in row if isinstance(cell, str) and header_key(cell)]
        if len(texts) >= 2 and len(set(texts)) == len(texts) and not any(map(_is_number, row)):
            return Header(index + 1, index + 2, understand(row, kind, {}))
    return None


def _score(row: Sequence[Cell], kind: Kind, remembered: Mapping[str, str]) -> int:
    """Recognised headers of a row; 0 unless at least one of them is a field that is kept."""
    whys = [_claim(cell, kind, remembered) for cell in row if cell != "" and cell is not None]
    if not any(field for _key, field, _why in whys):
        return 0
    return sum(why != "unknown" for _key, _field, why in whys)


def _continues(
    upper: Sequence[Cell], lower: Sequence[Cell], kind: Kind, remembered: Mapping[str, str]
) -> bool:
    """Whether ``lower`` names columns that ``upper`` leaves open under a merged heading."""
    if any(map(_is_number, lower)):
        return False
    named = [i for i, cell in enumerate(lower) if header_key(cell)]
    if not named or len(named) >= sum(bool(header_key(cell)) for cell in upper):
        return False
    return all(_claim(lower[i], kind, remembered)[2] != "unknown" for i in named)


def _only_counts(row: Sequence[Cell]) -> bool:
    numbers = [str(cell).strip("() .").removesuffix(".0") for cell in row if cell not in ("", None)]
    return len(numbers) > 1 and all(
        text.isdigit() and int(text) == index for index, text in enumerate(numbers, start=1)
    )


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and cell.strip().isdigit())
