from __future__ import annotations

from collections.abc import Iterator

import pytest

from netral.elections.calendars import forget_calendars


@pytest.fixture(autouse=True)
def _no_calendar_of_another_test() -> Iterator[None]:
    forget_calendars()
    yield
    forget_calendars()
