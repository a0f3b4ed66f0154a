"""When the number of those who declined may be shown without pointing at anybody."""

from __future__ import annotations

FEWEST = 5
SMALLEST_HALL = 50


def shown_count(declined: int, invited: int) -> int | None:
    """The number, or ``None`` while it is small or the hall is: then not even "none" is said."""
    if declined < FEWEST or invited < SMALLEST_HALL:
        return None
    return declined
