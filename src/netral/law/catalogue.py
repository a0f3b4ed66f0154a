"""Finding acts by words."""

from __future__ import annotations

from netral.law.acts import Act
from netral.law.library import Library


def search_acts(library: Library, query: str) -> list[Act]:
    """Acts that contain every word of the query, those with hits in the name first."""
    wanted = query.casefold().split()
    scored = []
    for act in library.acts.values():
        name = f"{act.id} {act.name.id} {act.name.en}".casefold()
        text = " ".join(
            (name, *act.synonyms, *act.phrases, *act.phrases_en, act.about.id, act.about.en)
        ).casefold()
        if all(word in text for word in wanted):
            scored.append((-sum(word in name for word in wanted), act))
    return [act for _, act in sorted(scored, key=lambda item: item[0])]
