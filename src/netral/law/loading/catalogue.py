"""Reads the catalogue of acts."""

from __future__ import annotations

from typing import Any

from netral.law.acts import GROUPS, Act
from netral.law.errors import DataError
from netral.law.facts import Vocabulary
from netral.law.loading.reader import Entry, value_name

_ACT_KEYS = {
    "name", "about", "given", "safe", "ask", "ask_en", "words", "see_also", "cites",
}  # fmt: skip


def read_act(group: str, key: str, raw: Any, facts: Vocabulary) -> Act:
    """One act; `ask` and `ask_en` are example questions, `words` single words people use."""
    required = {"name", "about", "given", "safe", "ask", "ask_en", "words"}
    entry = Entry.of(f"act {key}", raw, _ACT_KEYS, required)
    if group not in GROUPS:
        raise DataError(f"{entry.place}: unknown group '{group}'; use one of: {', '.join(GROUPS)}")
    return Act(
        id=key,
        group=group,
        name=entry.words("name"),
        about=entry.words("about"),
        given=_given(entry, facts),
        safe=entry.words("safe"),
        phrases=entry.texts("ask"),
        phrases_en=entry.texts("ask_en"),
        synonyms=entry.texts("words"),
        see_also=entry.texts("see_also"),
        cites=entry.texts("cites"),
    )


def _given(entry: Entry, facts: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The facts fixed by the act; `conduct` takes a list, every other fact one value or a list."""
    given: dict[str, tuple[str, ...]] = {}
    for name, raw in entry.data["given"].items():
        values = tuple(value_name(item) for item in (raw if isinstance(raw, list) else [raw]))
        for value in values:
            if (name, value) not in facts.bits:
                raise DataError(f"{entry.place}: {facts.explain(name, value)}")
        given[name] = values
    if "conduct" not in given:
        raise DataError(f"{entry.place}: 'given' must say what the conduct is")
    return given
