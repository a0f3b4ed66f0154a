"""The office's own rows once more, without what must not leave the reading process.

What stays: columns that the register reads and those known to be harmless. What does not: private
columns, birth date and sex, columns nobody knows, a NIK that stands where a number should.

``("sheet", {...})``           :class:`CopiedSheet` as a dictionary
``("rows", [(line, [...])])``  cells in the order of its ``headers``, in the order of the file
``("end", {})``                everything was copied
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from netral.people.intake import numbers
from netral.people.intake.data import load
from netral.people.intake.files import kind_of
from netral.people.intake.headers import Column, Header, Kind, synonyms
from netral.people.intake.reading import CHUNK, Job, Message, Source, sources_of, understand
from netral.people.intake.staff_cells import NEVER_SHOWN

_MOST_IN_A_TITLE = 3
_LIKE_A_NUMBER = re.compile(r"\d{9}")


@dataclass(frozen=True)
class CopiedSheet:
    """A sheet of the file as far as it is copied."""

    name: str
    line: int
    """Of the header; rows above it are titles."""
    first_data_line: int
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    """What each column means to the register; empty for a harmless one it does not read."""


def copy(job: Job) -> Iterator[Message]:
    """Every sheet that holds a table of the wanted kind. Raises :class:`Unreadable`."""
    path = Path(job.path)
    for source in sources_of(path, kind_of(path, job.limits)):
        header, report = understand(source, job)
        if header is None or report.state == "skipped":
            continue
        columns = [column for column in header.columns if _may_stay(column, job.kind)]
        sheet = CopiedSheet(
            source.name,
            header.line,
            header.first_data_line,
            tuple(column.header for column in columns),
            tuple(column.field for column in columns),
        )
        yield ("sheet", asdict(sheet))
        yield from _rows(source, header, columns)
    yield ("end", {})


def _rows(source: Source, header: Header, columns: Sequence[Column]) -> Iterator[Message]:
    source.repair(header)
    lines = enumerate(source.rest, start=1)
    while chunk := list(islice(lines, CHUNK)):
        copied = []
        for line, cells in chunk:
            kept = _title(cells) if line < header.line else _cells(cells, columns)
            if any(cell != "" for cell in kept):
                copied.append((line, kept))
        yield ("rows", copied)


def _may_stay(column: Column, kind: Kind) -> bool:
    if column.field:
        return column.field not in NEVER_SHOWN
    if column.why == "second":
        means = synonyms(kind).get(column.key, ("", ""))[0]
        return means in load("headers")[kind]["kept"]
    return column.why == "unneeded"


def _title(cells: Sequence[Any]) -> list[Any]:
    """The texts of a row above the header, unless it could be data of another table."""
    filled = [str(cell) for cell in cells if cell not in (None, "")]
    if len(filled) > _MOST_IN_A_TITLE or any(map(_LIKE_A_NUMBER.search, filled)):
        return []
    return [" ".join(text.split()) for text in filled]


def _cells(cells: Sequence[Any], columns: Sequence[Column]) -> list[Any]:
    return [
        _plain(cells[column.position], column.field) if column.position < len(cells) else ""
        for column in columns
    ]


def _plain(cell: Any, field: str) -> Any:
    """A text or a number; days as offices write them, which is how they are read again."""
    if cell is None:
        return ""
    if field == "number" and numbers.read_number(cell)[1] == "number_is_nik":
        return ""
    if isinstance(cell, (datetime, date)):
        return cell.strftime("%d-%m-%Y")
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return cell
