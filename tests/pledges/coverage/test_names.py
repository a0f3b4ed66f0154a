"""Names go only to those who may see them, and every opening of a list is recorded."""

from __future__ import annotations

import pytest

from netral.pledges.queries import coverage as queries
from netral.pledges.queries import not_reached
from tests.pledges.coverage.world import World, build_world

pytestmark = pytest.mark.django_db
ALL = queries.Narrowing()


@pytest.fixture
def world() -> World:
    return build_world()


def names(world: World, actor, unit: str, narrowing: queries.Narrowing = ALL) -> set[str]:
    found = not_reached.people_not_reached(actor, world.units[unit], world.election, narrowing)
    return {posting.person.name for posting in found}


def test_personnel_sees_everybody_below_who_has_not_signed(world: World) -> None:
    world.person("SMA 1", name="Belum")
    world.sign(world.person("SMA 1", name="Sudah"))
    world.person("Dinas Kesehatan", name="Unit lain")
    actor = world.officer("personnel")
    assert names(world, actor, "Dinas Pendidikan") == {"Belum"}


def test_a_head_sees_the_own_subtree_only(world: World) -> None:
    world.person("SMA 1", name="Bawahan")
    world.person("Dinas Kesehatan", name="Bukan bawahan")
    head = world.officer("head", unit="Cabang Dinas Utara")
    assert names(world, head, "Cabang Dinas Utara") == {"Bawahan"}
    assert names(world, head, "Dinas Kesehatan") == set()
    assert queries.unit_for(head, world.units["Dinas Kesehatan"].id) is None
    assert [unit.name for unit in queries.visible_tops(head, world.government)] == [
        "Cabang Dinas Utara"
    ]


def test_a_head_asking_above_gets_only_the_own_people(world: World) -> None:
    world.person("SMA 1", name="Bawahan")
    world.person("Dinas Pendidikan", name="Atasan")
    head = world.officer("head", unit="SMA 1")
    assert names(world, head, "Dinas Pendidikan") == {"Bawahan"}


def test_an_organiser_sees_figures_but_no_names(world: World) -> None:
    world.person("SMA 1", name="Belum")
    organiser = world.officer("organiser")
    assert names(world, organiser, "SMA 1") == set()
    assert not not_reached.may_see_names(organiser, world.units["SMA 1"])
    assert queries.unit_for(organiser, world.units["SMA 1"].id) is not None


def test_an_officer_of_another_government_sees_nothing(world: World) -> None:
    world.person("SMA 1", name="Belum")
    stranger = build_world("98").officer("personnel")
    assert names(world, stranger, "SMA 1") == set()
    assert queries.unit_for(stranger, world.units["SMA 1"].id) is None
    assert list(queries.visible_tops(stranger, world.government)) == []


def test_a_duty_not_yet_confirmed_shows_nothing(world: World) -> None:
    world.person("SMA 1", name="Belum")
    actor = world.officer("personnel")
    actor.duties.update(confirmed_at=None)
    assert names(world, actor, "SMA 1") == set()


def test_the_narrowing_reaches_the_names(world: World) -> None:
    world.person("SMA 1", status="non_asn", name="Honorer")
    world.person("SMA 1", status="pns", name="Guru", level="functional")
    actor = world.officer("personnel")
    assert names(world, actor, "SMA 1", queries.Narrowing(status="asn")) == {"Guru"}
    assert names(world, actor, "SMA 1", queries.Narrowing(status="non_asn")) == {"Honorer"}
    assert names(world, actor, "SMA 1", queries.Narrowing(level="functional")) == {"Guru"}
