"""Whether a question belongs to neutrality at all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from netral.law.asking.cues import Cue, CueReader, Line, found
from netral.law.asking.knowledge import FOLDER, Knowledge, knowledge
from netral.law.asking.matching import Told, content
from netral.law.asking.texts import examples_of
from netral.law.library import library
from netral.law.loading.reader import read_yaml

# Who does one of these asks about conduct, whatever else is in the question.
_DEEDS = frozenset(
    ("react", "comment", "share", "post", "follow", "photo", "join_group", "wear", "read")
)
_NEAR, _SAME = 0.35, 0.5


@dataclass(frozen=True)
class Scope:
    """Cues of the subject, of its neighbours, and how often words stand in either."""

    inside: tuple[Cue, ...]
    outside: tuple[Cue, ...]
    information: tuple[Cue, ...]
    facts: Cue
    somebody: Cue
    odds: dict[str, float]

    def of(self, question: Told, likeness: float) -> str:
        """ "inside", "outside" or "unsure"; `likeness` to the nearest example, 0 to 1."""
        line = question.line
        about = any(found(cue, line) for cue in self.inside)
        if not question.conduct & _DEEDS and self._informs(line):
            return "outside"
        beside = any(found(cue, line) for cue in self.outside)
        if about:
            return "unsure" if beside and self._leaning(line.roots) < 0 else "inside"
        if beside:
            return "outside"
        if likeness >= _SAME:
            return "inside"
        named = bool(question.named) and likeness >= _NEAR
        return "unsure" if named and self._leaning(line.roots) > 0 else "outside"

    def _informs(self, line: Line) -> bool:
        """Whether only a fact about elections is asked for, and nobody's conduct."""
        if any(found(cue, line) for cue in self.information):
            return True
        return bool(found(self.facts, line)) and not found(self.somebody, line)

    def _leaning(self, roots: Iterable[str]) -> float:
        """Above zero when the words are those of our examples, below when of the background."""
        return sum(self.odds.get(root, 0.0) for root in roots)


def read_scope(known: Knowledge) -> Scope:
    """Read `scope.yaml` and count words in the examples of all acts and in the background."""
    raw = read_yaml(FOLDER / "scope.yaml")
    reader = CueReader(known.lexicon, raw["groups"])
    ours = _count(known, (text for texts in examples_of(library()).values() for text in texts))
    theirs = _count(known, raw["background"])
    return Scope(
        reader.cues(raw["inside"]), reader.cues(raw["outside"]), reader.cues(raw["information"]),
        reader.cue("/".join(raw["asks_for_facts"])), reader.cue("/".join(raw["concerns_somebody"])),
        _odds(ours, theirs),
    )  # fmt: skip


def _count(known: Knowledge, texts: Iterable[str]) -> Counter[str]:
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(set(content(known.line(text))))
    return seen


def _odds(ours: Counter[str], theirs: Counter[str]) -> dict[str, float]:
    """The logarithm of how much more often a word stands in our examples than outside."""
    here, there = sum(ours.values()), sum(theirs.values())
    return {
        word: math.log((ours[word] + 0.5) / here) - math.log((theirs[word] + 0.5) / there)
        for word in ours.keys() | theirs.keys()
    }


@lru_cache(maxsize=1)
def scope() -> Scope:
    """The scope that ships with the package."""
    return read_scope(knowledge())
