"""One hall of Dinas A whose ceremony is open, and the real server for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.people.register.factories import make_government, make_unit
from tests.pledges.factories import Hall, make_hall
from tests.pledges.server import Server, desk_alone, running


@pytest.fixture
def hall() -> Hall:
    return make_hall(units=[make_unit(make_government(), "Dinas A")])


@pytest.fixture
def server(hall: Hall, process_environment: dict[str, str]) -> Iterator[Server]:
    with running(process_environment) as server:
        yield server


@pytest.fixture(params=[running, desk_alone], ids=["beside the pages", "alone"])
def front(
    request: pytest.FixtureRequest, hall: Hall, process_environment: dict[str, str]
) -> Iterator[Server]:
    """What answers ``POST /t/…``: the desk beside the pages, or alone."""
    with request.param(process_environment) as server:
        yield server
