"""Examples that a lawyer can read and extend: situation, day, status, and what must come out.

The tables stand beside the data in `data/examples/*.csv`. Columns: `situation` (a sentence for
people),
`act`, `on`, `status`, `calendar`, `facts` ("name=value name=value"), `outcome`, `provision` (must
be
cited) and `mentions`: words that must hold too, separated by blanks:

    sanction:severe     the level is among the sanctions      contest:like-class   the dispute is
    shown
    ?intent             the fact is asked for                 body:BKN             the body is named
    possible:crime      the outcome is still possible         not:SKB-2022/D6      is not cited
    clock:pp94/summons  the clock would start
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from netral.law.errors import DataError
from netral.law.judge import judge
from netral.law.library import Library
from netral.law.situation import Situation
from netral.law.verdict import Verdict
from netral.law.vocabulary import Outcome

COLUMNS = [
    "situation",
    "act",
    "on",
    "status",
    "calendar",
    "facts",
    "outcome",
    "provision",
    "mentions",
]


@dataclass(frozen=True, slots=True)
class Example:
    """One row, with its place for messages."""

    place: str
    situation: str
    asked: Situation
    on: date
    outcome: Outcome
    provision: str
    mentions: tuple[str, ...]


def examples(folder: Path) -> Iterator[Example]:
    """All rows of all tables in a folder."""
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            if reader.fieldnames != COLUMNS:
                raise DataError(f"{path.name}: the columns must be {', '.join(COLUMNS)}")
            for number, row in enumerate(reader, start=2):
                yield _example(f"{path.name}:{number}", row)


def _example(place: str, row: dict[str, str]) -> Example:
    """One row of a table."""
    facts = dict(item.split("=", 1) for item in row["facts"].split())
    if row["status"]:
        facts["status"] = row["status"]
    asked = Situation(row["act"], facts, row["calendar"] or None)
    try:
        return Example(
            place, row["situation"], asked, date.fromisoformat(row["on"]), Outcome(row["outcome"]),
            row["provision"], tuple(row["mentions"].split()),
        )  # fmt: skip
    except ValueError as error:
        raise DataError(f"{place}: {error}") from error


def misses(library: Library, example: Example) -> list[str]:
    """What the verdict gets wrong; empty when the example holds."""
    verdict = judge(example.asked, example.on, law=library)
    found = []
    if verdict.outcome is not example.outcome:
        found.append(f"outcome is {verdict.outcome}, expected {example.outcome}")
    if example.provision not in verdict.provisions:
        found.append(f"does not cite {example.provision}, but {', '.join(verdict.provisions)}")
    found += [f"does not say {word}" for word in example.mentions if not _says(verdict, word)]
    return found


def _says(verdict: Verdict, word: str) -> bool:
    """Whether one mention holds."""
    finding = verdict.finding
    if word.startswith("?"):
        return word[1:] in verdict.missing
    kind, _, value = word.partition(":")
    said = {
        "sanction": {item.level for item in finding.sanctions},
        "contest": set(finding.contests),
        "body": {item.id for item in finding.deciders},
        "possible": {item.value for item in finding.possible},
        "clock": set(finding.clocks),
    }
    if kind == "not":
        return value not in verdict.provisions
    if kind not in said:
        raise DataError(f"unknown mention '{word}'; see netral.law.examples")
    return value in said[kind]
