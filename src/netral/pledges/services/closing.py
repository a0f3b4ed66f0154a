"""Keeps what a ceremony came to, in the transaction that closes it."""

from __future__ import annotations

from netral.pledges.models import CeremonyMove, ClosingFigures
from netral.pledges.queries.results import count_now


def keep_figures(move: CeremonyMove) -> ClosingFigures:
    """Nobody signs meanwhile: the closing holds the ceremony (``signing.hold_open``)."""
    figures = count_now(move.ceremony)
    figures.move = move
    figures.save(force_insert=True)
    return figures
