"""Rows of one kind since one hour against their entries, piece by piece."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from netral.base import audit
from netral.base.audit import comparing, kinds
from netral.base.audit.comparing import differing
from netral.tlog.entries import Content
from tests.base.audit.conftest import NOW, Deeds
from tests.base.audit.test_appending import append_many

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def other(deeds: Deeds) -> Deeds:
    """Deeds of another kind in the same log."""
    found = Deeds()
    kinds.register_kind(kinds.Kind("other", found.contents, found.count))
    yield found
    del kinds._kinds["other"]


def append_other(other: Deeds) -> None:
    key = other.make()
    with transaction.atomic():
        audit.append(kind="other", reference=key, content=other.rows[key], now=LATER)


def test_changed_rows_are_found_in_every_piece_and_named_in_order(
    deeds: Deeds, other: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "AT_ONCE", 4)
    before = append_many(deeds, 5)
    for _ in range(4):
        append_many(deeds, 2, LATER)
        append_other(other)
    assert differing(kind="test", since=LATER) == []
    for number, key in enumerate(deeds.rows):
        if number in (1, 5, 8, 9, 12):  # the second is from before that hour
            deeds.rows[key] = Content({"text": "lain"})
    numbers = [number for number in range(before.stop, 17) if (number - 5) % 3 < 2]
    wanted = [numbers[place - 5] for place in (5, 8, 9, 12)]
    assert differing(kind="test", since=LATER) == wanted
    other.rows.clear()
    assert differing(kind="test", since=LATER) == wanted, "another kind is none of its business"
    assert differing(kind="test", since=NOW) == [1, *wanted]
