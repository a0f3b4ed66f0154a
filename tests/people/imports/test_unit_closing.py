"""A full unit tree: what it no longer names is proposed for closing, and only when empty."""

from __future__ import annotations

import pytest

from netral.people.models import Change, Government, HeadOfUnit, Import, Person, Posting, Unit
from netral.people.services import imports
from tests.people.imports import factories
from tests.people.imports.factories import NOW, TODAY, apply, bring, codes, read, xlsx

HEAD = ["Id", "NamaUnor", "DiatasanId"]
TREE = [
    HEAD,
    ["A", "Dinas Tetap", ""],
    ["A1", "Bidang Tetap", "A"],
    ["B", "Dinas Bubar", ""],
    ["B1", "Bidang Kosong", "B"],
    ["C", "Dinas Ramai", ""],
    ["C1", "Seksi Ramai", "C"],
]


@pytest.fixture
def tree(government: Government) -> Government:
    bring(government, TREE, scope="units")
    bring(government, [["Nama", "ID UNOR"], ["Adi", "C1"], ["Beni", "C1"]])
    return government


@pytest.mark.django_db
def test_empty_units_are_proposed_and_those_in_use_say_who_is_in_them(tree: Government) -> None:
    source = read(tree, xlsx(TREE[:3]), scope="full_units")
    assert source.counts == source.counts | {"same": 2, "missing": 2, "rows": 2}
    closing = source.units.filter(action="missing").values_list("name", flat=True)
    assert set(closing) == {"Dinas Bubar", "Bidang Kosong"}
    said = {problem.value: problem.sentence for problem in source.problems.all()}
    assert "2 pegawai, antara lain Adi, Beni" in said["Seksi Ramai"]
    assert "1 unit" in said["Dinas Ramai"]
    apply(source)
    assert not Unit.objects.exclude(closed_on=None).exists()  # the box was not ticked


@pytest.mark.django_db
def test_they_are_closed_when_agreed_and_opened_again_by_undoing(tree: Government) -> None:
    unit = Unit.objects.get(name="Dinas Bubar")
    HeadOfUnit.objects.create(
        unit=unit, person=Person.objects.get(name="Adi"), valid_from=TODAY.replace(year=2020)
    )
    source = apply(read(tree, xlsx(TREE[:3]), scope="full_units"), close_missing=True)
    unit.refresh_from_db()
    assert unit.closed_on == TODAY
    assert HeadOfUnit.objects.get().valid_to == TODAY
    assert Change.objects.filter(source=source, kind="closed", subject="unit").count() == 2
    imports.undo(actor=None, source=source, now=NOW)
    imports.carry_out_undo(str(source.pk), NOW)
    unit.refresh_from_db()
    assert unit.closed_on is None
    assert HeadOfUnit.objects.get().valid_to is None


@pytest.mark.django_db
def test_a_partial_tree_closes_nothing(tree: Government) -> None:
    source = read(tree, xlsx(TREE[:3]), scope="units")
    assert "missing" not in source.counts
    assert codes(source) == []


@pytest.mark.django_db
def test_a_unit_that_somebody_entered_since_the_preview_is_not_closed(tree: Government) -> None:
    source = read(tree, xlsx(TREE[:3]), scope="full_units")
    unit = Unit.objects.get(name="Bidang Kosong")
    Posting.objects.filter(person__name="Adi").update(unit=unit)
    imports.confirm(actor=None, source=source, close_missing=True, now=NOW)
    imports.apply(str(source.pk), NOW)
    source.refresh_from_db()
    assert (source.state, source.trouble["code"]) == (Import.State.FAILED, "tree_changed")
    assert not Unit.objects.exclude(closed_on=None).exists()
    assert factories.codes(source)
