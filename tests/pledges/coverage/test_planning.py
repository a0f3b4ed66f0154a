"""The database finds the few rows that differ among very many, and does not read them all."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from netral.base import bulk
from netral.people.models import Posting, Unit, UnitAncestor
from netral.pledges.models import CoverageCount
from netral.pledges.queries import coverage as queries
from netral.pledges.services import coverage
from tests.pledges.coverage.world import DAY, World, build_world

pytestmark = pytest.mark.django_db
UNITS = 600


@pytest.fixture
def world() -> World:
    return build_world()


def many_counts(world: World) -> None:
    """Some twelve thousand folded rows, as a province of hundreds of units has them."""
    names = [f"Satuan {number}" for number in range(UNITS)]
    units = [
        Unit(government=world.government, name=name, name_key=name.casefold(), opened_on=DAY)
        for name in names
    ]
    Unit.objects.bulk_create(units, batch_size=200)
    UnitAncestor.objects.bulk_create(
        (UnitAncestor(ancestor=unit, unit=unit, distance=0) for unit in units), batch_size=200
    )
    CoverageCount.objects.bulk_create(
        (
            CoverageCount(
                government=world.government, election=world.election, unit=unit, status=status,
                position_level=level, staff=9, signed=3, folded_staff=9, folded_signed=3,
            )
            for unit in units
            for status in Posting.Status.values[:4]
            for level in Posting.Level.values[:5]
        ),
        batch_size=100,
    )  # fmt: skip


def plan_of(sql: str) -> str:
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row) for row in bulk.fetch(f"{explain} {sql}"))


def test_rows_that_differ_are_found_by_their_index(world: World) -> None:
    many_counts(world)
    bulk.learn("pledges_coveragecount", "people_unitancestor")
    few = CoverageCount.objects.order_by("id").values("id")[:3]
    CoverageCount.objects.filter(id__in=list(few.values_list("id", flat=True))).update(
        signed=F("signed") + 1
    )
    assert CoverageCount.objects.filter(differs=True).count() == 3
    tops = list(Unit.objects.filter(government=world.government, parent=None)[:45])
    with CaptureQueriesContext(connection) as asked:
        queries.overview(tops, tops, world.election, queries.Narrowing())
    assert len(asked) == 1, "one query, however many people and units there are"
    plan = plan_of(asked[0]["sql"])
    assert "coverage_not_yet_folded" in plan, plan
    assert "Seq Scan on pledges_coveragecount" not in plan


@pytest.mark.parametrize("is_large", [True, False])
def test_after_a_large_recount_the_database_learns_what_is_there(
    world: World, is_large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.person("Dinas Pendidikan")
    monkeypatch.setattr(bulk, "MANY", 1 if is_large else 100)
    with CaptureQueriesContext(connection) as asked:
        coverage.recount(government_id=world.government.id, election_id=world.election.id)
    learned = [each["sql"] for each in asked if each["sql"].startswith("ANALYZE")]
    knows = is_large and connection.vendor == "postgresql"
    assert learned == ['ANALYZE "pledges_coveragecount", "pledges_coveragetotal"'] * knows
