"""Puts the phase line and the chip into words, from what ``rules`` worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from netral.elections import rules
from netral.elections.calendars import DatedElection
from netral.elections.models import Election
from netral.elections.phases import IN_A_SENTENCE, SHORT, PhaseCode


@dataclass(frozen=True)
class LineSegment:
    """One piece of the line: its words, whether it is past, current or future, how broad."""

    code: str
    label: str
    title: str
    """The phase with its days in full, for whoever hovers or reads aloud."""
    state: str
    width: int


@dataclass(frozen=True)
class PhaseLine:
    """What fills the frame's slot ``phase_line``: the line for officers, the chip for phones."""

    chip: str
    election_id: UUID | None = None
    election: str = ""
    code: str = ""
    is_fictional: bool = False
    segments: list[LineSegment] = field(default_factory=list)
    template: str = "elections/parts/phase_line.html"


def under_way(election: DatedElection, day: date) -> PhaseLine:
    """The line of an election that is under way on the local ``day``."""
    assert election.opens_on is not None  # an election under way has phases
    pieces = rules.segments(election.spans, election.opens_on, day)
    current = next(piece for piece in pieces if piece.state == "current")
    return PhaseLine(
        chip=_chip(current),
        election_id=election.id,
        election=name_of(election),
        code=current.code,
        is_fictional=election.certainty == Election.Certainty.FICTIONAL,
        segments=[_worded(piece) for piece in pieces],
    )


def between_elections(coming: DatedElection | None, day: date) -> PhaseLine:
    """One sentence instead of a line: no election is under way, and which one comes next."""
    if coming is None:
        return PhaseLine(chip=_("Di luar masa pemilu"))
    if coming.certainty == Election.Certainty.FORECAST:
        sentence = _("Di luar masa pemilu; %(election)s (perkiraan)")
    else:
        sentence = _("Di luar masa pemilu; berikutnya %(election)s")
    return PhaseLine(
        chip=sentence % {"election": name_of(coming)},
        election_id=coming.id,
        election=name_of(coming),
    )


def name_of(election: DatedElection) -> str:
    in_english = (get_language() or "id").startswith("en")
    return election.name_en if in_english and election.name_en else election.name


def _chip(current: rules.Segment) -> str:
    name = str(IN_A_SENTENCE[PhaseCode(current.code)])
    if current.day_number is None or current.day_count == 1:
        return name
    return _("%(phase)s · hari ke-%(day)s") % {"phase": name, "day": current.day_number}


def _worded(piece: rules.Segment) -> LineSegment:
    return LineSegment(
        code=piece.code,
        label=_label(piece),
        title=_title(piece),
        state=piece.state,
        width=piece.width,
    )


def _label(piece: rules.Segment) -> str:
    short = str(SHORT[PhaseCode(piece.code)])
    if piece.state == "current" and piece.day_number and (piece.day_count or 0) > 1:
        return _("%(phase)s · hari ke-%(day)s dari %(count)s") % {
            "phase": short,
            "day": piece.day_number,
            "count": piece.day_count,
        }
    has_day = piece.code == PhaseCode.DETERMINED or (
        piece.code == PhaseCode.VOTING and piece.state != "current"
    )
    if has_day and piece.starts_on:
        return f"{short} {formats.date_format(piece.starts_on, 'j M')}"
    return short


def _title(piece: rules.Segment) -> str:
    name = str(PhaseCode(piece.code).label)
    if piece.starts_on is None:
        return name
    first = formats.date_format(piece.starts_on, "DATE_FORMAT")
    if piece.ends_on is None:
        return _("%(phase)s, sejak %(first)s") % {"phase": name, "first": first}
    if piece.ends_on == piece.starts_on:
        return f"{name}, {first}"
    last = formats.date_format(piece.ends_on, "DATE_FORMAT")
    return _("%(phase)s, %(first)s sampai %(last)s") % {
        "phase": name,
        "first": first,
        "last": last,
    }
