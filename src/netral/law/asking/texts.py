"""The texts that show what people call an act."""

from __future__ import annotations

from netral.law.library import Library


def examples_of(law: Library) -> dict[str, list[str]]:
    """Name, description, single words and example questions of every act."""
    return {
        name: [
            act.name.id, act.name.en, act.about.id, " ".join(act.synonyms),
            *act.phrases, *act.phrases_en,
        ]
        for name, act in law.acts.items()
    }  # fmt: skip
