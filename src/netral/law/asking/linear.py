"""A trained linear comparison, read from a text file: what every feature says for every class.

One line per feature: its name, its rarity, and the classes it speaks for or against with whole
numbers, `number:weight`. The first line is JSON: the classes and the unit of the weights. The files
are written by `python -m bench.ask.train`; nobody edits them by hand.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from netral.law.errors import DataError

Row = tuple[float, tuple[tuple[int, int], ...]]


class Linear:
    """Weights by feature and class."""

    def __init__(self, classes: Sequence[str], unit: float, lines: Mapping[str, str]) -> None:
        """`lines`: by feature what stands behind its name in the file; read when first needed."""
        self.classes, self._unit, self._lines = tuple(classes), unit, lines
        self._rows: dict[str, Row] = {}

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """One number per class, about 1 for the right one and 0 for the others."""
        rows = [(value, row) for name, value in features.items() if (row := self._row(name))]
        length = math.sqrt(sum((value * rarity) ** 2 for value, (rarity, _) in rows)) or 1.0
        sums = [0.0] * len(self.classes)
        for value, (rarity, weights) in rows:
            share = value * rarity / length
            for number, weight in weights:
                sums[number] += share * weight
        return [total * self._unit for total in sums]

    def rarity(self, name: str) -> float:
        """How rare a feature was in training; one never seen is as rare as one seen twice."""
        row = self._row(name)
        return self._rarest if row is None else row[0]

    @cached_property
    def _rarest(self) -> float:
        return max((float(line.split(" ", 1)[0]) for line in self._lines.values()), default=1.0)

    def _row(self, name: str) -> Row | None:
        row = self._rows.get(name)
        if row is None and name in self._lines:
            row = self._rows[name] = _read(self._lines[name])
        return row


def _read(line: str) -> Row:
    rarity, *pairs = line.split()
    split = (pair.split(":") for pair in pairs)
    return float(rarity), tuple((int(number), int(weight)) for number, weight in split)


def read_linear(path: Path) -> Linear:
    """Read a file. Raises `DataError` if it is not one."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    try:
        said = json.loads(head)
        table = dict(line.split("\t") for line in lines)
        return Linear(said["classes"], said["unit"], table)
    except (ValueError, KeyError) as error:
        raise DataError(f"{path.name}: not a trained comparison: {error}") from None


def written(
    classes: Sequence[str], rows: Iterable[tuple[str, float, Sequence[float]]], faint: float = 0.005
) -> list[str]:
    """The lines of a file. Weights below `faint` of the greatest one are left out."""
    known = list(rows)
    greatest = max(abs(weight) for _, _, weights in known for weight in weights)
    unit = greatest / 999
    lines = [json.dumps({"classes": list(classes), "unit": round(unit, 9)})]
    for name, rarity, weights in sorted(known):
        pairs = [
            f"{number}:{round(weight / unit)}"
            for number, weight in enumerate(weights)
            if abs(weight) >= faint * greatest
        ]
        lines.append(f"{name}\t{rarity:.2f} {' '.join(pairs)}".rstrip())
    return lines
