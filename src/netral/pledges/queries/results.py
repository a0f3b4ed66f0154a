"""What a ceremony came to: by kind of evidence, by status, by unit. Figures only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from netral.people.models import Account, Duty, Posting
from netral.people.queries import authority
from netral.pledges.models import Ceremony, Signature
from netral.pledges.queries.ceremonies import covered_units
from netral.pledges.queries.declines import declined_in
from netral.pledges.queries.signatures import unsigned_postings
from netral.pledges.queries.wall import standing_of
from netral.pledges.rules.standing import Standing, UnitStanding

EVERY_UNIT = 10_000
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
    """Pressed while it was open, by the phone's claim; arrived later."""
    declined: int | None
    """``None`` where the number would point at somebody."""

    @property
    def missing(self) -> int:
        return self.standing.staff - self.standing.signed


def result_of(ceremony: Ceremony) -> Result:
    """Counted from the rows at this moment; some five queries."""
    standing_now = standing_of(ceremony, fresh=True, lines=EVERY_UNIT)
    valid = Signature.objects.filter(ceremony=ceremony, withdrawal=None).order_by()
    evidence = dict(valid.values_list("evidence").annotate(Count("id")))
    return Result(
        standing_now,
        tuple((str(label), evidence.get(kind, 0)) for kind, label in Signature.Evidence.choices),
        _by_status(ceremony, valid),
        Signature.objects.filter(ceremony=ceremony, withdrawal__isnull=False).count(),
        valid.filter(after_closing=True).count(),
        declined_in(ceremony, standing_now.staff),
    )


def _by_status(ceremony: Ceremony, valid: QuerySet[Signature]) -> tuple[UnitStanding, ...]:
    """Signers by the status they had that day, staff by the status they have now."""
    posted = Posting.objects.filter(valid_to=None, unit__in=covered_units(ceremony).values("id"))
    staff = dict(posted.order_by().values_list("status").annotate(Count("id")))
    signed = dict(valid.values_list("status").annotate(Count("id")))
    return tuple(
        UnitStanding(
            str(label), signed.get(status, 0), max(staff.get(status, 0), signed.get(status, 0))
        )
        for status, label in Posting.Status.choices
        if staff.get(status) or signed.get(status)
    )


def missing_from(ceremony: Ceremony, actor: Account, search: str = "") -> QuerySet[Posting]:
    """Who was invited and has not signed this ceremony, for those who may see names of them."""
    seen = authority.units_of(actor, SEES_MISSING).values("id")
    return unsigned_postings(ceremony, actor, search).filter(unit__in=seen)
