"""What stood when a ceremony was closed, and what came or went since."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from netral.pledges.models import Ceremony, ClosingFigures, Signature
from netral.pledges.rules import moves
from netral.pledges.rules.standing import Standing, UnitStanding


@dataclass(frozen=True)
class Tally:
    """Signatures of a ceremony at this moment."""

    standing: int
    withdrawn: int
    late: int
    """Of ``standing``: arrived after a closing, by phone."""
    paper: int
    """Of ``standing``."""


@dataclass(frozen=True)
class Since:
    """What changed after the closing; a signature never changes, so it all is in the log too."""

    phones: int
    """Pressed while it was open, by the phone's claim."""
    paper: int
    withdrawn: int
    standing: int
    """How many stand now."""
    on_paper: int
    """Of ``standing``, whenever it was entered."""

    @property
    def is_impossible(self) -> bool:
        """Fewer than there were: rows that stood at the closing are gone or were changed."""
        return min(self.phones, self.paper, self.withdrawn) < 0

    def __bool__(self) -> bool:
        return bool(self.phones or self.paper or self.withdrawn)


def figures_at_closing(ceremony: Ceremony) -> ClosingFigures | None:
    """Of the newest closing; None while it is not closed, and where the closing kept none."""
    if ceremony.state != moves.CLOSED:
        return None
    kept = ClosingFigures.objects.filter(move__ceremony=ceremony)
    return kept.order_by("-move").select_related("move").first()


def standing_at(kept: ClosingFigures, *, lines: int) -> Standing:
    rows = (UnitStanding(*row) for row in kept.by_unit[:lines])
    return Standing(kept.signed, kept.staff, tuple(rows))


def tally_of(ceremony: Ceremony) -> Tally:
    valid = Q(withdrawal=None)
    found = Signature.objects.filter(ceremony=ceremony).aggregate(
        standing=Count("id", filter=valid),
        withdrawn=Count("id", filter=~valid),
        late=Count("id", filter=valid & Q(after_closing=True)),
        paper=Count("id", filter=valid & Q(evidence=Signature.Evidence.PAPER)),
    )
    return Tally(**found)


def since_closing(kept: ClosingFigures, now: Tally) -> Since:
    """Told by subtraction, not by the clock: what is not in the figures came later."""
    came = now.standing + now.withdrawn - kept.signed - kept.withdrawn
    phones = now.late - kept.late
    withdrawn = now.withdrawn - kept.withdrawn
    return Since(phones, came - phones, withdrawn, now.standing, now.paper)


def paper_in(kept: ClosingFigures) -> int:
    """Of its ``signed``, those on paper."""
    found: int = kept.by_evidence.get(Signature.Evidence.PAPER, 0)
    return found


def closed_despite(ceremony: Ceremony) -> str:
    """Why it was last closed against the log; empty when the log agreed then. Opening it again
    does not make that undone: only the next closing does."""
    last = ceremony.moves.filter(move=moves.CLOSE.name).order_by("-id").first()
    return last.reason if last else ""
