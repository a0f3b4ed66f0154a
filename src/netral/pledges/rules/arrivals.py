"""When a signature was given, when it arrived, and whether one that arrives late still counts.

A phone without a network keeps the press of the button and says when it was. That time is the
phone's claim: it is believed only where the server's own clock allows it, and it is always shown
beside the server's time of arrival.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ARRIVES_WITHIN = timedelta(hours=24)
"""After the closing: long enough for a hall, a road and a night without a network."""


def milliseconds(text: str) -> int | None:
    """What a phone sends for the time of pressing: milliseconds since 1970, by its own clock."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 14 else None


def claimed_at(text: str) -> datetime | None:
    """The moment that those milliseconds mean; None when they are none."""
    pressed = milliseconds(text)
    return None if pressed is None else moment_of(pressed)


def moment_of(milliseconds_since_1970: int) -> datetime:
    return EPOCH + timedelta(milliseconds=milliseconds_since_1970)


def believed(claimed: datetime | None, *, issued: datetime, arrived: datetime) -> datetime | None:
    """The claimed time of pressing, or None when the ticket was not there yet or time has not come.

    A phone whose clock is wrong loses nothing but its claim: the time of arrival stands instead.
    """
    return claimed if claimed and issued <= claimed <= arrived else None


def arrives_in_time(
    pressed: datetime | None,
    *,
    opened_at: datetime | None,
    closed_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether a closed ceremony still takes what was pressed while it was open.

    ``pressed`` is a believed claim, so its ticket was issued before it, and so before the closing.
    """
    if pressed is None or opened_at is None or closed_at is None:
        return False
    return opened_at <= pressed <= closed_at and now - closed_at <= ARRIVES_WITHIN


def signed_at(pressed: datetime | None, *, opened_at: datetime | None, now: datetime) -> datetime:
    """The time of signing that is written down: the believed claim, else the time of arrival."""
    return pressed if pressed and opened_at and opened_at <= pressed <= now else now
