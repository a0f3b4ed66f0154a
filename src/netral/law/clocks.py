"""Deadlines: when a step of a procedure is due, with every reading the words allow.

The day of the event never counts. Calendar days run over holidays, because no provision moves a
limit
to the next working day. Where a provision says only "hari", both readings are given; `safe_day`
is the
earliest. A step without a limit in law has no due day, and none is invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from netral.law.errors import ClockError
from netral.law.procedures import Counting, Step
from netral.law.procedures import step as find_step
from netral.law.vocabulary import Words
from netral.law.workdays import WorkCalendar, Zone, legal_day, unverified_years

_UNKNOWN = Words(
    "Tidak ditemukan batas waktu dalam peraturan untuk langkah ini.",
    "No time limit for this step was found in law.",
)
_UNVERIFIED = Words(
    "Hari libur tahun {years} belum diperiksa terhadap keputusan resminya.",
    "The days off of {years} were not checked against the official decree.",
)


@dataclass(frozen=True, slots=True)
class Span:
    """Days that do not count, both inclusive: a suspension with its reason."""

    start: date
    end: date
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to count, and the day it leads to."""

    counting: Counting
    due: date


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a step is due. `due` is None when the law gives no limit; `moment` only for hours."""

    step: Step
    started: date
    due: date | None
    moment: datetime | None
    readings: tuple[Reading, ...]
    extended: bool
    warnings: tuple[Words, ...]

    @property
    def safe_day(self) -> date | None:
        """The earliest day among all readings: whoever meets it is in time under each."""
        return min((reading.due for reading in self.readings), default=None)

    def overdue(self, on: date) -> bool | None:
        """Whether the limit has passed by the end of the day before `on`; None when there is
        none."""
        return None if self.due is None else on > self.due


def deadline(
    step: str | Step,
    start: date | datetime,
    *,
    work: WorkCalendar | None = None,
    zone: Zone = Zone.WIB,
    extended: bool = False,
    suspensions: Sequence[Span] = (),
) -> Deadline:
    """The deadline of a step that was set off at `start`.

    `start` is a day, or an instant with offset (then `zone` gives its legal day; steps counted in
    hours
    need one). `extended` adds the extension the provision allows. Days in `suspensions` do not
    count.
    """
    found = find_step(step) if isinstance(step, str) else step
    started = legal_day(start, zone) if isinstance(start, datetime) else start
    if extended and found.extension is None:
        raise ClockError(f"no provision extends '{found.id}'; ask without extension")
    if found.length is None:
        return Deadline(found, started, None, None, (), False, (_UNKNOWN,))
    if found.counting is Counting.HOURS:
        return _hours(found, start, started, zone)
    length, counting = _length(found, found.length, extended)
    kinds = _kinds(found, counting, extended)
    readings = _readings(kinds, started, length, work or WorkCalendar(), suspensions)
    due = readings[0].due
    return Deadline(found, started, due, None, readings, extended, _warnings(readings, started))


def _length(step: Step, length: int, extended: bool) -> tuple[int, Counting]:
    """The number of days and how they count, with or without the extension."""
    if not extended:
        return length, step.counting
    return length + (step.extension or 0), step.extended_counting or step.counting


def _hours(step: Step, start: date | datetime, started: date, zone: Zone) -> Deadline:
    """A limit that runs by the clock."""
    if not isinstance(start, datetime):
        raise ClockError(
            f"'{step.id}' counts hours; give the time too, such as 2024-10-07T16:30+07:00"
        )
    moment = start.astimezone(zone.offset) + timedelta(hours=step.length or 0)
    reading = Reading(Counting.HOURS, moment.date())
    return Deadline(step, started, moment.date(), moment, (reading,), False, ())


def _kinds(step: Step, counting: Counting, extended: bool) -> tuple[Counting, ...]:
    """The readings, the one the words support first; a bare "hari" means calendar, then working."""
    if counting is Counting.UNSPECIFIED:
        return Counting.CALENDAR, Counting.WORKING
    if step.other_counting is not None and not extended:
        return counting, step.other_counting
    return (counting,)


def _readings(
    kinds: tuple[Counting, ...],
    started: date,
    length: int,
    work: WorkCalendar,
    suspensions: Sequence[Span],
) -> tuple[Reading, ...]:
    """The day each reading leads to."""
    return tuple(
        Reading(kind, count(started, length, kind is Counting.WORKING, work, suspensions))
        for kind in kinds
    )


def count(
    start: date, length: int, working: bool, work: WorkCalendar, suspensions: Sequence[Span] = ()
) -> date:
    """The day on which the `length`-th counting day after `start` falls."""
    if length < 0:
        raise ClockError("a limit cannot have a negative length")
    day = start
    left = length
    while left > 0:
        day += timedelta(days=1)
        suspended = any(span.start <= day <= span.end for span in suspensions)
        if not suspended and (not working or work.is_working(day)):
            left -= 1
    return day


def _warnings(readings: tuple[Reading, ...], started: date) -> tuple[Words, ...]:
    """A warning when working days were counted over days off that nobody has verified."""
    ends = [reading.due for reading in readings if reading.counting is Counting.WORKING]
    years = unverified_years(started, max(ends)) if ends else ()
    if not years:
        return ()
    listed = ", ".join(map(str, years))
    return (Words(_UNVERIFIED.id.format(years=listed), _UNVERIFIED.en.format(years=listed)),)
