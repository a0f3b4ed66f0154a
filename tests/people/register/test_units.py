from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from netral.base import events
from netral.people.events import RegisterChanged
from netral.people.models import Change, Government, Unit, UnitAncestor
from netral.people.rules import ancestors_of, closure_of
from netral.people.services import units

from .factories import NOW, TODAY, make_government, make_officer, make_person, make_unit

pytestmark = pytest.mark.django_db


def stored_closure(government: Government) -> set[tuple[object, object, int]]:
    rows = UnitAncestor.objects.filter(unit__government=government)
    return set(rows.values_list("ancestor_id", "unit_id", "distance"))


def recomputed_closure(government: Government) -> set[tuple[object, object, int]]:
    parents = dict(Unit.objects.filter(government=government).values_list("pk", "parent_id"))
    return closure_of(parents)


def assert_tree_is_right(government: Government) -> None:
    assert stored_closure(government) == recomputed_closure(government)
    parents = dict(Unit.objects.filter(government=government).values_list("pk", "parent_id"))
    for unit in Unit.objects.filter(government=government):
        assert unit.depth == len(ancestors_of(parents, unit.pk)) - 1


class TreeStaysRight(TestCase):
    """Any sequence of adding and moving leaves the closure as a recomputation would make it."""

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(-1, 30)), max_size=14))
    def test_closure_equals_recomputation(self, deeds: list[tuple[bool, int, int]]) -> None:
        government = make_government()
        actor = make_officer(government)
        tree: list[Unit] = []
        for step, (adds, which, under) in enumerate(deeds):
            parent = tree[under % len(tree)] if tree and under >= 0 else None
            if parent:
                parent.refresh_from_db()
            if adds or not tree:
                tree.append(
                    units.add(
                        actor=actor,
                        government=government,
                        parent=parent,
                        name=f"Unit {step}",
                        on=TODAY,
                        now=NOW,
                    )
                )
            else:
                self.move(actor, tree[which % len(tree)], parent)
            assert_tree_is_right(government)

    def move(self, actor: object, unit: Unit, parent: Unit | None) -> None:
        own_subtree = parent and UnitAncestor.objects.filter(ancestor=unit, unit=parent).exists()
        if own_subtree:
            with pytest.raises(ValidationError):
                units.move(actor=actor, unit=unit, parent=parent, now=NOW)  # type: ignore[arg-type]
        else:
            units.move(actor=actor, unit=unit, parent=parent, now=NOW)  # type: ignore[arg-type]


def test_a_ring_is_found_by_the_rule() -> None:
    with pytest.raises(ValueError, match="above itself"):
        ancestors_of({1: 2, 2: 1}, 1)


def test_adding_records_and_refuses_a_twin() -> None:
    government = make_government()
    actor = make_officer(government)
    top = units.add(
        actor=actor, government=government, parent=None, name="Dinas  Kesehatan", on=TODAY, now=NOW
    )
    assert top.name == "Dinas Kesehatan"
    change = Change.objects.get(subject_id=top.pk)
    assert (change.kind, change.actor) == ("created", actor)
    with pytest.raises(ValidationError) as problem:
        units.add(
            actor=actor,
            government=government,
            parent=None,
            name="DINAS KESEHATAN",
            on=TODAY,
            now=NOW,
        )
    assert "name" in problem.value.message_dict


def test_renaming_keeps_from_what_to_what() -> None:
    government = make_government()
    unit = make_unit(government, "Bidang Umun")
    units.rename(actor=make_officer(government), unit=unit, name="Bidang Umum", now=NOW)
    change = Change.objects.get(subject_id=unit.pk)
    assert change.before == '{"name":"Bidang Umun"}'
    assert change.after == '{"name":"Bidang Umum"}'
    unit.refresh_from_db()
    assert unit.name_key == "bidang umum"


def test_moving_tells_the_house() -> None:
    government = make_government()
    one, other = make_unit(government, "A1"), make_unit(government, "B1")
    heard: list[RegisterChanged] = []
    events.subscribe(RegisterChanged, heard.append)
    try:
        units.move(actor=make_officer(government), unit=one, parent=other, now=NOW)
    finally:
        events._handlers[RegisterChanged].remove(heard.append)
    assert heard == [RegisterChanged(government.pk, None)]


def test_closing_is_refused_while_somebody_works_there() -> None:
    government = make_government()
    unit = make_unit(government, "UPT")
    make_person(unit)
    make_person(unit, "Budi")
    with pytest.raises(ValidationError, match="Masih ada 2 pegawai"):
        units.close(actor=make_officer(government), unit=unit, on=TODAY, reason="", now=NOW)


def test_closing_is_refused_above_an_open_unit_and_can_be_taken_back() -> None:
    government = make_government()
    actor = make_officer(government)
    top = make_unit(government, "Dinas")
    below = make_unit(government, "Bidang", top)
    with pytest.raises(ValidationError, match="Masih ada 1 unit"):
        units.close(actor=actor, unit=top, on=TODAY, reason="lebur", now=NOW)
    units.close(actor=actor, unit=below, on=TODAY, reason="lebur", now=NOW)
    units.close(actor=actor, unit=top, on=TODAY, reason="lebur", now=NOW)
    with pytest.raises(ValidationError, match="unit atasannya"):
        units.reopen(actor=actor, unit=below, now=NOW)
    units.reopen(actor=actor, unit=top, now=NOW)
    top.refresh_from_db()
    assert top.closed_on is None
    kinds = list(Change.objects.filter(subject_id=top.pk).values_list("kind", flat=True))
    assert kinds == ["closed", "reopened"]


def test_closing_before_opening_is_refused() -> None:
    government = make_government()
    unit = make_unit(government, "UPT")
    with pytest.raises(ValidationError):
        units.close(
            actor=make_officer(government),
            unit=unit,
            on=unit.opened_on - timedelta(days=1),
            reason="",
            now=NOW,
        )


def test_only_personnel_officers_who_reach_the_unit_may() -> None:
    government, other = make_government(), make_government("65", "Lain")
    top, beside = make_unit(government, "Dinas"), make_unit(government, "Badan")
    head = make_officer(government, "head", top)
    stranger = make_officer(other)
    of_subtree = make_officer(government, "personnel", top)
    for actor in (head, stranger):
        with pytest.raises(PermissionDenied):
            units.rename(actor=actor, unit=top, name="X", now=NOW)
    with pytest.raises(PermissionDenied):
        units.rename(actor=of_subtree, unit=beside, name="X", now=NOW)
    with pytest.raises(PermissionDenied):
        units.move(actor=of_subtree, unit=top, parent=beside, now=NOW)
    with pytest.raises(PermissionDenied):
        units.add(actor=of_subtree, government=government, parent=None, name="X", on=TODAY, now=NOW)
    units.add(actor=of_subtree, government=government, parent=top, name="Y", on=TODAY, now=NOW)


def test_a_parent_of_another_government_is_refused() -> None:
    government, other = make_government(), make_government("65", "Lain")
    actor = make_officer(government)
    from_both = actor
    there = make_unit(other, "Sana")
    with pytest.raises(PermissionDenied):
        units.add(actor=from_both, government=government, parent=there, name="X", on=TODAY, now=NOW)


def test_a_moved_subtree_hangs_where_it_was_put_and_nowhere_else() -> None:
    government = make_government()
    old, new = make_unit(government, "Dinas Lama"), make_unit(government, "Dinas Baru")
    moved = make_unit(government, "Bidang", old)
    leaf = make_unit(government, "Seksi", moved)
    units.move(actor=make_officer(government), unit=moved, parent=new, now=NOW)
    above = dict(UnitAncestor.objects.filter(unit=leaf).values_list("ancestor_id", "distance"))
    assert above == {leaf.pk: 0, moved.pk: 1, new.pk: 2}
    assert_tree_is_right(government)
