"""The texts that show what people call an act."""

from __future__ import annotations

from functools import lru_cache

from netral.law.asking.knowledge import FOLDER
from netral.law.library import Library
from netral.law.loading.reader import read_yaml


def examples_of(law: Library) -> dict[str, list[str]]:
    """Name, description, single words and example questions of every act."""
    more = further_phrases()
    return {
        name: [
            act.name.id, act.name.en, act.about.id, " ".join(act.synonyms),
            *act.phrases, *act.phrases_en, *more.get(name, ()),
        ]
        for name, act in law.acts.items()
    }  # fmt: skip


@lru_cache(maxsize=1)
def further_phrases() -> dict[str, list[str]]:
    """More questions by act, from `phrases.yaml`."""
    return read_yaml(FOLDER / "phrases.yaml")
