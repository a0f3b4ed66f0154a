"""Which test left a session of PostgreSQL open: looked at after each one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

_OTHERS = """
SELECT pid, application_name, state, left(query, 200) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> %s
AND backend_type = 'client backend'
"""
PATIENCE = 3.0
"""Seconds for a session that was closed to be gone."""


class Sessions:
    """A plugin of pytest with a session of its own, which Django knows nothing of."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        own = connection.copy()
        own.connect()
        self._asking = own.connection
        self._last = ""
        self._first_after: dict[int, str] = {}
        """Server process of a session → the first test after which it was still there."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        """After the last fixture of the test is taken down; of the last test, all of them."""
        self._last = item.nodeid
        yield
        if self._asking.closed:
            return
        for pid, *_ in self._others():
            self._first_after.setdefault(pid, item.nodeid)

    def left(self) -> list[str]:
        """Ends what is still there, and says of each since which test it was.

        After its last test Django closes its own session, and PostgreSQL takes a moment to end the
        process of it: that looked like a session somebody had left.
        """
        found, waited_enough = [], time.monotonic() + PATIENCE
        while self._others() and time.monotonic() < waited_enough:
            time.sleep(0.05)
        for pid, *facts in self._others():
            found.append(f"{facts}, there since {self._first_after.get(pid, self._last)}")
            self._asking.execute("SELECT pg_terminate_backend(%s)", [pid])
        self._asking.close()
        return found

    def _others(self) -> list[tuple[Any, ...]]:
        django = self.connection.connection
        mine = 0 if django is None or django.closed else django.info.backend_pid
        return list(self._asking.execute(_OTHERS, [mine]).fetchall())
