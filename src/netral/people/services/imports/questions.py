"""What only the whole file can tell: doubles, people it does not name, possible new numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from django.db import transaction

from netral.base import bulk
from netral.people.intake.problems import Problem
from netral.people.models import Import, RowAction
from netral.people.services.imports import sql

MOST_CANDIDATES = 20
_STATUSES = {
    Import.Scope.FULL: "1 = 1",
    Import.Scope.FULL_ASN: "o.status IN ('pns', 'cpns', 'pppk', 'pppk_part_time')",
    Import.Scope.FULL_NON_ASN: "o.status = 'non_asn'",
}


def ask(source: Import, *, has_people: bool) -> list[Problem]:
    """Turns doubtful rows into questions and stages the missing; returns what it found."""
    if not has_people:
        return []
    problems: list[Problem] = []
    with transaction.atomic():
        problems += _doubles(source)
        for code, statement in (
            ("number_given", sql.NUMBER_GIVEN),
            ("number_changed", sql.NUMBER_CHANGED),
            ("same_name_elsewhere", sql.SAME_NAME_ELSEWHERE),
        ):
            problems += _questions(source, code, statement)
        _stage_missing(source)
    return problems


def stage_missing_anew(source: Import) -> None:
    """After an answer was changed: whoever no row means any more is missing again."""
    with transaction.atomic():
        source.rows.filter(action=RowAction.MISSING).delete()
        _stage_missing(source)


def _doubles(source: Import) -> list[Problem]:
    key = source.pk.hex
    found = bulk.fetch(sql.SAME_PERSON_TWICE, [key, key])
    bulk.run_many(
        "UPDATE people_importrow SET action = 'bad' WHERE id = %s", [(row[0],) for row in found]
    )
    return [
        Problem(sheet, line, "", name, "person_twice_in_file", {"sheet": of, "line": at})
        for _id, sheet, line, name, of, at in found
    ]


def _questions(source: Import, code: str, statement: str) -> list[Problem]:
    key, government = source.pk.hex, source.government_id.hex
    candidates: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for row_id, sheet, line, value, person in bulk.fetch(statement, [government, key, key]):
        candidates[row_id, sheet, line, value].append(str(bulk.hexed(person)))
    bulk.run_many(
        "UPDATE people_importrow SET action = 'ask', person_id = NULL, question = %s, "
        "candidates = %s WHERE id = %s",
        [
            (code, json.dumps(people[:MOST_CANDIDATES]), row[0])
            for row, people in candidates.items()
        ],
    )
    return [Problem(sheet, line, "", value, code, {}) for _id, sheet, line, value in candidates]


def _stage_missing(source: Import) -> None:
    if source.scope not in _STATUSES:
        return
    key, government = source.pk.hex, source.government_id.hex
    statement = sql.STAGE_MISSING.format(
        false=sql.false(), statuses=_STATUSES[Import.Scope(source.scope)]
    )
    becomes = json.dumps({"left_on": source.effective_on.isoformat()}, separators=(",", ":"))
    bulk.run(statement, [key, becomes, key, key, government])
