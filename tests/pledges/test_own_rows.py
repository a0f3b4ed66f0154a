"""What concerns one person is found by index: a province's signatures are never read for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from netral.people.events import PeopleMerged
from netral.people.models import Duty, Person
from netral.people.queries.privacy import _views_showing
from netral.people.services import merging as people_merging
from netral.pledges.models import CoverageCount, Signature
from netral.pledges.queries.declines import declines_of
from netral.pledges.queries.signatures import every_signature_of, signatures_of
from netral.pledges.services import merging, signing
from tests.people.register.factories import make_government, make_officer, make_person, make_unit
from tests.pledges.factories import NOW, Hall, make_hall

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="plans nearly empty tables otherwise"),
]


def scans(plan: str) -> list[str]:
    """Steps that read a whole table, whatever name a subquery gives it."""
    assert "USING" in plan
    return [step for step in plan.splitlines() if "SCAN " in step]


@pytest.mark.parametrize(
    "rows_of", [every_signature_of, signatures_of, declines_of, _views_showing]
)
def test_no_table_is_read_from_end_to_end(rows_of: Callable[[Person], QuerySet[Any]]) -> None:
    assert scans(rows_of(person_of(a_hall())).explain()) == []


def a_hall() -> Hall:
    """With two people."""
    unit = make_unit(make_government(), "Dinas")
    make_person(unit)
    make_person(unit)
    return make_hall(units=[unit])


def person_of(hall: Hall, which: int = 0) -> Person:
    people = Person.objects.filter(government=hall.government, postings__unit__name="Dinas")
    return people.order_by("pk")[which]


def sign(hall: Hall, person: Person) -> None:
    signing.sign(
        person=person, ceremony=hall.ceremony, text_digest=hall.digest,
        evidence=Signature.Evidence.ACCOUNT, now=NOW,
    )  # fmt: skip


def sign_into_a_cell_that_fell_behind(hall: Hall) -> None:
    CoverageCount.objects.update(staff=0, signed=0)
    sign(hall, person_of(hall))


def merge_one_who_signed(hall: Hall) -> None:
    kept, dropped = person_of(hall), person_of(hall, 1)
    sign(hall, dropped)
    personnel = make_officer(hall.government, Duty.Kind.PERSONNEL)
    people_merging.merge(
        actor=personnel, kept=kept, dropped=dropped, on=NOW.date(), reason="ganda", now=NOW
    )
    merging.follow_merge(PeopleMerged(kept=kept.pk, dropped=dropped.pk))


@pytest.mark.parametrize("deed", [sign_into_a_cell_that_fell_behind, merge_one_who_signed])
def test_no_deed_about_one_person_reads_all_signatures(deed: Callable[[Hall], None]) -> None:
    hall = a_hall()
    with CaptureQueriesContext(connection) as said:
        deed(hall)
    asked = [one["sql"] for one in said if one["sql"].lstrip().startswith("SELECT")]
    about = [sql for sql in asked if re.search(r'FROM "?pledges_signature\b', sql)]
    assert about
    for sql in about:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"), None)
            steps = "\n".join(step for *_, step in cursor.fetchall())
        # "side" and "counted" are the few rows that figures of a unit were put together from.
        assert set(scans(steps)) <= {"SCAN side", "SCAN counted"}, sql
