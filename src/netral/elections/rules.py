"""Pure thought about the calendar: which phase holds at a moment, and what the phase line shows.

Nothing here reads the clock or the database. Days are local days; a phase begins at 00.00 and
ends at 24.00 in the zone of the government (WIB, WITA or WIT), to the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from netral.elections.phases import ORDER, URGENCY, PhaseCode

AFTER_SHOWN_FOR = timedelta(days=90)
"""How long an election that is over stays on the phase line. A choice of display, not of law."""


@dataclass(frozen=True)
class Span:
    """A main phase: from the first to the last local day, both included."""

    code: str
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True)
class Segment:
    """A piece of the phase line. ``starts_on`` or ``ends_on`` is None where it lies open."""

    code: str
    starts_on: date | None
    ends_on: date | None
    state: str
    """``past``, ``current`` or ``future``."""
    width: int
    """How broad it is drawn: 1, 2, 3, 4 or 6."""
    day_number: int | None = None
    """Of the current segment: which of its days it is, from 1."""
    day_count: int | None = None


class OverlapError(ValueError):
    """Two main phases claim the same day. ``args`` holds their codes."""


def local_day(moment: datetime, zone: str) -> date:
    """The calendar day it is in ``zone`` (an IANA name) at an aware ``moment``."""
    if moment.tzinfo is None:
        raise ValueError("the moment must carry its time zone")
    return moment.astimezone(ZoneInfo(zone)).date()


def starts_at(day: date, zone: str) -> datetime:
    """The instant at which ``day`` begins in ``zone``."""
    return datetime.combine(day, time.min, ZoneInfo(zone))


def in_order(spans: Iterable[Span]) -> list[Span]:
    """Sorted by day. Raises :class:`OverlapError` when two share a day."""
    ordered = sorted(spans, key=lambda span: span.starts_on)
    for earlier, later in pairwise(ordered):
        if later.starts_on <= earlier.ends_on:
            raise OverlapError(earlier.code, later.code)
    return ordered


def phase_on(spans: Sequence[Span], day: date) -> str:
    """The code of the phase that holds on ``day``; ``spans`` in order and not empty.

    A day that no phase claims belongs to the one before it: what was switched on stays on until
    something else begins.
    """
    if day < spans[0].starts_on:
        return PhaseCode.BEFORE_CANDIDACY.value
    if day > spans[-1].ends_on:
        return PhaseCode.AFTER.value
    return [span.code for span in spans if span.starts_on <= day][-1]


def phase_at(spans: Sequence[Span], moment: datetime, zone: str) -> str:
    """The code of the phase that holds at ``moment`` in ``zone``."""
    return phase_on(spans, local_day(moment, zone))


def switches(spans: Sequence[Span], zone: str) -> list[tuple[datetime, str]]:
    """Every instant at which another phase begins, with its code, ``after`` the last."""
    found = [(starts_at(span.starts_on, zone), span.code) for span in spans]
    end = starts_at(spans[-1].ends_on + timedelta(days=1), zone)
    return [*found, (end, PhaseCode.AFTER.value)]


def is_under_way(spans: Sequence[Span], opens_on: date, day: date) -> bool:
    """Whether the election belongs on the phase line: from the first step its calendar names."""
    return opens_on <= day <= spans[-1].ends_on + AFTER_SHOWN_FOR


def covers(election_region: str, government_region: str) -> bool:
    """Whether an election in one region is one of a government's: its own, or of what lies above.

    ``00`` is the whole country; ``64`` covers ``64`` and ``64.02``; ``64.02`` only itself.
    """
    return (
        election_region == "00"
        or government_region == election_region
        or government_region.startswith(election_region + ".")
    )


def regions_above(government_region: str) -> list[str]:
    """The region codes that cover a government: ``64.02`` → ``00``, ``64``, ``64.02``."""
    parts = government_region.split(".")
    return ["00", *(".".join(parts[: index + 1]) for index in range(len(parts)))]


def urgency(code: str) -> int:
    """Which phase outranks which when two elections are under way; higher wins."""
    return URGENCY[PhaseCode(code)]


def segments(spans: Sequence[Span], opens_on: date, day: date) -> list[Segment]:
    """The phase line on ``day``: what lies before, the main phases, and what comes after."""
    line: list[Segment] = []
    if opens_on < spans[0].starts_on:
        before = Span(
            PhaseCode.BEFORE_CANDIDACY.value, opens_on, spans[0].starts_on - timedelta(days=1)
        )
        line.append(_segment(before, before.ends_on, day))
    following = [span.starts_on - timedelta(days=1) for span in spans[1:]]
    for span, last_day in zip(spans, [*following, spans[-1].ends_on], strict=True):
        line.append(_segment(span, last_day, day))
    line.append(_after(spans[-1].ends_on + timedelta(days=1), day))
    return line


def _segment(span: Span, last_day: date, day: date) -> Segment:
    """``last_day``: the day before the next phase begins, later than the span's own in a gap."""
    state = "future" if day < span.starts_on else "past" if day > last_day else "current"
    is_counted = state == "current" and day <= span.ends_on
    return Segment(
        code=span.code,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        state=state,
        width=_width(span),
        day_number=(day - span.starts_on).days + 1 if is_counted else None,
        day_count=span.days if is_counted else None,
    )


def _after(first_day: date, day: date) -> Segment:
    return Segment(
        code=PhaseCode.AFTER.value,
        starts_on=first_day,
        ends_on=None,
        state="current" if day >= first_day else "future",
        width=2,
    )


def _width(span: Span) -> int:
    """Grows with the days, but slower, so that three quiet days stay legible beside a campaign."""
    if span.code == PhaseCode.DETERMINED and span.days <= 14:
        return 2
    steps = ((7, 1), (14, 2), (21, 3), (45, 4))
    return next((width for days, width in steps if span.days <= days), 6)


@dataclass(frozen=True)
class Milestones:
    """The days by which an officer describes an election; the main phases follow from them."""

    candidacy_from: date
    determined_on: date
    campaign_from: date
    campaign_to: date
    voting_on: date
    count_to: date


def spans_from(days: Milestones) -> list[Span]:
    """The main phases between the milestones. A phase of no days is left out."""
    one = timedelta(days=1)
    claimed = [
        (PhaseCode.CANDIDACY, days.candidacy_from, days.determined_on - one),
        (PhaseCode.DETERMINED, days.determined_on, days.campaign_from - one),
        (PhaseCode.CAMPAIGN, days.campaign_from, days.campaign_to),
        (PhaseCode.QUIET, days.campaign_to + one, days.voting_on - one),
        (PhaseCode.VOTING, days.voting_on, days.voting_on),
        (PhaseCode.COUNT, days.voting_on + one, days.count_to),
    ]
    return [Span(code.value, start, end) for code, start, end in claimed if end >= start]


def first_out_of_order(days: Milestones) -> str | None:
    """The name of the first milestone that does not come after the one before it, or None."""
    rows = [
        ("candidacy_from", days.candidacy_from, 0),
        ("determined_on", days.determined_on, 1),
        ("campaign_from", days.campaign_from, 0),
        ("campaign_to", days.campaign_to, 0),
        ("voting_on", days.voting_on, 1),
        ("count_to", days.count_to, 0),
    ]
    for (_name, earlier, _gap), (name, later, gap) in pairwise(rows):
        if later < earlier + timedelta(days=gap):
            return name
    return None


def is_in_order(codes: Sequence[str]) -> bool:
    """Whether main phases stand in the order of the vocabulary."""
    places = [ORDER.index(code) for code in codes]
    return places == sorted(places) and len(set(places)) == len(places)
