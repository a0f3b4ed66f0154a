"""Each index costs every signature a page to write: what stands here is there for a reason."""

from __future__ import annotations

import pytest
from django.db import connection

BOTH = {"signature_once", "signature_by_sheet", "signature_by_officer"}


@pytest.mark.django_db
def test_signatures_have_the_few_indexes_that_are_needed() -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "pledges_signature")
    named = {
        name if name in BOTH | {"signature_counts_once"} else ",".join(one["columns"])
        for name, one in found.items()
        if one["index"] or one["unique"] or one["primary_key"]
    }
    on_both = {"id", "receipt_code", "ceremony_id"} | BOTH
    # On SQLite a trigger counts each person once.
    assert named == on_both | (
        {"signature_counts_once"} if connection.vendor != "sqlite" else set()
    )
    codes = [one for one in found.values() if one["columns"] == ["receipt_code"]]
    assert len([one for one in codes if one["index"] or one["unique"]]) == 1
