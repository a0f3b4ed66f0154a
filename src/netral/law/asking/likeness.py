"""How alike two questions are, and in which facts they contradict each other.

Not which act is meant: two reviewers may have answered what no act of the catalogue names. What
counts are the words that carry meaning, each the more the fewer acts of the catalogue use it, so
that "calon" proves nothing and "gudang" much. Nothing is trained: the same two questions stay as
alike as they are until words or acts of the data change.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from netral.law.asking.features import content, tell
from netral.law.asking.knowledge import knowledge
from netral.law.library import library

REMEMBERED = 2_000
_SHORTEST_PIECE = 5
"""Letters of a word that is looked for inside a longer one: "kicau" in "berkicau"."""
_DENIALS = frozenset(("tidak", "tanpa", "bukan", "belum", "jangan", "tolak"))
# What one asks for, not about.
_ASKED_FOR = frozenset("pidana sanksi hukum hukuman salah benar izin penjara denda pecat".split())
_ANY_ASN = frozenset(("ASN", "PNS", "CPNS", "PPPK", "PPPK_PW"))


@dataclass(frozen=True, slots=True)
class Content:
    """What a question says: roots of its words, the facts and the conduct that cues found in it,
    and whether it denies something."""

    roots: tuple[str, ...]
    facts: Mapping[str, str]
    conduct: frozenset[str]
    denies: bool


@lru_cache(maxsize=REMEMBERED)
def content_of(text: str) -> Content:
    """Reads a text that is public. It is remembered for a while; what a stranger asks is not to be:
    ``read_content``."""
    return read_content(text)


def read_content(text: str) -> Content:
    """Reads a text; nothing of it is kept."""
    found = tell(text, knowledge())
    return Content(
        roots=tuple(dict.fromkeys(r for r in content(found.line) if r not in _ASKED_FOR)),
        facts={item.fact: item.value for item in found.given},
        conduct=found.conduct,
        denies=any(word.root in _DENIALS for word in found.line.words),
    )


def likeness(one: Content, other: Content) -> float:
    """From 0, nothing in common, to 1, the same words: the harmonic mean of how much of each the
    other says too. A short question is not like a long one that also holds its words."""
    first, second = _share(one.roots, other.roots), _share(other.roots, one.roots)
    return 2 * first * second / (first + second) if first + second else 0.0


def contradictions(one: Content, other: Content) -> frozenset[str]:
    """The facts that both tell, otherwise; with "conduct" and "denial" among the names."""
    found = {
        fact for fact, value in one.facts.items()
        if fact in other.facts and not _agree(fact, value, other.facts[fact])
    }  # fmt: skip
    if one.conduct and other.conduct and not one.conduct & other.conduct:
        found.add("conduct")
    if one.denies != other.denies:
        found.add("denial")
    return frozenset(found)


def weight(root: str) -> float:
    """1 for a word no act of the catalogue uses, about 0 for one that nearly all use."""
    return _rarities().get(root, 1.0)


def _agree(fact: str, value: str, other: str) -> bool:
    if value == other:
        return True
    return fact == "status" and "ASN" in (value, other) and {value, other} <= _ANY_ASN


def _share(wanted: Iterable[str], there: Iterable[str]) -> float:
    """How much of ``wanted``, weighed, stands in ``there`` too."""
    held, total, known = 0.0, 0.0, tuple(there)
    for root in wanted:
        total += weight(root)
        held += weight(root) if any(_is_same(root, one) for one in known) else 0.0
    return held / total if total else 0.0


def _is_same(one: str, other: str) -> bool:
    """The same word, or one that stands whole in the other where an affix was not known."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= _SHORTEST_PIECE and short in long)


@lru_cache(maxsize=1)
def _rarities() -> Mapping[str, float]:
    acts, read = library().acts.values(), knowledge().lexicon.read
    counts: Counter[str] = Counter()
    for act in acts:
        text = " ".join((act.name.id, act.about.id, *act.phrases))
        counts.update({word.root for word in read(text)})
    most = math.log(2 * (len(acts) + 1))
    return {
        root: math.log((len(acts) + 1) / (times + 0.5)) / most for root, times in counts.items()
    }
