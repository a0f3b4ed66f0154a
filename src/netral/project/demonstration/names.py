"""Names for invented people, put together from parts by chance."""

from __future__ import annotations

import random
from functools import lru_cache
from typing import Any

import yaml

from netral.project.demonstration.units import DATA


@lru_cache(maxsize=1)
def _groups() -> tuple[list[dict[str, Any]], list[int]]:
    groups = yaml.safe_load((DATA / "names.yaml").read_text("utf-8"))
    return groups, [group["weight"] for group in groups]


def make_name(rng: random.Random, sex: str) -> str:
    """A name of one to three parts, all from one part of the country. ``sex``: ``L`` or ``P``."""
    groups, weights = _groups()
    group = rng.choices(groups, weights)[0]
    given = rng.choice(group["male" if sex == "L" else "female"])
    second, family = _words(group, "second", sex), _words(group, "family", sex)
    draw = rng.random()
    if draw < 0.02 and " " not in given:
        return str(given)
    if draw < 0.55:
        return f"{given} {rng.choice(family)}"
    return f"{given} {rng.choice(second)} {rng.choice(family)}"


def _words(group: dict[str, Any], part: str, sex: str) -> list[str]:
    """Men bear the common words only; women these and their own."""
    words: list[str] = group[part]
    return words if sex == "L" else words + group.get(f"female_{part}", [])
