"""Whether the log cannot go on under its name, so that only beginning anew is left."""

from __future__ import annotations

from netral.base.audit.checking import contradictions
from netral.base.audit.models import LogKey
from netral.base.audit.standing import contradiction, signed


def why_begin_anew() -> str:
    """Why nothing can be signed under this name any more; empty when everything can.

    Reads the entries once, as ``fsck`` does. Files that are merely missing are no reason: they
    follow from the entries.
    """
    if _is_half_closed():
        return "the log was being closed"
    return contradiction() or next(contradictions(signed()), "")


def _is_half_closed() -> bool:
    """The last key is never retired but to close the log: somebody was interrupted there."""
    rows = LogKey.objects.filter(role=LogKey.Role.LOG)
    return rows.exists() and not rows.filter(retired_at=None).exists()
