"""How far the applying has come, told while its transaction is still open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from netral.people.models import Import

_TELL = "UPDATE people_import SET progress_done = %s WHERE id = %s AND state = %s"


@contextmanager
def reported(source: Import) -> Iterator[Callable[[int], None]]:
    """Gives ``report(rows done)``, which others can read at once.

    It needs a second connection, because the first one commits only at the end. SQLite has one
    writer at a time, so nothing is told there; applying takes it a second.
    """
    if connection.vendor == "sqlite":
        yield lambda done: None
        return
    beside = connection.copy()

    def report(done: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(
                _TELL, [min(done, source.progress_total), source.pk, Import.State.APPLYING.value]
            )

    try:
        yield report
    finally:
        beside.close()
