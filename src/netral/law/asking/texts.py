"""The texts that show what people call an act, and what they ask beside the subject."""

from __future__ import annotations

from functools import lru_cache

from netral.law.asking.knowledge import FOLDER
from netral.law.library import Library
from netral.law.loading.reader import read_texts, read_yaml


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
    """More questions by act, from all `phrases*.yaml`."""
    found: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("phrases*.yaml")):
        for act, texts in read_yaml(path).items():
            found.setdefault(act, []).extend(texts)
    return found


@lru_cache(maxsize=1)
def outside_phrases() -> tuple[str, ...]:
    """Questions that are no matter of neutrality, from `scope.yaml` and all `outside*.yaml`."""
    found: list[str] = list(read_yaml(FOLDER / "scope.yaml")["background"])
    for path in sorted(FOLDER.glob("outside*.yaml")):
        found.extend(read_texts(path))
    return tuple(found)
