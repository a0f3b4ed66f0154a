"""Stages units: those that staff rows name, and the rows of a unit tree."""

from __future__ import annotations

import json
from uuid import UUID

from django.db import transaction

from netral.base import bulk
from netral.base.ids import new_ids
from netral.people.folding import matching_key
from netral.people.intake.problems import Problem
from netral.people.intake.unit_rows import UnitRow
from netral.people.models import Import, ImportUnit, RowAction
from netral.people.services.changes import as_json
from netral.people.services.imports import unit_closing
from netral.people.services.imports.unit_plan import (
    Respelled,
    UnitNode,
    UnitPlan,
    similar_of,
)

MOST_NAMED = 3
"""So many similar units are named in a sentence; the page shows them all."""
COLUMNS = (
    "source_id", "sheet", "line", "action", "unit_id", "external_id", "name", "above", "parent_id",
    "was", "becomes", "similar_id", "candidates", "answer",
)  # fmt: skip


def stage_named(source: Import, plan: UnitPlan) -> list[Problem]:
    """The new units of a staff file, parents before children, and a warning for each."""
    fresh = [node for node in plan.nodes.values() if node.is_new]
    adopted = [node for node in plan.nodes.values() if node.adopted and not node.is_new]
    rows = [_created(source, node, plan) for node in fresh]
    for node in adopted:
        before, after = {"external_id": ""}, {"external_id": node.external_id}
        rows.append(_row(source, node, RowAction.CHANGE, plan, as_json(before), as_json(after)))
    rows += [_respelled(source, *place, plan) for place in plan.respelled.items()]
    _write(rows)
    return [
        Problem(
            node.sheet, node.line, "", node.name, "unit_new",
            {"similar": _doubt(node), "field": node.field},
        )
        for node in fresh
    ]  # fmt: skip


def _doubt(node: UnitNode) -> str:
    """The names of the units it could be, while the officer has not said that it is none."""
    names = [] if node.is_settled else dict.fromkeys(one.name for one in node.similar)
    return ", ".join(list(names)[:MOST_NAMED])


def _respelled(
    source: Import, place: tuple[str | None, str], meant: Respelled, plan: UnitPlan
) -> tuple[object, ...]:
    """Nothing is written for it; it stands there so that the officer can think again."""
    parent = place[0]
    above = plan.nodes[parent].name if parent else ""
    return (
        source.pk.hex, meant.sheet, meant.line, RowAction.SAME, meant.unit, "", meant.name, above,
        parent, "", "", meant.unit, _candidates(meant.similar), ImportUnit.Answer.SAME,
    )  # fmt: skip


def stage(source: Import, plan: UnitPlan, tree: list[UnitRow]) -> list[Problem]:
    """The rows of a unit tree: what each would create, rename or move."""
    reading = _Tree(plan, tree)
    rows: list[tuple[object, ...]] = []
    for unit in tree:
        node = reading.node_of.get(id(unit))
        if node is None:
            rows.append(
                (source.pk.hex, unit.sheet, unit.line, RowAction.BAD, None, unit.ref, unit.name,
                 unit.parent_ref or unit.parent_name, None, "", "", None, "", "")
            )  # fmt: skip
        elif node is not reading.government:
            rows.append(_compared(source, node, reading, unit))
    problems = reading.problems
    if source.scope == Import.Scope.FULL_UNITS:
        seen = {node.id for node in reading.node_of.values()}
        closing, in_use = unit_closing.propose(source, plan, seen)
        for node, was, becomes in closing:
            rows.append(_row(source, node, RowAction.MISSING, plan, was, becomes))
        problems += in_use
    _write(rows)
    return problems


def _write(rows: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        bulk.insert(ImportUnit._meta.db_table, COLUMNS, rows)


def _created(source: Import, node: UnitNode, plan: UnitPlan) -> tuple[object, ...]:
    after = {
        "name": node.name,
        "parent": UUID(node.parent) if node.parent else None,
        "external_id": node.external_id,
    }
    return _row(source, node, RowAction.CREATE, plan, "", as_json(after))


def _row(
    source: Import, node: UnitNode, action: str, plan: UnitPlan, was: str, becomes: str
) -> tuple[object, ...]:
    above = plan.nodes[node.parent].name if node.parent else ""
    answer = ""
    if node.is_settled:
        answer = ImportUnit.Answer.NEW
    elif node.similar and not node.is_new:
        answer = ImportUnit.Answer.SAME
    return (
        source.pk.hex, node.sheet, node.line, action, node.id, node.external_id, node.name, above,
        node.parent, was, becomes, node.similar[0].id if node.similar else None,
        _candidates(node.similar), answer,
    )  # fmt: skip


def _candidates(similar: tuple[UnitNode, ...]) -> str:
    return json.dumps([node.id for node in similar]) if similar else ""


class _Tree:
    """Finds the parent of every row, by UNOR id, by name or by the dashes before the name."""

    def __init__(self, plan: UnitPlan, tree: list[UnitRow]) -> None:
        self.plan = plan
        self.problems: list[Problem] = []
        self.node_of: dict[int, UnitNode] = {}
        self.was: dict[str, UnitNode] = {}
        self.government = UnitNode("", "", "", "", None)
        self.by_ref: dict[str, UnitRow] = {}
        for unit in tree:
            if unit.ref and unit.ref in self.by_ref:
                self._found(unit, "unit_twice_in_file", unit.ref)
            elif unit.ref:
                self.by_ref[unit.ref] = unit
        self.parents = self._parents(tree)
        for unit in tree:
            self._place(unit, set())
        self._compare_names()

    def _compare_names(self) -> None:
        """New units beside the existing ones of the same parent that no row of the tree names."""
        named = {node.id for node in self.node_of.values()}
        left = [node for node in self.plan.nodes.values() if node.id not in named]
        for node in self.node_of.values():
            if node.is_new or node.similar:
                rivals = [
                    one
                    for one in left
                    if one.parent == node.parent and not (one.external_id and node.external_id)
                ]
                node.similar += similar_of(node.name_key, rivals)

    def _parents(self, tree: list[UnitRow]) -> dict[int, UnitRow | None]:
        """Each row's parent row: by UNOR id, else by name, else the last one with fewer dashes."""
        by_name: dict[str, UnitRow] = {}
        found: dict[int, UnitRow | None] = {}
        path: list[UnitRow] = []
        for unit in tree:
            while path and path[-1].dashes >= unit.dashes:
                path.pop()
            by_dashes = path[-1] if path and unit.dashes else None
            if unit.parent_ref:
                found[id(unit)] = self.by_ref.get(unit.parent_ref)
            elif unit.parent_name:
                found[id(unit)] = by_name.get(matching_key(unit.parent_name))
            else:
                found[id(unit)] = by_dashes
            path.append(unit)
            by_name.setdefault(matching_key(unit.name), unit)
        return found

    def _place(self, unit: UnitRow, on_the_way: set[int]) -> UnitNode | None:
        """The node of a row, its parents placed first; ``None`` for an unusable row."""
        if id(unit) in self.node_of:
            return self.node_of[id(unit)]
        if unit.ref and self.by_ref.get(unit.ref) is not unit:
            return None
        if id(unit) in on_the_way:
            self._found(unit, "unit_in_a_ring", unit.name)
            return None
        parent_row = self.parents.get(id(unit))
        parent: str | None = None
        if parent_row is not None:
            above = self._place(parent_row, on_the_way | {id(unit)})
            if above is None:
                return None
            parent = above.id or None
        elif unit.parent_ref or unit.parent_name:
            known = self._known_parent(unit)
            if known is None and not self._may_be_top(unit):
                self._found(unit, "unit_parent_unknown", unit.parent_ref or unit.parent_name)
                return None
            parent = known
        elif self._names_the_government(unit):
            self.node_of[id(unit)] = self.government
            return self.government
        self.node_of[id(unit)] = self._node(unit, parent)
        return self.node_of[id(unit)]

    def _known_parent(self, unit: UnitRow) -> str | None:
        if unit.parent_ref:
            return self.plan.by_external.get(unit.parent_ref)
        keys = [
            key
            for key in self.plan.by_name.get(matching_key(unit.parent_name), ())
            if not self.plan.nodes[key].closed
        ]
        return keys[0] if len(keys) == 1 else None

    def _may_be_top(self, unit: UnitRow) -> bool:
        """An extract of a tree names, for its top rows, a government it does not contain."""
        return bool(unit.parent_ref) and unit.dashes <= 1

    def _names_the_government(self, unit: UnitRow) -> bool:
        return self.plan.is_government(unit.name)

    def _node(self, unit: UnitRow, parent: str | None) -> UnitNode:
        key = self._existing(unit, parent)
        if key:
            node = self.plan.nodes[key]
            if key not in self.was:
                self.was[key] = UnitNode(
                    node.id, node.name, node.name_key, node.external_id, node.parent, node.closed
                )
            node.name, node.name_key, node.parent = unit.name, matching_key(unit.name), parent
            node.external_id = unit.ref or node.external_id
            node.sheet, node.line = unit.sheet, unit.line
            return node
        node = UnitNode(
            new_ids(1)[0], unit.name, matching_key(unit.name), unit.ref, parent,
            is_new=True, sheet=unit.sheet, line=unit.line,
            is_settled=self.plan.is_said_to_be_new(matching_key(unit.name), parent),
        )  # fmt: skip
        self.plan.add(node)
        return node

    def _existing(self, unit: UnitRow, parent: str | None) -> str | None:
        if unit.ref and unit.ref in self.plan.by_external:
            return self.plan.by_external[unit.ref]
        for key in self.plan.by_name.get(matching_key(unit.name), ()):
            node = self.plan.nodes[key]
            is_free = not unit.ref or not node.external_id
            if node.parent == parent and not node.closed and is_free:
                return key
        return self._said(unit, parent)

    def _said(self, unit: UnitRow, parent: str | None) -> str | None:
        """The unit that the officer said this name means: the tree gives it a new one."""
        key = self.plan.said_to_be(matching_key(unit.name), parent)
        if key is None or key in {node.id for node in self.node_of.values()}:
            return None
        self.plan.nodes[key].similar = (self.plan.nodes[key],)
        return key

    def _found(self, unit: UnitRow, code: str, value: str) -> None:
        self.problems.append(Problem(unit.sheet, unit.line, "", value[:200], code, {}))


def _compared(source: Import, node: UnitNode, reading: _Tree, unit: UnitRow) -> tuple[object, ...]:
    if node.is_new:
        return _created(source, node, reading.plan)
    was = reading.was[node.id]
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    if was.name != node.name:
        before["name"], after["name"] = was.name, node.name
    if was.external_id != node.external_id:
        before["external_id"], after["external_id"] = was.external_id, node.external_id
    if was.parent != node.parent:
        before["parent"] = UUID(was.parent) if was.parent else None
        after["parent"] = UUID(node.parent) if node.parent else None
    if was.closed:
        before["closed"], after["closed"] = True, False
    action = RowAction.SAME
    if after:
        action = RowAction.MOVE if "parent" in after else RowAction.CHANGE
    return _row(source, node, action, reading.plan, as_json(before), as_json(after))
