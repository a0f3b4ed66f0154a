"""The language knowledge that stands in `data/asking/`, compiled once per process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from netral.law.asking.cues import Cue, CueReader, Line, affirmed, found
from netral.law.asking.shapes import Given
from netral.law.asking.words import Lexicon
from netral.law.errors import DataError
from netral.law.library import DATA
from netral.law.loading.reader import read_yaml

_LETTERS = re.compile(r"[a-z]{5,}")
FOLDER = DATA / "asking"
Table = tuple[tuple[str, tuple[Cue, ...]], ...]


@dataclass(frozen=True)
class Knowledge:
    """Words, cues and examples."""

    lexicon: Lexicon
    facts: tuple[tuple[str, Table], ...]
    conduct: Table
    asks: Table
    acts: Table
    contests: Table

    def given(self, line: Line) -> tuple[Given, ...]:
        """The facts that the line tells, each with the piece of text that says it."""
        told = []
        for fact, values in self.facts:
            for value, cues in values:
                item = _first(fact, value, cues, line)
                if item is not None:
                    told.append(item)
                    break
        return tuple(told)

    def conducts(self, line: Line) -> frozenset[str]:
        """All kinds of conduct the line speaks of."""
        return frozenset(told(self.conduct, line))

    def purposes(self, line: Line) -> frozenset[str]:
        """What the question is after, beside the act."""
        return frozenset(told(self.asks, line))


def told(table: Table, line: Line) -> list[str]:
    """The names of the rows with a cue in the line."""
    return [name for name, cues in table if any(affirmed(cue, line) for cue in cues)]


def _first(fact: str, value: str, cues: tuple[Cue, ...], line: Line) -> Given | None:
    for cue in cues:
        match = found(cue, line)
        if match is not None:
            start, end = line.word_range(match.start(), match.end())
            return Given(fact, value, start, end)
    return None


def read_knowledge(folder: Path = FOLDER) -> Knowledge:
    """Read and compile the files of a folder."""
    roots = [
        word
        for text in (folder / "roots.txt").read_text(encoding="utf-8").splitlines()
        if not text.startswith("#")
        for word in text.split()
    ]
    lexicon = Lexicon(roots, _slang(folder / "slang.yaml"), _well_spelled(folder))
    raw = read_yaml(folder / "cues.yaml")
    reader = CueReader(lexicon, raw["groups"])
    facts = tuple((fact, _table(reader, values)) for fact, values in raw["facts"].items())
    acts = read_yaml(folder / "acts.yaml")
    act_reader = CueReader(lexicon, raw["groups"] | acts["groups"])
    return Knowledge(
        lexicon, facts, _table(reader, raw["conduct"]), _table(reader, raw["asks"]),
        _table(act_reader, acts["acts"]), _table(reader, raw["contests"]),
    )  # fmt: skip


def _well_spelled(folder: Path) -> frozenset[str]:
    """All words of the law data and of these files: none of them is a typing error."""
    texts = [path.read_text(encoding="utf-8").lower() for path in folder.parent.rglob("*.yaml")]
    return frozenset(word for text in texts for word in _LETTERS.findall(text))


def _table(reader: CueReader, raw: Mapping[str, Any]) -> Table:
    return tuple((_name(name), reader.cues(sources)) for name, sources in raw.items())


def _name(name: Any) -> str:
    """YAML reads a bare yes or no as a truth value; the facts call them "yes" and "no"."""
    return {True: "yes", False: "no"}.get(name, str(name)) if isinstance(name, bool) else str(name)


def _slang(path: Path) -> dict[str, str]:
    raw = read_yaml(path)
    for word, meant in raw.items():
        if not isinstance(word, str) or not isinstance(meant, str):
            raise DataError(f"{path.name}: write '{word}' in quotes")
    return raw


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The knowledge that ships with the package."""
    return read_knowledge()
