"""What concerns one person is found by index: a province's signatures are never read for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet

from netral.people.models import Person
from netral.people.queries.privacy import _views_showing
from netral.pledges.queries.declines import declines_of
from netral.pledges.queries.signatures import every_signature_of, signatures_of
from tests.people.register.factories import make_government, make_person, make_unit

pytestmark = pytest.mark.django_db
READS_ALL = ("SCAN pledges_", "SCAN people_")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="plans nearly empty tables otherwise")
@pytest.mark.parametrize(
    "rows_of", [every_signature_of, signatures_of, declines_of, _views_showing]
)
def test_no_table_is_read_from_end_to_end(rows_of: Callable[[Person], QuerySet[object]]) -> None:
    person = make_person(make_unit(make_government(), "Dinas"))
    plan = rows_of(person).explain()
    assert "USING" in plan
    assert not [step for step in plan.splitlines() if any(words in step for words in READS_ALL)]
