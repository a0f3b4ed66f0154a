"""Finding acts, provisions and instruments by words."""

from __future__ import annotations

import re

from netral.law.acts import Act
from netral.law.citing import citation
from netral.law.instruments import Instrument, Provision
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


def search_provisions(library: Library, query: str) -> tuple[list[Provision], list[Provision]]:
    """Provisions that have every word of the query: those that are so named, first the ones that
    have the words in a row, and others that say so."""
    wanted = query.casefold().split()
    in_a_row, named, saying = list[Provision](), list[Provision](), list[Provision]()
    for item in library.provisions.values():
        names = " ".join((item.id, citation(library, item.id), citation(library, item.id, "en")))
        if wanted and _has(names, wanted):
            (in_a_row if _has(names, [" ".join(wanted)]) else named).append(item)
        elif wanted and _has(f"{names} {item.text.id} {item.text.en}", wanted):
            saying.append(item)
    return in_a_row + named, saying


def search_instruments(library: Library, query: str) -> list[Instrument]:
    """Instruments whose key, names or gazette have every word of the query."""
    wanted = query.casefold().split()
    return [item for item in library.instruments.values() if wanted and _has(_names(item), wanted)]


def _names(item: Instrument) -> str:
    """All an instrument is called."""
    told = (item.short.id, item.short.en, item.name.id, item.name.en, item.gazette or "")
    return " ".join((item.id, *told))


def _has(text: str, words: list[str]) -> bool:
    """Every word stands in the text; a number and a single letter must stand there whole, so "5"
    is not in "51" and "n" not in "dan"."""
    told = text.casefold()
    return all(re.search(_pattern(word), told) for word in words)


def _pattern(word: str) -> str:
    if len(word) == 1:
        return rf"(?<!\w){re.escape(word)}(?!\w)"
    return rf"(?<!\d){re.escape(word)}(?!\d)" if word[-1].isdigit() else re.escape(word)
