"""The reminder before the group photo; facts and sources stand in ``data/group_photo.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language

_FILE = Path(__file__).parents[1] / "data/group_photo.yaml"


@dataclass(frozen=True)
class PhotoReminder:
    """In the language of the page."""

    stand: str
    hands: str
    because: str


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return facts


def photo_reminder() -> PhotoReminder:
    language = "en" if (get_language() or "id").startswith("en") else "id"
    facts = _facts()
    return PhotoReminder(*(facts[part][language] for part in ("stand", "hands", "because")))
