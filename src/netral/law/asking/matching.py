"""Which act a question means: a trained comparison, the act's own definition, and cues.

The comparison has been trained on the names and example questions of all acts
(`bench/ask/train.py`); how well an act's definition agrees with what was told, and what speaks
against it almost by itself, counts beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from netral.law.asking.features import Told
from netral.law.asking.knowledge import FOLDER
from netral.law.asking.linear import Linear, read_linear
from netral.law.asking.newcomers import Newcomers
from netral.law.library import Library, library

_EXCLUDED, _AGREES = 0.5, 0.35
_OF_A_SPOUSE = 1.0  # against what is open to a husband or wife alone, where none was spoken of
_OF_ONESELF = 1.0  # against running oneself, where it was told of somebody else
# How much a told fact speaks against an act that means the opposite.
_CLASH = {
    "relation": 0.15, "active": 0.25, "service_attributes": 1.0, "party_attributes": 0.6,
    "facilities": 0.5, "mobilises": 0.4, "visibility": 0.15, "account": 0.15, "beside": 0.15,
    "post": 0.1, "race": 0.2, "event": 0.15, "stance": 0.1, "duty": 0.25, "gesture": 0.2,
}  # fmt: skip
# What makes an act special: without a word about it another act is meant.
_SPECIAL: dict[tuple[str, str], float] = {
    ("relation", "spouse"): 0.3, ("relation", "relative"): 0.15, ("relation", "self"): 0.1,
    ("conduct", "household"): 0.1, ("account", "organiser"): 0.3, ("account", "news"): 0.15,
    ("account", "party"): 0.15, ("event", "debate"): 0.2, ("event", "party"): 0.1,
    ("event", "declaration"): 0.1, ("event", "campaign"): 0.04, ("post", "acting_head"): 0.2,
    ("mobilises", "yes"): 0.03, ("service_attributes", "yes"): 0.1, ("facilities", "yes"): 0.03,
    ("duty", "yes"): 0.05, ("gesture", "partisan"): 0.05, ("beside", "team"): 0.05,
    ("stance", "belittle"): 0.1,
}  # fmt: skip


class Matcher:
    """Scores every act. Build it with `matcher()`, or with another comparison in a test."""

    def __init__(self, law: Library, trained: Linear) -> None:
        self._law, self._trained = law, trained
        self._newcomers = Newcomers(law, trained)
        self._of_spouses = _of_relation(law, "spouse")
        self._of_oneself = _of_relation(law, "self")

    def scores(self, question: Told) -> dict[str, float]:
        """A score for every act, higher is nearer."""
        near = dict(
            zip(self._trained.classes, self._trained.scores(question.features), strict=True)
        )
        near |= self._newcomers.scores(question.features)
        return {
            act: near.get(act, 0.0)
            + _AGREES * self._agreement(act, question)
            - (_EXCLUDED if act in question.excluded else 0.0)
            - (_OF_A_SPOUSE if act in self._of_spouses and not _has_spouse(question) else 0.0)
            - (_OF_ONESELF if act in self._of_oneself and _is_of_another(question) else 0.0)
            for act in self._law.acts
        }

    def _agreement(self, act: str, question: Told) -> float:
        """How the act's own definition agrees with the facts and the conduct that were told."""
        given = self._law.acts[act].given
        score = 0.0
        wanted = given.get("conduct", ())
        if question.conduct:
            score += 0.12 if question.conduct.intersection(wanted) else -0.12
        if "household" in question.conduct and "household" not in wanted:
            score -= 0.5
        for item in question.given:
            values = given.get(item.fact)
            if values is not None:
                score += 0.05 if item.value in values else -_CLASH.get(item.fact, 0.1)
        return score - self._unsupported(given, question)

    def _unsupported(self, given: Mapping[str, tuple[str, ...]], question: Told) -> float:
        """What the act needs and the question does not speak of."""
        told = {(item.fact, item.value) for item in question.given}
        facts = {item.fact for item in question.given}
        told |= {("conduct", name) for name in question.conduct}
        kin = given.get("relation")
        alone = 0.15 if kin == ("spouse", "relative") and "relation" not in facts else 0.0
        return alone + sum(
            weight
            for (fact, value), weight in _SPECIAL.items()
            if given.get(fact) == (value,) and (fact, value) not in told
        )


def _has_spouse(question: Told) -> bool:
    """Whether the candidate is the husband or wife of who asks, as far as the words tell."""
    return any((item.fact, item.value) == ("relation", "spouse") for item in question.given)


def _is_of_another(question: Told) -> bool:
    """Whether somebody else is the candidate, as far as the words tell."""
    told = {item.value for item in question.given if item.fact == "relation"}
    return bool(told) and "self" not in told


def _of_relation(law: Library, relation: str) -> frozenset[str]:
    """The acts of those who stand to the candidate in this one relation."""
    return frozenset(
        name for name, act in law.acts.items() if act.given.get("relation") == (relation,)
    )


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """The matcher over the law that ships with the package."""
    return Matcher(library(), read_linear(FOLDER / "trained_acts.txt"))
