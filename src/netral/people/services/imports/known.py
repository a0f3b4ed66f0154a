"""People whom the register already knows, read by the chunk."""

from __future__ import annotations

from collections.abc import Sequence

from netral.base.bulk import fetch, hexed, wanted
from netral.people.services.imports import sql
from netral.people.services.imports.difference import Known


def known_people(government: str, column: str, values: Sequence[str]) -> list[Known]:
    """The people of a government whose ``column`` (of ``p``) is one of ``values``."""
    table, argument = wanted(values, "uuid" if column == "p.id" else "text")
    # Word for word the condition of the partial index, or SQLite does not use it.
    hint = f"AND NOT ({column} = '')" if column in {"p.number", "p.local_id"} else ""
    statement = sql.KNOWN.format(text=sql.text_type(), wanted=table, column=column, hint=hint)
    return [
        Known(hexed(row[0]), *row[1:11], hexed(row[11]), hexed(row[12]), *row[13:])  # type: ignore[call-arg]
        for row in fetch(statement, [argument, government])
    ]
