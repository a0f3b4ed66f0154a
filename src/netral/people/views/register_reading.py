"""The one place where opening a list of names is recorded."""

from __future__ import annotations

from netral.people.models import Unit
from netral.people.services import privacy
from netral.people.views.register_frame import Desk


def record(desk: Desk, what: str, *, count: int, unit: Unit | None = None) -> None:
    """``what`` is a short stable word; ``count`` how many names were shown or exported."""
    privacy.record_list_view(
        actor=desk.actor,
        government=desk.government,
        what=what,
        unit=unit,
        count=count,
        now=desk.now,
    )
