"""What a ceremony came to: by kind of evidence, by status, by unit. Figures only.

Of a closed ceremony they are those of the closing, whatever the register says since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from netral.people.models import Account, Duty, Posting
from netral.people.queries import authority
from netral.pledges.models import Ceremony, ClosingFigures, Signature
from netral.pledges.queries.ceremonies import covered_units
from netral.pledges.queries.closings import (
    Since,
    closed_despite,
    figures_at_closing,
    paper_in,
    since_closing,
    standing_at,
    tally_of,
)
from netral.pledges.queries.declines import declined_in
from netral.pledges.queries.signatures import unsigned_postings
from netral.pledges.queries.wall import standing_now
from netral.pledges.rules.standing import Standing, UnitStanding

EVERY_UNIT = 10_000
_EVIDENCE = Signature.Evidence.choices
SEES_MISSING = Duty.Kind.PERSONNEL
"""Of those who organise a ceremony, only personnel officers open names; heads have the coverage."""


@dataclass(frozen=True)
class Result:
    """Figures of one ceremony; ``standing`` holds the total and one line per unit."""

    standing: Standing
    by_evidence: tuple[tuple[str, int], ...]
    """(label, signatures), each kind of evidence, also those nobody used."""
    by_status: tuple[UnitStanding, ...]
    """One line per status that somebody has; its ``name`` is the status in words."""
    withdrawn: int
    after_closing: int
    """Of ``standing``: pressed while it was open, by the phone's claim; arrived after a closing."""
    on_paper: int
    """Of ``standing``: said beside it, so that nobody takes it for a part of another total."""
    declined: int | None
    """As of this moment always: a statement is its writer's own, and nothing is built on it.
    ``None`` where the number would point at somebody."""
    closed_at: datetime | None = None
    """When all of this stood; empty where it was counted at this moment."""
    since: Since | None = None
    """What came and went after ``closed_at``; nobody can say it of figures of a record that
    contradicted itself."""
    closed_despite: str = ""
    """Why it was closed although the log contradicted its record."""

    @property
    def missing(self) -> int:
        return self.standing.staff - self.standing.signed


def result_of(ceremony: Ceremony) -> Result:
    """As it stood at the closing; of a ceremony that is open, counted at this moment."""
    kept = figures_at_closing(ceremony)
    found = kept or count_now(ceremony)
    return Result(
        standing_at(found, lines=EVERY_UNIT),
        tuple((str(label), found.by_evidence.get(kind, 0)) for kind, label in _EVIDENCE),
        tuple(
            UnitStanding(str(label), *found.by_status[status])
            for status, label in Posting.Status.choices
            if status in found.by_status
        ),
        found.withdrawn,
        found.late,
        paper_in(found),
        declined_in(ceremony, found.staff),
        kept.move.at if kept else None,
        since_closing(kept, tally_of(ceremony)) if kept and not kept.move.reason else None,
        closed_despite(ceremony),
    )


def count_now(ceremony: Ceremony) -> ClosingFigures:
    """Not saved: counted from the rows, whatever its state; some six queries."""
    standing, tally = standing_now(ceremony, fresh=True, lines=EVERY_UNIT), tally_of(ceremony)
    valid = Signature.objects.filter(ceremony=ceremony, withdrawal=None).order_by()
    return ClosingFigures(
        staff=standing.staff,
        signed=standing.signed,
        withdrawn=tally.withdrawn,
        late=tally.late,
        by_evidence=dict(valid.values_list("evidence").annotate(Count("id"))),
        by_status=_by_status(ceremony, valid),
        by_unit=[[unit.name, unit.signed, unit.staff] for unit in standing.slowest],
    )


def _by_status(ceremony: Ceremony, valid: QuerySet[Signature]) -> dict[str, list[int]]:
    """Signers by the status they had that day, staff by the status they have now."""
    posted = Posting.objects.filter(valid_to=None, unit__in=covered_units(ceremony).values("id"))
    staff = dict(posted.order_by().values_list("status").annotate(Count("id")))
    signed = dict(valid.values_list("status").annotate(Count("id")))
    return {
        status: [signed.get(status, 0), max(staff.get(status, 0), signed.get(status, 0))]
        for status in sorted({*staff, *signed})
    }


def missing_from(ceremony: Ceremony, actor: Account, search: str = "") -> QuerySet[Posting]:
    """Who was invited and has not signed this ceremony, for those who may see names of them."""
    seen = authority.units_of(actor, SEES_MISSING).values("id")
    return unsigned_postings(ceremony, actor, search).filter(unit__in=seen)
