"""The table of moves of a ceremony."""

from __future__ import annotations

from dataclasses import dataclass

PLANNED, READING, SIGNING, CLOSED = "planned", "reading", "signing", "closed"


@dataclass(frozen=True)
class Move:
    """From which state to which; ``needs_reason`` when it takes back what was announced."""

    name: str
    source: str
    target: str
    needs_reason: bool = False


START_READING = Move("start_reading", PLANNED, READING)
STOP_READING = Move("stop_reading", READING, PLANNED)
OPEN_SIGNING = Move("open_signing", READING, SIGNING)
CLOSE = Move("close", SIGNING, CLOSED)
REOPEN = Move("reopen", CLOSED, SIGNING, needs_reason=True)

MOVES = {move.name: move for move in (START_READING, STOP_READING, OPEN_SIGNING, CLOSE, REOPEN)}


LONGEST_REASON = 200
"""Of a closing against the log: what the log said stands in the same field beside it."""


def moves_from(state: str) -> tuple[Move, ...]:
    return tuple(move for move in MOVES.values() if move.source == state)


def may_edit(state: str) -> bool:
    """Leader, place, time, units and text are fixed once the reading begins."""
    return state == PLANNED


def takes_signatures(state: str) -> bool:
    return state == SIGNING


def takes_paper(state: str) -> bool:
    """Sheets arrive late: what was signed in the hall is often entered the day after."""
    return state in {SIGNING, CLOSED}
