"""Rows that are written and read in few calls are the rows that were given."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from netral.base import bulk
from netral.base.audit.models import LogEntry

pytestmark = pytest.mark.django_db
COLUMNS = ("index", "kind", "hour", "commitment")


def insert(numbers: range) -> None:
    rows = ((number, f"kind-{number}", 7, bytes([number % 256]) * 32) for number in numbers)
    bulk.insert(LogEntry._meta.db_table, COLUMNS, rows)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 63, 64, 65, 201])
def test_any_number_of_rows_is_written_whole_and_in_order(count: int) -> None:
    insert(range(count))
    kept = LogEntry.objects.order_by("index").values_list("index", "kind", "commitment")
    assert [(at, kind, bytes(sealed)) for at, kind, sealed in kept] == [
        (number, f"kind-{number}", bytes([number % 256]) * 32) for number in range(count)
    ]


def test_one_row_that_does_not_fit_keeps_all_of_them_out() -> None:
    insert(range(70, 71))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(range(100))
    assert LogEntry.objects.count() == 1


def test_plain_values_come_back_as_they_are_stored() -> None:
    insert(range(3))
    found = bulk.fetch_plain("kind, hour, NULL", "FROM base_logentry")
    assert sorted(map(list, found)) == [[f"kind-{at}", 7, None] for at in range(3)]
    assert bulk.fetch_plain("kind", "FROM base_logentry WHERE hour = %s", [8]) == []
