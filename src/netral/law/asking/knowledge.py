"""The language knowledge that stands in `data/asking/`, compiled once per process."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from netral.law.asking.cues import Cue, CueReader, Line, affirmed, line_of
from netral.law.asking.shapes import Given
from netral.law.asking.words import Lexicon
from netral.law.errors import DataError
from netral.law.library import DATA
from netral.law.loading.reader import read_yaml

_LETTERS = re.compile(r"[a-z]{5,}")
_NOUN = re.compile(r"\b(?:pe[a-z]{5,}|ke[a-z]{4,}an)\b")
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
    excluded: Table = ()
    polite: tuple[Cue, ...] = ()
    bodies: Table = ()
    beyond_voting: Table = ()

    def line(self, text: str) -> Line:
        """The words of a text without those of courtesy."""
        words = self.lexicon.read(text)
        line = line_of(words)
        idle: set[int] = set()
        for cue in self.polite:
            if not line.roots.isdisjoint(cue.anchors):
                for match in cue.pattern.finditer(line.text):
                    first = line.text.count(" ", 0, match.start())
                    idle.update(range(first, first + match.group().count(" ")))
        if not idle or len(idle) == len(words):
            return line
        kept = [word for place, word in enumerate(words) if place not in idle]
        while len(kept) > 1 and kept[-1].written == "tidak":  # it only asked, before the thanks
            kept.pop()
        return line_of(kept)

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

    def misuses(self, line: Line) -> frozenset[str]:
        """What the line tells of votes and their papers that no act read permits."""
        return frozenset(told(self.beyond_voting, line))


def told(table: Table, line: Line) -> list[str]:
    """The names of the rows with a cue in the line."""
    return [name for name, cues in table if any(affirmed(cue, line) for cue in cues)]


def _first(fact: str, value: str, cues: tuple[Cue, ...], line: Line) -> Given | None:
    for cue in cues:
        match = affirmed(cue, line)
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
    raw, acts = read_yaml(folder / "cues.yaml"), read_yaml(folder / "acts.yaml")
    roots += _nouns(str(raw) + str(acts) + (folder / "scope.yaml").read_text(encoding="utf-8"))
    lexicon = Lexicon(roots, _slang(folder / "slang.yaml"), _well_spelled(folder))
    reader = CueReader(lexicon, raw["groups"])
    facts = tuple((fact, _table(reader, values)) for fact, values in raw["facts"].items())
    act_reader = CueReader(lexicon, raw["groups"] | acts["groups"])
    return Knowledge(
        lexicon, facts, _table(reader, raw["conduct"]), _table(reader, raw["asks"]),
        _table(act_reader, acts["acts"]), _table(reader, raw["contests"]),
        _table(act_reader, acts["excluded"]), reader.cues(raw["polite"]),
        _table(reader, raw["bodies"]), _table(reader, raw["beyond_voting"]),
    )  # fmt: skip


def _nouns(text: str) -> list[str]:
    """Nouns in the cues such as "peresmian", which mean something else than their root."""
    return sorted(set(_NOUN.findall(text)))


def _well_spelled(folder: Path) -> frozenset[str]:
    """All words of the law data and of these files: none of them is a typing error."""
    texts = [path.read_text(encoding="utf-8").lower() for path in folder.parent.rglob("*.yaml")]
    return frozenset(word for text in texts for word in _LETTERS.findall(text))


def _table(reader: CueReader, raw: Mapping[str, Any]) -> Table:
    return tuple((_name(name), reader.cues(sources)) for name, sources in raw.items())


def _name(name: Any) -> str:
    """YAML reads a bare yes or no as a truth value; the facts call them "yes" and "no".

    A value "yes_surely" stands for "yes": its cues come before those of "no".
    """
    if isinstance(name, bool):
        return "yes" if name else "no"
    return str(name).removesuffix("_surely")


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
