"""Questions to try, out of the catalogue: one each from different corners of it."""

from __future__ import annotations

from netral.law import library

SHOWN = ("like", "listed_pose", "rally_passive", "added_to_group", "vote")


def examples(language: str, names: tuple[str, ...] = SHOWN) -> list[str]:
    """The first way in which people ask about each act, in one language."""
    acts = [library().act(name) for name in names]
    is_english = language.startswith("en")
    return [(act.phrases_en if is_english and act.phrases_en else act.phrases)[0] for act in acts]
