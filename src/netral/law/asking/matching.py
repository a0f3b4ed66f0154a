"""Which act a question means: likeness to the words and example questions of every act.

Every example is a bag of features: roots, pairs of roots, pieces of words, and the facts and kinds
of conduct that the cues find in it. A question is compared with all of them; an act scores by its
nearest examples and by how well its own definition agrees with what was told.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from netral.law.asking.cues import Line
from netral.law.asking.knowledge import Knowledge, knowledge, told
from netral.law.asking.shapes import Given
from netral.law.asking.texts import examples_of
from netral.law.library import Library, library

_IDLE = frozenset(
    """yang di ke dari dan atau untuk dengan pada itu ini saya kamu anda kami kita dia mereka apa
    apakah boleh bisa tidak kalau jika ya kan sih kok dong deh nih tuh lah kah pun juga lagi sudah
    belum akan mau ada adalah dalam oleh sebagai karena agar supaya tapi tetapi saja cuma hanya
    begitu begini bagaimana mengapa kapan siapa mana berapa pns asn pppk cpns pegawai negeri sipil
    bu ibu admin tolong mohon terima selamat pagi siang sore kak gan halo assalamualaikum
    aman bahaya kena sanksi dilarang langgar pelanggaran masih tetap punya jadi nah terus si
    the a an of is i my to in on for it be do or and at if am are we as with was does""".split()
)

_NAMED, _EXCLUDED = 0.25, 0.6
# How much a told fact speaks against an act that means the opposite.
_CLASH = {
    "relation": 0.15, "active": 0.25, "service_attributes": 0.25, "party_attributes": 0.2,
    "facilities": 0.2, "mobilises": 0.2, "visibility": 0.15, "account": 0.15, "beside": 0.15,
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


@dataclass(frozen=True, slots=True)
class Told:
    """A question with everything the cues found in it."""

    line: Line
    given: tuple[Given, ...]
    conduct: frozenset[str]
    named: frozenset[str]
    excluded: frozenset[str]
    features: Mapping[str, float]


def tell(text: str, known: Knowledge) -> Told:
    """Read a text into features."""
    line = known.line(text)
    given, conduct = known.given(line), known.conducts(line)
    named = frozenset(told(known.acts, line))
    excluded = frozenset(told(known.excluded, line))
    return Told(line, given, conduct, named, excluded, _features(line, given, conduct))


def content(line: Line) -> list[str]:
    """The roots that carry meaning."""
    return [word.root for word in line.words if word.root not in _IDLE]


def _features(line: Line, given: Iterable[Given], conduct: Iterable[str]) -> dict[str, float]:
    roots = content(line)
    found: dict[str, float] = {}
    for root in roots:
        found[root] = 1.0
        if len(root) > 4:
            for start in range(len(root) - 2):
                found["#" + root[start : start + 4]] = 0.35
    for first, second in itertools.pairwise(roots):
        found[f"{first} {second}"] = 0.8
    for item in given:
        if item.fact not in ("status", "phase"):
            found[f"{item.fact}={item.value}"] = 0.8
    for name in conduct:
        found[f"conduct={name}"] = 1.2
    return found


class Matcher:
    """The trained comparison. Build it with `matcher()`, or with fewer examples in a test."""

    def __init__(self, law: Library, known: Knowledge, examples: Mapping[str, list[str]]) -> None:
        self._law, self._known = law, known
        bags = [
            (act, tell(text, known).features) for act, texts in examples.items() for text in texts
        ]
        seen = Counter(feature for _, bag in bags for feature in bag)
        count = len(bags)
        self._idf = {name: math.log(1 + count / number) for name, number in seen.items()}
        self._acts = [act for act, _ in bags]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._centres: dict[str, dict[str, float]] = defaultdict(dict)
        self._train(bags)

    def _train(self, bags: list[tuple[str, Mapping[str, float]]]) -> None:
        sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for number, (act, bag) in enumerate(bags):
            weighted = self._weigh(bag)
            for name, weight in weighted.items():
                self._postings[name].append((number, weight))
                sums[act][name] += weight
        for act, total in sums.items():
            length = math.sqrt(sum(weight * weight for weight in total.values())) or 1.0
            for name, weight in total.items():
                self._centres[name][act] = weight / length

    def _weigh(self, bag: Mapping[str, float]) -> dict[str, float]:
        """The bag by rarity, brought to length one."""
        raw = {name: value * self._idf.get(name, 0.0) for name, value in bag.items()}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {name: value / length for name, value in raw.items() if value}

    def scores(self, question: Told) -> tuple[dict[str, float], float]:
        """A score for every act, higher is nearer, and the likeness to the nearest example."""
        weighted = self._weigh(question.features)
        near: list[float] = [0.0] * len(self._acts)
        centre: dict[str, float] = defaultdict(float)
        for name, value in weighted.items():
            for number, weight in self._postings.get(name, ()):
                near[number] += value * weight
            for act, weight in self._centres.get(name, {}).items():
                centre[act] += value * weight
        best: dict[str, float] = defaultdict(float)
        for number, likeness in enumerate(near):
            act = self._acts[number]
            if likeness > best[act]:
                best[act] = likeness
        scores = {
            act: 0.5 * best[act]
            + 0.5 * centre[act]
            + self._agreement(act, question)
            + (_NAMED if act in question.named else 0.0)
            - (_EXCLUDED if act in question.excluded else 0.0)
            for act in self._law.acts
        }
        return scores, max(near, default=0.0)

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


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """The matcher over the law that ships with the package."""
    law = library()
    return Matcher(law, knowledge(), examples_of(law))
