"""The one place where opening a list of names is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from netral.people.models import Unit
from netral.people.services import privacy
from netral.people.views.register_frame import Desk


def record(
    desk: Desk,
    what: str,
    *,
    count: int,
    unit: Unit | None = None,
    people: Iterable[UUID] | None = None,
) -> None:
    """``what`` is a short stable word; ``count`` how many names were shown or exported.

    ``people`` are their ids where they are not simply everybody under ``unit``.
    """
    privacy.record_list_view(
        actor=desk.actor,
        government=desk.government,
        what=what,
        unit=unit,
        count=count,
        people=people,
        now=desk.now,
    )
