"""Ceremonies whose joint document the public may count again: nothing about people."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from netral.pledges.models import Ceremony, CeremonyMove, ClosingFigures
from netral.pledges.queries.ceremonies import by_wall_code
from netral.pledges.rules import moves


def with_joint_document() -> QuerySet[Ceremony]:
    """Closed, and not against the log: those whose document is final. Newest first, each with
    what stood when it was closed (``signed`` of ``staff``; None where the closing kept none)."""
    closings = CeremonyMove.objects.filter(ceremony=OuterRef("pk"), move=moves.CLOSE.name)
    kept = ClosingFigures.objects.filter(move__ceremony=OuterRef("pk")).order_by("-move")
    return (
        Ceremony.objects.filter(state=moves.CLOSED)
        .alias(despite=Subquery(closings.order_by("-id").values("reason")[:1]))
        .exclude(despite__gt="")
        .annotate(
            signed=Subquery(kept.values("signed")[:1]), staff=Subquery(kept.values("staff")[:1])
        )
        .select_related("government")
        .order_by("-closed_at", "-id")
    )


def countable(code: str) -> Ceremony | None:
    """Only a ceremony whose signing has begun has something to count."""
    ceremony = by_wall_code(code)
    return ceremony if ceremony and ceremony.state in {moves.SIGNING, moves.CLOSED} else None
