"""Stand-in until the accounts branch lands."""

from __future__ import annotations

from datetime import datetime

from netral.people.models import Account, Government, NameListView, Unit


def record_list_view(
    *,
    actor: Account,
    government: Government,
    what: str,
    unit: Unit | None,
    count: int,
    now: datetime,
) -> None:
    NameListView.objects.create(
        actor=actor, government=government, what=what, unit=unit, people=count, at=now
    )
