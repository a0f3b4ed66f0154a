"""Writes the units of an import: new ones, renamed and moved ones, and their closure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from netral.base import bulk
from netral.people import rules
from netral.people.folding import matching_key
from netral.people.models import (
    Change,
    HeadOfUnit,
    Import,
    ImportUnit,
    RowAction,
    Unit,
    UnitAncestor,
)
from netral.people.services import heads
from netral.people.services.imports import unit_closing

_WRITTEN = (RowAction.CREATE, RowAction.CHANGE, RowAction.MOVE)


def write_units(source: Import, now: datetime) -> bool:
    """Creates and changes what was staged; ``True`` when there was anything."""
    written = (*_WRITTEN, RowAction.MISSING) if source.close_missing else _WRITTEN
    staged = list(ImportUnit.objects.filter(source=source, action__in=written).order_by("id"))
    if not staged:
        return False
    fresh = [unit for unit in staged if unit.action == RowAction.CREATE]
    known = Unit.objects.in_bulk([unit.unit_id for unit in staged])
    _create(source, _parents_first(fresh))
    closing = [unit for unit in staged if unit.action == RowAction.MISSING]
    for unit in staged:
        if unit.unit_id in known and unit.action != RowAction.MISSING:
            _change(known[unit.unit_id], unit)
    unit_closing.close(source, closing)
    renew_closure(source)
    bulk.learn_if_many(len(fresh), "people_unit", "people_unitancestor")
    Change.objects.bulk_create(_change_line(source, unit, now) for unit in staged)
    return True


def end_headships(source: Import, now: datetime) -> None:
    """Whoever left heads no unit any more. Few people: the ordinary deed, one by one."""
    closing = [RowAction.CLOSE, *([RowAction.MISSING] if source.close_missing else [])]
    leaving = source.rows.filter(action__in=closing).values("person_id")
    current = HeadOfUnit.objects.filter(valid_to=None, person__in=leaving)
    for head in current.select_related("person").order_by("pk"):
        heads.end_headships_of(
            actor=source.actor, person=head.person, on=source.effective_on, now=now
        )


def _create(source: Import, units: list[ImportUnit]) -> None:
    Unit.objects.bulk_create(
        (
            Unit(
                id=unit.unit_id,
                government_id=source.government_id,
                parent_id=unit.parent_id,
                name=unit.name,
                name_key=matching_key(unit.name),
                external_id=unit.external_id,
                opened_on=source.effective_on,
            )
            for unit in units
        ),
        batch_size=500,
    )


def _parents_first(units: list[ImportUnit]) -> list[ImportUnit]:
    waiting = {unit.unit_id: unit for unit in units}
    ordered: list[ImportUnit] = []

    def take(unit: ImportUnit) -> None:
        if waiting.pop(unit.unit_id, None):
            if unit.parent_id in waiting:
                take(waiting[unit.parent_id])
            ordered.append(unit)

    for unit in units:
        take(unit)
    return ordered


def _change(unit: Unit, staged: ImportUnit) -> None:
    becomes = staged.values
    fields = []
    if "name" in becomes:
        unit.name, unit.name_key = becomes["name"], matching_key(becomes["name"])
        fields += ["name", "name_key"]
    if "external_id" in becomes:
        unit.external_id = becomes["external_id"]
        fields.append("external_id")
    if "parent" in becomes:
        unit.parent_id = UUID(becomes["parent"]) if becomes["parent"] else None
        fields.append("parent")
    if "closed" in becomes:
        unit.closed_on = None
        fields.append("closed_on")
    unit.save(update_fields=fields)


def renew_closure(source: Import) -> None:
    """Depths and the closure table, brought in line with the parents."""
    units = {unit.pk: unit for unit in Unit.objects.filter(government=source.government_id)}
    parents = {key: unit.parent_id for key, unit in units.items()}
    wanted = rules.closure_of(parents)
    table = UnitAncestor.objects.filter(unit__government=source.government_id)
    have: dict[tuple[Any, Any, int], int] = {
        (ancestor, unit, distance): pk
        for pk, ancestor, unit, distance in table.values_list(
            "pk", "ancestor_id", "unit_id", "distance"
        )
    }
    gone = [have[entry] for entry in have.keys() - wanted]
    for start in range(0, len(gone), 500):
        UnitAncestor.objects.filter(pk__in=gone[start : start + 500]).delete()
    UnitAncestor.objects.bulk_create(
        (
            UnitAncestor(ancestor_id=ancestor, unit_id=unit, distance=distance)
            for ancestor, unit, distance in wanted - have.keys()
        ),
        batch_size=2000,
    )
    depth = {unit: distance for _ancestor, unit, distance in sorted(wanted, key=lambda e: e[2])}
    changed = [unit for key, unit in units.items() if unit.depth != depth[key]]
    for unit in changed:
        unit.depth = depth[unit.pk]
    Unit.objects.bulk_update(changed, ["depth"], batch_size=500)


def _change_line(source: Import, unit: ImportUnit, now: datetime) -> Change:
    kinds = {
        RowAction.CREATE: Change.Kind.CREATED,
        RowAction.CHANGE: Change.Kind.CHANGED,
        RowAction.MOVE: Change.Kind.MOVED,
        RowAction.MISSING: Change.Kind.CLOSED,
    }
    assert unit.unit_id  # only BAD units have none
    return Change(
        government_id=source.government_id,
        at=now,
        actor_id=source.actor_id,
        source=source,
        subject=Change.Subject.UNIT,
        subject_id=unit.unit_id,
        kind=kinds[RowAction(unit.action)],
        before=unit.was,
        after=unit.becomes,
    )
