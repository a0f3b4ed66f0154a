"""What the wall and the waiting phones show: state, stop being read, figures. No names."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from netral.base.templatetags.ui import percent
from netral.people.models import Posting, Unit, UnitAncestor
from netral.pledges.models import Ceremony, Signature
from netral.pledges.queries.ceremonies import by_wall_code, covered_units
from netral.pledges.queries.closings import figures_at_closing, standing_at
from netral.pledges.rules.standing import Group, Standing, standing

FRAME_SECONDS = 20.0


@dataclass(frozen=True)
class _Frame:
    """What changes slowly: the lines of the wall, where each unit belongs, staff per unit."""

    made_at: float
    groups: list[Group]
    group_of: dict[UUID, UUID]
    staff_in: dict[UUID, int]


_frames: dict[UUID, _Frame] = {}


def standing_of(ceremony: Ceremony, *, fresh: bool = False, lines: int = 4) -> Standing:
    """Figures of the ceremony: of its closing once it is closed, else :func:`standing_now`."""
    kept = figures_at_closing(ceremony)
    if kept is not None:
        return standing_at(kept, lines=lines)
    return standing_now(ceremony, fresh=fresh, lines=lines)


def standing_now(ceremony: Ceremony, *, fresh: bool = False, lines: int = 4) -> Standing:
    """People whose signature in the ceremony is committed, of staff it covers.

    The signatures are counted at every call (an index of some thousand entries); units and
    staff come from a frame at most 20 seconds old, unless ``fresh``. ``lines``: how many units.
    """
    frame = _frame(ceremony, fresh=fresh)
    rows = (
        Signature.objects.filter(ceremony=ceremony, withdrawal=None)
        .order_by()
        .values_list("unit")
        .annotate(Count("id"))
    )
    return standing(frame.groups, frame.group_of, frame.staff_in, dict(rows), lines=lines)


def live_state(code: str) -> dict[str, Any] | None:
    """The channel ``ikrar`` of :mod:`netral.base.live`, keyed by wall code."""
    ceremony = by_wall_code(code)
    if ceremony is None:
        return None
    figures = standing_of(ceremony)
    return {
        "state": ceremony.state,
        "wording": ceremony.wording_digest[:12],
        "stop": ceremony.point_being_read,
        "after": ceremony.after,
        "signed": figures.signed,
        "staff": figures.staff,
        "percent": percent(figures.signed, figures.staff),
        "slowest": [
            {
                "name": unit.name,
                "signed": unit.signed,
                "staff": unit.staff,
                "percent": percent(unit.signed, unit.staff),
            }
            for unit in figures.slowest
        ],
    }


def _frame(ceremony: Ceremony, *, fresh: bool) -> _Frame:
    frame = _frames.get(ceremony.pk)
    if frame is None or fresh or time.monotonic() - frame.made_at > FRAME_SECONDS:
        if len(_frames) > 50:
            _frames.clear()
        frame = _frames[ceremony.pk] = _make_frame(ceremony)
    return frame


def _make_frame(ceremony: Ceremony) -> _Frame:
    tops = _lines_of(ceremony)
    group_of = dict(
        UnitAncestor.objects.filter(ancestor__in=[unit.pk for unit in tops])
        .order_by("-distance")  # the nearest line wins where lines are nested
        .values_list("unit_id", "ancestor_id")
    )
    staff = (
        Posting.objects.filter(valid_to=None, unit__in=covered_units(ceremony).values("id"))
        .order_by()
        .values_list("unit")
        .annotate(Count("id"))
    )
    groups = [Group(unit.pk, unit.name) for unit in tops]
    return _Frame(time.monotonic(), groups, group_of, dict(staff))


def _lines_of(ceremony: Ceremony) -> list[Unit]:
    """The units with a line of their own: the tops covered; of a single top, what is below it."""
    tops = list(ceremony.units.all())
    if not tops:
        return list(Unit.objects.filter(government=ceremony.government_id, parent=None))
    if len(tops) == 1:
        below = list(Unit.objects.filter(parent=tops[0], closed_on=None))
        return [*below, tops[0]] if below else tops
    return tops
