"""Whether a question belongs to neutrality at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from netral.law.asking.cues import Cue, CueReader, Line, found
from netral.law.asking.features import FILLERS, Told
from netral.law.asking.knowledge import FOLDER, Knowledge, knowledge
from netral.law.asking.linear import Linear, read_linear
from netral.law.loading.reader import read_yaml

# Who does one of these asks about conduct, whatever else is in the question.
_DEEDS = frozenset(
    ("react", "comment", "share", "post", "follow", "photo", "join_group", "wear", "read")
)
_INSIDE, _OUTSIDE, _FAR = 0.3, 0.08, -0.12


@dataclass(frozen=True)
class Cues:
    """Cues of the subject, of its neighbours, and of mere facts about elections."""

    inside: tuple[Cue, ...]
    outside: tuple[Cue, ...]
    information: tuple[Cue, ...]
    facts: Cue
    somebody: Cue

    def features(self, question: Told) -> dict[str, float]:
        """What the trained comparison sees: the words, also the common ones, and these cues."""
        line = question.line
        seen = {f"_{word.root}": 0.7 for word in line.words if word.root not in FILLERS}
        flags = {
            "~inside": any(found(cue, line) for cue in self.inside),
            "~outside": any(found(cue, line) for cue in self.outside),
            "~information": self._informs(line) and not question.conduct & _DEEDS,
        }
        flags["~neither"] = not any(flags.values())
        flags["~only"] = flags["~inside"] and not flags["~outside"] and not flags["~information"]
        flags["~deed"] = bool(question.conduct)
        seen |= {name: 3.0 for name, holds in flags.items() if holds}
        return seen | dict(question.features)

    def _informs(self, line: Line) -> bool:
        """Whether only a fact about elections is asked for, and nobody's conduct."""
        if any(found(cue, line) for cue in self.information):
            return True
        return bool(found(self.facts, line)) and not found(self.somebody, line)


@dataclass(frozen=True)
class Scope:
    """The cues and the comparison that weighs them with the words."""

    cues: Cues
    trained: Linear

    def of(self, question: Told) -> tuple[str, float]:
        """ "inside", "outside" or "unsure"; and a number near 1 for inside, near -1 for outside."""
        score = self.trained.scores(self.cues.features(question))[0]
        if score >= _INSIDE:
            return "inside", score
        deed = question.named and question.conduct & _DEEDS
        return "outside" if score < (_FAR if deed else _OUTSIDE) else "unsure", score


def read_cues(known: Knowledge) -> Cues:
    """Read the cues of `scope.yaml`."""
    raw = read_yaml(FOLDER / "scope.yaml")
    reader = CueReader(known.lexicon, raw["groups"])
    return Cues(
        reader.cues(raw["inside"]), reader.cues(raw["outside"]), reader.cues(raw["information"]),
        reader.cue("/".join(raw["asks_for_facts"])), reader.cue("/".join(raw["concerns_somebody"])),
    )  # fmt: skip


@lru_cache(maxsize=1)
def scope() -> Scope:
    """The scope that ships with the package."""
    return Scope(read_cues(knowledge()), read_linear(FOLDER / "trained_scope.txt"))
