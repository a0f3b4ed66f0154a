"""From a file to a stream of messages: sheets understood, rows normalised, problems found.

A message is a tuple of plain values whose first element names it, so that it can cross a pipe:

``("sheet", {...})``            a sheet and how its header was understood (:class:`SheetReport`)
``("units", [(...), ...])``     units that staff rows refer to by index, before those rows
``("staff", [(...), ...])``     :class:`StaffRow` as tuples
``("tree", [(...), ...])``      :class:`UnitRow` as tuples
``("problems", [(...), ...])``  :class:`Problem` as tuples
``("progress", done, total)``   in rows, before them; for CSV the total is an estimate
``("end", {"rows": 18000})``    everything was read
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from netral.people.intake import delimited, workbook
from netral.people.intake.files import Limits, kind_of
from netral.people.intake.headers import (
    SEARCHED_ROWS,
    Column,
    Header,
    Kind,
    find_header,
    guess_header,
)
from netral.people.intake.numbers import shape_of
from netral.people.intake.problems import Problem, Unreadable
from netral.people.intake.staff_rows import StaffReader, UnitsOfFile
from netral.people.intake.unit_rows import UnitReader

CHUNK = 2_000
SUMMARY_SHEET = "Ringkasan Netral"
"""What Netral put before the office's own sheets when it marked their problems."""
_FILLED_DOWN = ("unit_ref", "unit_name", "unit_top", "status", "kind", "standing")
"""Columns in which a cell merged over several rows stands for each of them."""

Message = tuple[Any, ...]


@dataclass(frozen=True)
class Job:
    """What to read and how."""

    path: str
    kind: Kind
    remembered: Mapping[str, str]
    province: bool
    today: str
    limits: Limits
    purpose: Literal["read", "copy"] = "read"


@dataclass
class SheetReport:
    """How one sheet was understood, for the officer and for the import's ``mapping``."""

    name: str
    state: str
    """``read``, ``skipped`` (no table of this kind) or ``unmapped`` (needed columns missing)."""
    line: int = 0
    missing: list[str] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class Source:
    """One sheet, or the one table of a CSV file, as a header and the rows below it."""

    name: str
    head: list[Sequence[Any]]
    rest: Iterator[Sequence[Any]]
    sheet: workbook.Sheet | None = None
    expected: int = 0
    """About how many rows there are."""

    def repair(self, header: Header) -> None:
        """Spreads merged cells over the rows they stand for; brings back digits of numbers."""
        if self.sheet:
            _repair(self.sheet, header)


def sources_of(path: Path, kind: str) -> Iterator[Source]:
    """The sheets of a workbook, or the one table of a CSV file."""
    return _sheets(path) if kind == "workbook" else iter([_table(path)])


def read(job: Job) -> Iterator[Message]:
    """Every message about one file. Raises :class:`Unreadable` when it cannot be used at all."""
    path = Path(job.path)
    kind = kind_of(path, job.limits)
    units = UnitsOfFile()
    rows, reports = 0, []
    for source in sources_of(path, kind):
        if source.name == SUMMARY_SHEET:
            continue
        header, report = understand(source, job)
        reports.append(report)
        yield ("sheet", asdict(report))
        if header and report.state == "read":
            for message in _rows(source, header, units, job):
                if message[0] in {"staff", "tree"}:
                    rows += len(message[1])
                yield message
        elif report.state == "skipped":
            yield ("problems", [tuple(Problem(source.name, 0, "", "", "sheet_skipped", {}))])
    if not any(report.state in {"read", "unmapped"} for report in reports):
        _refuse(path, kind, job)
    yield ("end", {"rows": rows})


def _sheets(path: Path) -> Iterator[Source]:
    for sheet in workbook.read_sheets(path):
        yield Source(
            sheet.name, [*sheet.rows[:SEARCHED_ROWS]], iter(sheet.rows), sheet, len(sheet.rows)
        )


def _table(path: Path) -> Source:
    rows = delimited.read_rows(path)
    head = list(islice(rows, SEARCHED_ROWS))
    if max(map(len, head), default=0) > delimited.MOST_COLUMNS:
        raise Unreadable("too_many_columns", columns=max(map(len, head)))

    def everything() -> Iterator[Sequence[Any]]:
        yield from head
        yield from rows

    return Source("", list(head), everything(), None, delimited.estimated_rows(path))


def _refuse(path: Path, kind: str, job: Job) -> None:
    """No sheet holds what was asked for: says whether it holds the other kind instead."""
    other: Kind = "staff" if job.kind == "units" else "units"
    for source in sources_of(path, kind):
        header = find_header(source.head, other, {})
        if header and not _missing(header, other):
            raise Unreadable("staff_expected" if job.kind == "staff" else "units_expected")
    raise Unreadable("no_table")


def understand(source: Source, job: Job) -> tuple[Header | None, SheetReport]:
    header = find_header(source.head, job.kind, job.remembered)
    missing = _missing(header, job.kind) if header else []
    if _is_the_other_kind(source, header, job):
        return None, SheetReport(source.name, "skipped")
    if header is None:
        header = guess_header(source.head, job.kind)
        if header is None:
            return None, SheetReport(source.name, "skipped")
        missing = _missing(header, job.kind)
    columns = [
        _described(column, source.head[header.first_data_line - 1 :]) for column in header.columns
    ]
    state = "unmapped" if missing else "read"
    return header, SheetReport(source.name, state, header.line, missing, columns)


def _is_the_other_kind(source: Source, header: Header | None, job: Job) -> bool:
    """A UNOR tree handed in as staff, or staff as a tree: both have a unit's name."""
    mine = header.position_of() if header else {}
    if job.kind == "staff":
        if "number" in mine or "local_id" in mine or "position" in mine:
            return False
        tree = find_header(source.head, "units", {})
        return tree is not None and tree.has("unit_ref", "parent_ref")
    staff = find_header(source.head, "staff", {})
    return staff is not None and staff.has("name", "number")


def _missing(header: Header, kind: Kind) -> list[str]:
    """The fields without which the sheet is of no use; ``a|b`` means one of them."""
    mine = header.position_of()
    if kind == "units":
        return [] if "unit_name" in mine else ["unit_name"]
    lacking = []
    if "name" not in mine and not {"number", "local_id"} & set(mine):
        lacking.append("name")
    if not {"number", "local_id", "unit_name", "unit_ref", "unit_top", "position"} & set(mine):
        lacking.append("number|unit_name")
    return lacking


def _described(column: Column, sample: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """The column for the officer, with the shape of its values, never a value."""
    described = asdict(column)
    if column.why != "forbidden":
        cells = [row[column.position] for row in sample if len(row) > column.position]
        shapes = [shape_of(str(cell)) for cell in cells if cell not in (None, "")]
        described["shape"] = max(set(shapes), key=shapes.count) if shapes else ""
    return described


def _rows(source: Source, header: Header, units: UnitsOfFile, job: Job) -> Iterator[Message]:
    rows = islice(source.rest, header.first_data_line - 1, None)
    source.repair(header)
    total = source.expected
    lines = enumerate(rows, start=header.first_data_line)
    if job.kind == "units":
        yield from _tree(source, header, lines, total)
    else:
        yield from _staff(source, header, lines, units, job, total)


def _tree(
    source: Source, header: Header, lines: Iterator[tuple[int, Sequence[Any]]], total: int
) -> Iterator[Message]:
    reader = UnitReader(source.name, header)
    while chunk := list(islice(lines, CHUNK)):
        read_rows = [row for line, cells in chunk if (row := reader.read(line, cells))]
        yield from _problems(reader.problems)
        yield ("progress", chunk[-1][0], total)
        yield ("tree", [tuple(row) for row in read_rows])


def _staff(
    source: Source,
    header: Header,
    lines: Iterator[tuple[int, Sequence[Any]]],
    units: UnitsOfFile,
    job: Job,
    total: int,
) -> Iterator[Message]:
    today = date.fromisoformat(job.today)
    reader = StaffReader(source.name, header, units, province=job.province, today=today)
    suspicious: list[int] = []
    while chunk := list(islice(lines, CHUNK)):
        found = [row for line, cells in chunk if (row := reader.read(line, cells))]
        suspicious += [row.line for row in found if not row.name or row.unit < 0]
        yield from _problems(reader.problems)
        if units.fresh:
            yield ("units", list(units.fresh))
            units.fresh.clear()
        yield ("progress", chunk[-1][0], total)
        yield ("staff", [tuple(row) for row in found])
    reader.report_note()
    yield from _problems(reader.problems)
    if suspicious and source.sheet:
        yield from _problems(_uncalculated(source.sheet, header, set(suspicious)))


def _problems(problems: list[Problem]) -> Iterator[Message]:
    if problems:
        yield ("problems", [tuple(problem) for problem in problems])
        problems.clear()


def _uncalculated(sheet: workbook.Sheet, header: Header, lines: set[int]) -> list[Problem]:
    """Rows without a name or unit: was there a formula whose result the file does not hold?"""
    title = {column.position: column for column in header.columns if column.field}
    return [
        Problem(sheet.name, line, title[position].header, "", "formula_without_value", {})
        for line, position in sorted(sheet.raw.without_value())
        if line in lines and position in title
    ]


def _repair(sheet: workbook.Sheet, header: Header) -> None:
    """Spreads merged cells over the rows they stand for; brings back digits of numeric NIPs."""
    at = header.position_of()
    fillable = {at[name] for name in _FILLED_DOWN if name in at}
    first = header.first_data_line - 1
    for (top, left), (bottom, _right) in sheet.merged:
        if left in fillable and top >= first:
            for row in sheet.rows[top + 1 : bottom + 1]:
                row[left] = sheet.rows[top][left]
    number = at.get("number")
    if number is None or not any(isinstance(row[number], float) for row in sheet.rows[first:]):
        return
    for line, digits in sheet.raw.digits(number).items():
        if (
            len(digits) == 18
            and digits.isdigit()
            and isinstance(sheet.rows[line - 1][number], float)
        ):
            sheet.rows[line - 1][number] = digits
