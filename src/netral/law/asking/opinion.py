"""A second opinion: what questions worded like this one usually come to.

The first opinion reads an act and lets the law judge it; it errs where the act was misread. This
one knows no act: a linear comparison weighs the words and the cues against questions whose outcome
is known. Where the two agree the answer stands. Where they do not, the surer one gives the
headline, and the nearest acts are offered instead of a verdict. This opinion never allows anything.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from netral.law.asking.features import FILLERS, Told
from netral.law.asking.knowledge import FOLDER
from netral.law.asking.linear import Linear, read_linear
from netral.law.asking.shapes import COARSE, OUT_OF_SCOPE
from netral.law.asking.words import plain

OUTCOMES = (*COARSE, OUT_OF_SCOPE)
TRUST = 0.3  # how much likelier the first opinion makes its outcome, as a logarithm
DOUBT = 0.1  # so much of this one for "forbidden" and "crime" leaves no "allowed" standing
FREE = 0.6  # how much of what this one holds free speaks for "conditional"
BESIDE = 0.56  # from here on a question is none of neutrality; both sides at their surest give 1.5
_PIECES = range(2, 6)  # letters in a piece of a word, its edges counted


@dataclass(frozen=True)
class Opinion:
    """The comparison of outcomes."""

    trained: Linear

    def scores(
        self, question: Told, *, subject: str | None = None, phase: str | None = None
    ) -> dict[str, float]:
        """How likely every coarse outcome and `out_of_scope` is; together 1."""
        bag = features(question, subject=subject, phase=phase)
        odds = [math.exp(score) for score in self.trained.scores(bag)]
        return dict(zip(self.trained.classes, (odd / sum(odds) for odd in odds), strict=True))


def features(
    question: Told, *, subject: str | None = None, phase: str | None = None
) -> dict[str, float]:
    """What the comparison sees: words, pairs, pieces of the words as typed, what the cues found,
    what was said beside the question, and which of these were found together."""
    words = [word.root for word in question.line.words if word.root not in FILLERS]
    found = {f"asks={name}": 1.5 for name in question.asks}
    found |= {f"disputes={name}": 1.0 for name in question.disputes}
    found |= {name: value for name, value in question.features.items() if "=" in name}
    told = {"subject": subject, "phase": phase}
    beside = [f"{name}:{said.casefold()}" for name, said in told.items() if said]
    seen = {f"_{word}": 0.5 for word in words}
    seen |= {f"_{first} {second}": 0.4 for first, second in itertools.pairwise(words)}
    seen |= {f"~{piece}": 0.25 for piece in _pieces(question)}
    seen |= dict.fromkeys(beside, 1.0)
    seen |= {f"{one}&{other}": 0.6 for one, other in itertools.combinations(sorted(found), 2)}
    seen |= {f"{one}&{said}": 0.45 for one in found for said in beside}
    return seen | found | dict(question.features)


def _pieces(question: Told) -> Iterator[str]:
    """Short runs of letters: they know a word in a spelling and a form that no list has."""
    typed = plain(question.text)
    for word in question.line.words:
        if word.root not in FILLERS:
            whole = f" {typed[word.start : word.end]} "
            for length in _PIECES:
                for start in range(len(whole) - length + 1):
                    yield whole[start : start + length]


def is_outside(second: Mapping[str, float], inside: float) -> bool:
    """Whether a question is none of neutrality.

    Two views add up: how likely that is by the outcomes, and, counting half, the comparison of the
    subject with everything else (`inside`, from -1 to 1).
    """
    return second[OUT_OF_SCOPE] + (1 - inside) / 4 >= BESIDE


def speaks_against(second: Mapping[str, float]) -> bool:
    """Whether a prohibition is the likeliest of all outcomes."""
    return max(second, key=lambda outcome: second[outcome]) in ("forbidden", "crime")


def weighed(first: str, second: Mapping[str, float]) -> str:
    """The outcome both opinions come to; "allowed" only if the first one says so.

    What this one holds free speaks for "conditional" too: who keeps to a condition does no wrong.
    """
    scores = {outcome: second[outcome] for outcome in COARSE}
    if first == "allowed" and scores["forbidden"] + scores["crime"] >= DOUBT:
        first = "unclear"
    scores["conditional"] += FREE * scores["allowed"]
    scores[first] *= math.exp(TRUST)
    if first != "allowed":
        del scores["allowed"]
    return max(scores, key=lambda outcome: (scores[outcome], COARSE.index(outcome)))


@lru_cache(maxsize=1)
def opinion() -> Opinion:
    """The second opinion that ships with the package."""
    return Opinion(read_linear(FOLDER / "trained_outcomes.txt"))
