"""CSV as offices write it: BOM or not, comma, semicolon or tab, UTF-8, UTF-16 or Windows-1252."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from netral.people.intake.problems import Unreadable

DELIMITERS = ",;\t|"
_SAMPLE = 1 << 16
_LONGEST_CELL = 1 << 17
MOST_COLUMNS = 1_000


def encoding_of(path: Path) -> str:
    """The encoding of the whole file: a stray byte at its end counts as much as at its start."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        stream.seek(0)
        tail = b""
        while block := stream.read(1 << 20):
            whole = tail + block
            if block.isascii() and not tail:
                continue
            try:
                whole.decode("utf-8")
                tail = b""
            except UnicodeDecodeError as error:
                if error.reason != "unexpected end of data":
                    return "cp1252"
                tail = whole[error.start :]
        return "cp1252" if tail else "utf-8-sig"


def delimiter_of(sample: str) -> str:
    """The delimiter that gives the most lines the same, largest number of columns."""
    first = sample.split("\n", 1)[0].strip().casefold()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_weight = ",", 0
    for delimiter in DELIMITERS:
        rows = list(csv.reader(sample.splitlines(keepends=True)[:200], delimiter=delimiter))
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, times = widths.most_common(1)[0]
            if width * times > best_weight:
                best, best_weight = delimiter, width * times
    return best


def read_rows(path: Path) -> Iterator[list[str]]:
    """Every row, the first one first; a file of one column gives rows of one cell."""
    encoding = encoding_of(path)
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        sample = stream.read(_SAMPLE)
        stream.seek(0)
        if sample[:5].casefold().startswith("sep="):
            stream.readline()
            yield []  # keeps the line numbers as the officer sees them
        try:
            yield from csv.reader(_without_nul(stream), delimiter=delimiter_of(sample))
        except csv.Error as error:
            raise Unreadable("damaged") from error


def _without_nul(stream: Iterator[str]) -> Iterator[str]:
    for line in stream:
        yield line.replace("\0", "") if "\0" in line else line


def estimated_rows(path: Path) -> int:
    """How many lines the file has, judged by its first megabyte: enough for a progress bar."""
    with path.open("rb") as stream:
        start = stream.read(1 << 20)
    lines = max(start.count(b"\n"), 1)
    return max(round(path.stat().st_size / len(start) * lines), lines) if start else 0
