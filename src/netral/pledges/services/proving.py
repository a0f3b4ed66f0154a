"""Signatures by passkey: what the phone sent is checked before anything is written.

A check costs a tenth of a millisecond of processor time, so it is done where signatures are
written (the desk's own thread) and never while others wait for an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from netral.pledges.services.signing import Refusal, Refused
from netral.pledges.services.together import Receipt, Wish, sign_together
from netral.tlog.assertions import Assertion, NotAsserted, check


@dataclass(frozen=True, slots=True)
class Claim:
    """A wish with an assertion that nobody has checked yet.

    ``wish.wording`` is the whole digest; ``origin`` is the page where the phone had to be asked.
    """

    wish: Wish
    assertion: Assertion
    origin: str


def sign_proved(wanted: Sequence[Wish | Claim], *, now: datetime) -> list[Receipt | Refused]:
    """As :func:`sign_together`; whose passkey did not sign just this is refused."""
    checked = [_checked(one) if isinstance(one, Claim) else one for one in wanted]
    sound = [one for one in checked if isinstance(one, Wish)]
    outcomes = iter(sign_together(sound, now=now) if sound else [])
    return [one if isinstance(one, Refused) else next(outcomes) for one in checked]


def _checked(claim: Claim) -> Wish | Refused:
    wish = claim.wish
    facts = {
        "ceremony": str(UUID(wish.ceremony)),
        "person": str(UUID(wish.person)),
        "wording": wish.wording,
    }
    try:
        origin = check(claim.assertion, facts)
    except NotAsserted:
        return Refused(Refusal.NOT_PROVED)
    if origin != claim.origin:
        return Refused(Refusal.NOT_PROVED)
    return replace(wish, assertion=claim.assertion.encode())
