"""Precedents that may answer a question already: about the same act, or in nearly its words."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from netral.guidance.models import Consultation
from netral.guidance.queries.consultations import for_act, roots, search
from netral.law import library
from netral.law.asking import understand

SURE = 0.4
"""The share of all readings from which an act counts as meant, as if it were named."""
IN_MANY = 12
"""A word that so many acts of the catalogue use tells none of them from another: "calon"."""
MOST = 5


def alike(text: str, *, besides: Consultation | None = None) -> list[Consultation]:
    """Published precedents, those about the act that was asked first; none when none comes near.

    A word in common is not enough: at least two, and half of those that say something.
    """
    wanted = set(roots(text)) - _in_many_acts()
    found = [one for act in _meant(text) for one in for_act(act)]
    for one in search(" ".join(wanted)):
        shared = wanted & set(one.search_words.split())
        if len(shared) >= max(2, len(wanted) / 2) and not one.withdrawn_at:
            found.append(one)
    once = {one.pk: one for one in found if besides is None or one.pk != besides.pk}
    return list(once.values())[:MOST]


def _meant(text: str) -> list[str]:
    read = understand(text)
    sure = [item.act for item in read.readings if item.score >= SURE]
    return list(dict.fromkeys((*read.meant, *sure))) if sure else []


@lru_cache(maxsize=1)
def _in_many_acts() -> frozenset[str]:
    counts: Counter[str] = Counter()
    for act in library().acts.values():
        counts.update(set(roots(" ".join((act.name.id, act.about.id, *act.phrases)))))
    return frozenset(word for word, times in counts.items() if times >= IN_MANY)
