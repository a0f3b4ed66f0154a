"""The office's own rows with the faulty cells coloured, to be corrected and uploaded as they are.

Two columns at the right say what is the matter and what to do; a first sheet sums it up. Private
columns are not in it (:mod:`netral.people.intake.copying`). Written row by row in constant memory.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

import xlsxwriter
from django.db.models import Count, Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from netral.base.tables import WORKBOOK_OPTIONS, sheet_name
from netral.people import import_wording
from netral.people.intake.copying import CopiedSheet
from netral.people.intake.reading import SUMMARY_SHEET
from netral.people.models import Import, ImportProblem
from netral.people.queries import import_columns
from netral.people.queries.import_preview import figures
from netral.people.services.imports import reading, uploads

COLOURS = {
    ImportProblem.Severity.OBSTACLE.value: "#F3D6CF",
    ImportProblem.Severity.WARNING.value: "#F5EBC8",
    ImportProblem.Severity.QUESTION.value: "#DCE6EE",
}
_WEIGHT = {severity: weight for weight, severity in enumerate(("warning", "question", "obstacle"))}


def write(source: Import) -> IO[bytes]:
    """The workbook, at its beginning. Raises :class:`Unreadable` when the file is gone."""
    target = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 (the caller closes it)
    book = _Book(source, target.name)
    with uploads.opened(source.file_path) as file:
        today = source.created_at.date()
        for message in reading.messages(source, file, today=today, purpose="copy"):
            book.take(message)
    book.close()
    target.seek(0)
    return target


class _Book:
    """The workbook while it is written, sheet after sheet, row after row."""

    def __init__(self, source: Import, path: str) -> None:
        self.source = source
        self.book = xlsxwriter.Workbook(path, WORKBOOK_OPTIONS)
        self.bold = self.book.add_format({"bold": True})
        self.marks = {
            severity: self.book.add_format({"bg_color": colour})
            for severity, colour in COLOURS.items()
        }
        self.sheet: _Sheet | None = None
        self._write_summary()

    def take(self, message: tuple[Any, ...]) -> None:
        if message[0] == "sheet":
            about = CopiedSheet(**message[1])
            page = self.book.add_worksheet(self._free_name(about.name or "Data"))
            page.freeze_panes(about.first_data_line - 1, 0)
            page.set_column(0, len(about.headers) - 1, 18)
            page.set_column(len(about.headers), len(about.headers) + 1, 50)
            self.sheet = _Sheet(self, page, about, _Findings(self.source, about.name))
        elif message[0] == "rows" and self.sheet:
            for line, cells in message[1]:
                self.sheet.write(line, cells)

    def close(self) -> None:
        self.book.close()

    def _free_name(self, name: str) -> str:
        taken = {sheet.get_name().casefold() for sheet in self.book.worksheets()}
        wanted, number = sheet_name(name), 2
        while wanted.casefold() in taken:
            wanted, number = sheet_name(f"{name[:25]} {number}"), number + 1
        return wanted

    def _write_summary(self) -> None:
        page = self.book.add_worksheet(SUMMARY_SHEET)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 12)
        page.set_column(2, 4, 50)
        for at, row in enumerate(_summary(self.source)):
            is_heading = len(row) == 1 or row[-1:] == [_("Contoh")]
            page.write_row(at, 0, row, self.bold if is_heading else None)


@dataclass
class _Sheet:
    """One sheet on its way: knows which cell a problem is about."""

    book: _Book
    page: Any
    about: CopiedSheet
    findings: _Findings
    column_of: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at, (header, meaning) in enumerate(
            zip(self.about.headers, self.about.fields, strict=True)
        ):
            self.column_of.setdefault(f"header:{header}", at)
            if meaning:
                self.column_of[meaning] = at

    def write(self, line: int, cells: list[Any]) -> None:
        is_header = line == self.about.line
        self.page.write_row(line - 1, 0, cells, self.book.bold if is_header else None)
        width = len(self.about.headers)
        if is_header:
            self.page.write_row(line - 1, width, _own_headers(), self.book.bold)
        if line < self.about.first_data_line:
            return
        found = self.findings.of(line)
        if found:
            self._mark(line - 1, cells, found)

    def _mark(self, row: int, cells: list[Any], found: list[ImportProblem]) -> None:
        for problem in sorted(found, key=lambda one: _WEIGHT[one.severity]):
            at = self._cell_of(problem)
            self.page.write(row, at, cells[at] if at < len(cells) else "", self._mark_of(problem))
        worst = max(found, key=lambda one: _WEIGHT[one.severity])
        words = [" ".join(dict.fromkeys(one.sentence for one in found)),
                 " ".join(dict.fromkeys(one.remedy for one in found))]  # fmt: skip
        self.page.write_row(row, len(self.about.headers), words, self._mark_of(worst))

    def _mark_of(self, problem: ImportProblem) -> Any:
        return self.book.marks[problem.severity]

    def _cell_of(self, problem: ImportProblem) -> int:
        if problem.column and f"header:{problem.column}" in self.column_of:
            return self.column_of[f"header:{problem.column}"]
        return self.column_of.get("name", self.column_of.get("unit_name", 0))


class _Findings:
    """The problems of one sheet by line, read along with the rows."""

    def __init__(self, source: Import, sheet: str) -> None:
        found = ImportProblem.objects.filter(source=source, sheet=sheet[:100], line__gt=0)
        self.waiting: Iterator[ImportProblem] = found.order_by("line", "id").iterator(2_000)
        self.next = next(self.waiting, None)

    def of(self, line: int) -> list[ImportProblem]:
        found = []
        while self.next and self.next.line <= line:
            if self.next.line == line:
                found.append(self.next)
            self.next = next(self.waiting, None)
        return found


def _own_headers() -> list[str]:
    """Indonesian whatever the language of the page: the importer passes these columns over."""
    with override("id"):
        return [_("Masalah menurut Netral"), _("Cara memperbaiki menurut Netral")]


def _summary(source: Import) -> Iterator[list[Any]]:
    yield [_("Masalah dalam berkas %(name)s") % {"name": source.file_name}]
    yield [_("Perbaiki sel yang berwarna di lembar berikutnya, lalu unggah berkas ini apa adanya.")]
    yield []
    yield from ([label, number] for label, number in figures(source))
    yield []
    yield [_("Tingkat"), _("Banyaknya"), _("Masalah"), _("Cara memperbaiki"), _("Contoh")]
    for problem, count in by_kind(source):
        yield [
            problem.get_severity_display(),
            count,
            problem.sentence,
            problem.remedy,
            import_wording.place(problem.sheet, problem.line),
        ]
    yield []
    left_out = [group for group in import_columns.unused(source) if group.why != "unneeded"]
    if left_out:
        yield [_("Kolom yang tidak disalin ke sini")]
        yield from ([group.label, "", ", ".join(group.headers)] for group in left_out)


def by_kind(source: Import) -> list[tuple[ImportProblem, int]]:
    """The first problem of each kind and how many there are, obstacles first."""
    kinds = list(
        ImportProblem.objects.filter(source=source)
        .values("code")
        .annotate(count=Count("id"), first=Min("id"))
        .order_by("-count")
    )
    examples = ImportProblem.objects.in_bulk([kind["first"] for kind in kinds])
    found = [(examples[kind["first"]], int(kind["count"])) for kind in kinds]
    return sorted(found, key=lambda one: -_WEIGHT[one[0].severity])
