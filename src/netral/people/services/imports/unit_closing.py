"""Units that a full tree no longer names: proposed for closing when empty, never dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Greatest

from netral.people.intake.problems import Problem
from netral.people.models import HeadOfUnit, Import, ImportUnit, Posting, RowAction, Unit
from netral.people.services.changes import as_json
from netral.people.services.imports.unit_plan import UnitNode, UnitPlan

NAMED = 3
"""So many of those who are still in a unit are named."""


def propose(
    source: Import, plan: UnitPlan, seen: set[str]
) -> tuple[list[tuple[UnitNode, str, str]], list[Problem]]:
    """(unit, what was, what becomes) of the empty ones, and a problem for each other one.

    ``seen``: keys of the units that the file names.
    """
    gone = {
        key: node
        for key, node in plan.nodes.items()
        if key not in seen and not node.is_new and not node.closed
    }
    people = _people_in(source, gone)
    below: dict[str | None, list[str]] = defaultdict(list)
    for key, node in plan.nodes.items():
        if not node.closed:
            below[node.parent].append(key)
    stays: dict[str, bool] = {}

    def must_stay(key: str) -> bool:
        if key not in gone:
            return True
        if key not in stays:
            stays[key] = key in people or any(must_stay(child) for child in below[key])
        return stays[key]

    used = [key for key in gone if must_stay(key)]
    before = as_json({"closed_on": None})
    after = as_json({"closed_on": source.effective_on})
    closing = [(node, before, after) for key, node in gone.items() if not stays[key]]
    return closing, [_problem(source, gone[key], people.get(key, 0), below[key]) for key in used]


def close(source: Import, staged: Iterable[ImportUnit]) -> None:
    """Closes them on the day that the file describes, and ends who headed them."""
    keys = [unit.unit_id for unit in staged if unit.unit_id]
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        Unit.objects.filter(pk__in=part).update(
            closed_on=Greatest("opened_on", source.effective_on)
        )
        HeadOfUnit.objects.filter(unit__in=part, valid_to=None).update(
            valid_to=Greatest("valid_from", source.effective_on)
        )


def is_in_use_again(source: Import) -> bool:
    """Whether somebody came into a unit since it was proposed for closing."""
    closing = source.units.filter(action=RowAction.MISSING).values("unit_id")
    return source.close_missing and Posting.objects.filter(valid_to=None, unit__in=closing).exists()


def _people_in(source: Import, gone: dict[str, UnitNode]) -> dict[str, int]:
    if not gone:
        return {}
    current = Posting.objects.filter(valid_to=None, unit__government=source.government_id)
    counted = current.values_list("unit_id").annotate(count=Count("id"))
    return {unit.hex: count for unit, count in counted if unit.hex in gone}


def _problem(source: Import, node: UnitNode, people: int, below: list[str]) -> Problem:
    current = Posting.objects.filter(valid_to=None, unit=UUID(node.id))
    names = list(current.order_by("person__name").values_list("person__name", flat=True)[:NAMED])
    code = "unit_still_has_people" if people else "unit_still_has_units"
    details: dict[str, str | int] = {
        "people": people, "who": ", ".join(names), "units": len(below),
    }  # fmt: skip
    return Problem("", 0, "", node.name[:200], code, details)
