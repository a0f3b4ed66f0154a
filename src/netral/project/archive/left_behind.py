"""Signatures that are here and not in the backup that takes the place of what is here.

Whoever gave one holds a receipt, and nothing else would say that it is gone: the log of the backup
is whole by itself, and signatures that waited for their seal were in no log that anybody saw.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any, NamedTuple

from django.db import DatabaseError, connection

from netral.base import bulk

FILE = "signatures-not-in-the-backup.csv"
COLUMNS = ("receipt", "recorded_at", "ceremony", "name")
# Columns that every version has had: the database may be older than this code.
_QUERY = """
SELECT signature.receipt_code, signature.recorded_at, ceremony.title, person.name
  FROM pledges_signature signature
  JOIN pledges_ceremony ceremony ON ceremony.id = signature.ceremony_id
  JOIN people_person person ON person.id = signature.person_id
"""
Signatures = dict[str, bulk.Row]


class LeftBehind(NamedTuple):
    number: int
    listed_in: Path


def signatures_here() -> Signatures:
    """By receipt code. Empty where there are none, or where nobody could read them any more."""
    return {str(row[0]): row for row in _rows(_QUERY)}


def _rows(query: str) -> list[tuple[Any, ...]]:
    if "pledges_signature" not in connection.introspection.table_names():
        return []
    try:
        return bulk.fetch(query)
    except DatabaseError:
        return []  # damaged: what the backup is for


def left_behind(before: Signatures, folder: Path) -> LeftBehind | None:
    """Lists in ``folder`` those of ``before`` that are not here now; None when all are."""
    if not before:
        return None
    now = {str(code) for (code,) in _rows("SELECT receipt_code FROM pledges_signature")}
    lacking = [row for code, row in before.items() if code not in now]
    if not lacking:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        csv.writer(file).writerows([COLUMNS, *sorted(lacking, key=lambda row: str(row[1]))])
    return LeftBehind(len(lacking), path)
