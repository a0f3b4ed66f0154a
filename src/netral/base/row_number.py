"""A primary key of whole numbers that we give; a row without one is a mistake of ours."""

from __future__ import annotations

from typing import Any

from django.db import models


class RowNumberField(models.BigIntegerField[int, int]):
    """As BigIntegerField, 64 bits on both; on SQLite the number is the place of the row itself.

    SQLite does that for keys declared as exactly ``integer``; for any other word it keeps an index
    of its own beside the table, which each row costs a second entry.
    It would also number a row that comes without: whoever inserts gives the number, always.
    Source: sqlite.org, "CREATE TABLE", section 5 (rowids and the INTEGER PRIMARY KEY).
    """

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)

    def rel_db_type(self, connection: Any) -> str | None:
        return self.db_type(connection)
