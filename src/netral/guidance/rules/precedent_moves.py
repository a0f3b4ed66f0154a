"""The table of moves from a question to a precedent, and from there on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

WAITING, DRAFT, REVIEW, PUBLISHED = "waiting", "draft", "review", "published"
FLAGGED, WITHDRAWN, REFERRED, DECLINED = "flagged", "withdrawn", "referred", "declined"
PUBLIC = (PUBLISHED, FLAGGED, WITHDRAWN)
"""States in which everybody can read the answer. A withdrawn one stays readable."""
KEEP_PERSONAL = timedelta(days=90)
"""How long after the answer the sent text and the circumstances are kept. A choice of ours: long
enough to fetch the opinion and to object."""


@dataclass(frozen=True)
class Move:
    """From which states to which. ``by_second``: never by somebody who wrote at the draft."""

    name: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False
    by_second: bool = False


SEND = Move("send", (), WAITING)
TAKE = Move("take", (WAITING,), DRAFT)
SAVE = Move("save", (DRAFT,), DRAFT)
SUBMIT = Move("submit", (DRAFT,), REVIEW)
GIVE_BACK = Move("give_back", (REVIEW,), DRAFT, needs_reason=True, by_second=True)
PUBLISH = Move("publish", (REVIEW,), PUBLISHED, by_second=True)
FLAG = Move("flag", (PUBLISHED,), FLAGGED, needs_reason=True)
KEEP = Move("keep", (FLAGGED,), PUBLISHED, needs_reason=True, by_second=True)
WITHDRAW = Move("withdraw", (PUBLISHED, FLAGGED), WITHDRAWN, needs_reason=True)
REFER = Move("refer", (WAITING, DRAFT), REFERRED)
DECLINE = Move("decline", (WAITING, DRAFT), DECLINED, needs_reason=True)

MOVES = {
    move.name: move
    for move in (TAKE, SAVE, SUBMIT, GIVE_BACK, PUBLISH, FLAG, KEEP, WITHDRAW, REFER, DECLINE)
}
WRITING = (TAKE.name, SAVE.name, SUBMIT.name)
"""Moves after which somebody counts as having written at the draft."""


def moves_from(state: str) -> tuple[Move, ...]:
    return tuple(move for move in MOVES.values() if state in move.sources)
