from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from netral.people.models import Account, Government
from tests import append_only
from tests.people.imports import factories

append_only.install()


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Path:
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def government(db: None) -> Government:
    return factories.make_government()


@pytest.fixture
def officer(government: Government) -> Account:
    return factories.make_officer(government)
