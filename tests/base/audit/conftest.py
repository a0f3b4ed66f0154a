"""A log of its own for each test, and deeds to put into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from netral.base.audit import kinds
from netral.base.ids import new_id
from netral.tlog.entries import Content

NOW = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)


class Deeds:
    """Rows of an invented feature, kept in memory: ``test`` deeds with a text and a person."""

    def __init__(self) -> None:
        self.rows: dict[UUID, Content] = {}

    def make(self, text: str = "sesuatu", person: UUID | None = None) -> UUID:
        key = new_id()
        self.rows[key] = Content({"text": text}, {"person": str(person or new_id())})
        return key

    def contents(self, references: Collection[UUID]) -> Mapping[UUID, Content]:
        return {key: self.rows[key] for key in references if key in self.rows}

    def count(self) -> int:
        return len(self.rows)


@pytest.fixture
def deeds() -> Iterator[Deeds]:
    found = Deeds()
    kinds.register_kind(kinds.Kind("test", found.contents, found.count))
    yield found
    del kinds._kinds["test"]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, own_log: Path) -> Path:
    settings.PUBLIC_URL = "https://netral.contoh.example"
    return own_log
