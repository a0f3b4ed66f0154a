"""One demonstration for all tests that only look at it: built once, rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from netral.elections.calendars import forget_calendars
from netral.project.demonstration.build import DemoSummary, build

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)
SIZE = 1800


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DemoSummary]:
    """A demonstration of 1,800 people, with the database open for looking at it."""
    folder = tmp_path_factory.mktemp("demo")
    forget_calendars()
    in_demo = override_settings(DEMO=True, VAR_DIR=folder)
    with django_db_blocker.unblock(), in_demo, transaction.atomic():
        yield build(size=SIZE, now=NOW, report=lambda _line: None)
        transaction.set_rollback(True)
    forget_calendars()
