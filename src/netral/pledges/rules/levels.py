"""Which evidence a ceremony takes from a phone: chosen when it is planned, then fixed.

Three levels, in the words an organiser thinks in. Paper with its witnesses is taken at each of
them: nobody is left out for want of a phone. A certified signature (BSrE) will be another kind of
evidence and, for ceremonies that ask for it, another level.
"""

from __future__ import annotations

ACCOUNT, PREFERRED, PASSKEY = "account", "preferred", "passkey"
"""Account or slip; a passkey from whoever has one; a passkey from everybody."""

_TAKES = {
    ACCOUNT: frozenset({"account", "slip"}),
    PREFERRED: frozenset({"account", "slip", "passkey"}),
    PASSKEY: frozenset({"passkey"}),
}


def takes(level: str, evidence: str) -> bool:
    """Whether a ceremony of this level takes a signature by phone with this kind of evidence."""
    return evidence in _TAKES[level]


def asks_for_passkey(level: str) -> bool:
    return takes(level, "passkey")


def needs_passkey(level: str) -> bool:
    return level == PASSKEY
