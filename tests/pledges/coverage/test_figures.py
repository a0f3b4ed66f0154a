"""The kept figures equal a full recount whatever happened in between."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netral.people.events import RegisterChanged
from netral.people.models import Person, Posting
from netral.pledges.models import CoverageCount, CoverageTotal
from netral.pledges.queries import coverage as queries
from netral.pledges.queries import not_reached
from netral.pledges.services import coverage, following
from tests.pledges.coverage.world import DAY, World, build_world

pytestmark = pytest.mark.django_db
ALL = queries.Narrowing()


@pytest.fixture
def world() -> World:
    return build_world()


def count_all(world: World) -> None:
    coverage.recount(government_id=world.government.id, election_id=world.election.id)


def differences(world: World) -> list[str]:
    return coverage.differences(government_id=world.government.id, election_id=world.election.id)


def line(world: World, unit: str, narrowing: queries.Narrowing = ALL) -> tuple[int, int]:
    found = queries.figures_of_units([world.units[unit]], world.election, narrowing)
    return found[0].all.staff, found[0].all.signed


def sign_as_the_service_does(world: World, person: Person) -> None:
    """One signature and its one counted row, as ``services.signing`` does it."""
    posting = Posting.objects.get(person=person, valid_to=None)
    world.sign(person)
    row = CoverageCount.objects.get(
        election=world.election,
        unit=posting.unit_id,
        status=posting.status,
        position_level=posting.position_level,
    )
    CoverageCount.objects.filter(id=row.id).update(signed=row.signed + 1)


def test_a_unit_counts_everybody_below_it(world: World) -> None:
    world.person("Dinas Pendidikan")
    world.sign(world.person("Cabang Dinas Utara", status="pppk"))
    world.person("SMA 1", status="non_asn")
    world.person("Dinas Kesehatan")
    count_all(world)
    assert line(world, "Dinas Pendidikan") == (3, 1)
    assert line(world, "Cabang Dinas Utara") == (2, 1)
    assert line(world, "SMA 1") == (1, 0)
    assert line(world, "Dinas Kesehatan") == (1, 0)


def test_non_asn_are_counted_apart(world: World) -> None:
    world.person("SMA 1")
    world.sign(world.person("SMA 1", status="non_asn"))
    count_all(world)
    [found] = queries.figures_of_units([world.units["Dinas Pendidikan"]], world.election, ALL)
    assert (found.non_asn.staff, found.non_asn.signed) == (1, 1)
    assert line(world, "Dinas Pendidikan", queries.Narrowing(status="asn")) == (1, 0)
    assert line(world, "Dinas Pendidikan", queries.Narrowing(status="non_asn")) == (1, 1)


def test_figures_by_level_add_up(world: World) -> None:
    world.person("SMA 1", level="functional")
    world.sign(world.person("Dinas Kesehatan", level="jpt_pratama"))
    count_all(world)
    tops = [world.units["Dinas Pendidikan"], world.units["Dinas Kesehatan"]]
    found = queries.overview(tops, tops, world.election, ALL).by_level
    assert {key: (each.staff, each.signed) for key, each in found.items()} == {
        "functional": (1, 0),
        "jpt_pratama": (1, 1),
    }


def test_what_is_not_folded_shows_in_every_split(world: World) -> None:
    person = world.person("SMA 1", status="non_asn", level="pelaksana")
    count_all(world)
    sign_as_the_service_does(world, person)
    unit = world.units["Dinas Pendidikan"]
    found = queries.overview([unit], unit.children.all(), world.election, ALL)
    assert (found.everybody.signed, found.non_asn.signed, found.asn.signed) == (1, 1, 0)
    assert found.by_level["pelaksana"].signed == 1
    assert [(line.unit.name, line.all.signed, line.non_asn.signed) for line in found.lines] == [
        ("Cabang Dinas Utara", 1, 1)
    ]


def test_a_signature_shows_at_once_before_any_fold(world: World) -> None:
    person = world.person("SMA 1")
    count_all(world)
    sign_as_the_service_does(world, person)
    assert CoverageTotal.objects.get(unit=world.units["SMA 1"]).signed == 0
    assert line(world, "SMA 1") == (1, 1)
    assert line(world, "Dinas Pendidikan") == (1, 1)


def test_folding_changes_no_figure_and_leaves_nothing_to_fold(world: World) -> None:
    people = [world.person("SMA 1"), world.person("Cabang Dinas Utara")]
    count_all(world)
    for person in people:
        sign_as_the_service_does(world, person)
    before = line(world, "Dinas Pendidikan")
    assert coverage.fold_all() == 2
    assert line(world, "Dinas Pendidikan") == before == (2, 2)
    assert CoverageTotal.objects.get(unit=world.units["Dinas Pendidikan"]).signed == 2
    assert coverage.fold_all() == 0


def test_a_transfer_moves_the_figure_with_the_person(world: World) -> None:
    person = world.person("SMA 1")
    count_all(world)
    sign_as_the_service_does(world, person)
    Posting.objects.filter(person=person).update(unit=world.units["Dinas Kesehatan"])
    units = frozenset({world.units["SMA 1"].id, world.units["Dinas Kesehatan"].id})
    following.follow_register(RegisterChanged(world.government.id, units))
    assert line(world, "Dinas Pendidikan") == (0, 0)
    assert line(world, "Dinas Kesehatan") == (1, 1)
    assert differences(world) == []


def test_a_merged_double_counts_once(world: World) -> None:
    kept, dropped = world.person("SMA 1"), world.person("SMA 1")
    world.sign(dropped)
    Posting.objects.filter(person=dropped).update(valid_to="2024-10-02")
    Person.objects.filter(id=dropped.id).update(merged_into=kept)
    count_all(world)
    assert line(world, "SMA 1") == (1, 1)
    actor = world.officer("personnel")
    missing = not_reached.people_not_reached(actor, world.units["SMA 1"], world.election, ALL)
    assert list(missing) == []


def test_somebody_who_left_is_not_counted(world: World) -> None:
    person = world.person("SMA 1")
    world.sign(person)
    Posting.objects.filter(person=person).update(valid_to="2024-10-02")
    count_all(world)
    assert line(world, "SMA 1") == (0, 0)


def test_differences_name_a_figure_that_was_tampered_with(world: World) -> None:
    world.person("SMA 1")
    count_all(world)
    assert differences(world) == []
    CoverageCount.objects.update(staff=5)
    assert len(differences(world)) == 1


def test_a_second_election_keeps_its_own_figures(world: World) -> None:
    other = build_world("98")
    world.sign(world.person("SMA 1"))
    count_all(world)
    coverage.ensure_counted(government_id=world.government.id, election_id=other.election.id)
    found = queries.figures_of_units([world.units["SMA 1"]], other.election, ALL)
    assert (found[0].all.staff, found[0].all.signed) == (1, 0)
    assert line(world, "SMA 1") == (1, 1)


UNITS = ("Dinas Pendidikan", "Cabang Dinas Utara", "SMA 1", "Dinas Kesehatan")
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("join"), st.sampled_from(UNITS), st.sampled_from(["pns", "non_asn"])),
        st.tuples(st.just("sign"), st.integers(0, 30)),
        st.tuples(st.just("move"), st.integers(0, 30), st.sampled_from(UNITS)),
        st.tuples(st.just("leave"), st.integers(0, 30)),
        st.tuples(st.just("fold")),
    ),
    max_size=25,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=deeds)
def test_any_sequence_of_deeds_keeps_the_figures_true(world: World, deeds: list[tuple]) -> None:
    Posting.objects.all().update(valid_to="2024-10-02")
    count_all(world)
    people: list[Person] = []
    signed: set[int] = set()
    for verb, *rest in deeds:
        _do(world, verb, rest, people, signed)
    assert differences(world) == []
    for name in UNITS:
        inside = Posting.objects.filter(
            valid_to=None, unit__above__ancestor=world.units[name]
        ).values_list("person_id", flat=True)
        has_signed = {people[index].id for index in signed}
        assert line(world, name) == (len(inside), len(has_signed & set(inside)))


def _do(world: World, verb: str, rest: list, people: list[Person], signed: set[int]) -> None:
    changed: set = set()
    if verb == "join":
        people.append(world.person(rest[0], status=rest[1]))
        changed = {world.units[rest[0]].id}
    elif verb == "fold":
        coverage.fold_all()
    elif people:
        index = rest[0] % len(people)
        posting = Posting.objects.filter(person=people[index], valid_to=None).first()
        if posting is None:
            return
        if verb == "sign" and index not in signed:
            sign_as_the_service_does(world, people[index])
            signed.add(index)
        elif verb == "move":
            target = world.units[rest[1]].id
            changed = {posting.unit_id, target}
            Posting.objects.filter(id=posting.id).update(unit=target)
        elif verb == "leave":
            changed = {posting.unit_id}
            Posting.objects.filter(id=posting.id).update(valid_to="2024-10-03")
    if changed:
        following.follow_register(RegisterChanged(world.government.id, frozenset(changed)))


def test_what_waited_to_be_folded_may_leave_again(world: World) -> None:
    """A cell that no fold has seen yet empties in the same change as the tree does."""
    count_all(world)
    person = world.person("SMA 1", status="cpns")
    event = RegisterChanged(world.government.id, frozenset({world.units["SMA 1"].id}))
    following.follow_register(event)
    assert line(world, "Dinas Pendidikan") == (1, 0)
    Posting.objects.filter(person=person).update(valid_to=DAY)
    following.follow_register(RegisterChanged(world.government.id, None))
    assert line(world, "Dinas Pendidikan") == (0, 0)
    assert not differences(world)
    assert not CoverageCount.objects.exists()
    assert not CoverageTotal.objects.exists()
