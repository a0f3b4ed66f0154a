"""Signatures by passkey: what the phone sent is checked before anything is written.

A check costs a tenth of a millisecond of processor time, so the desk has it done by the process
that read the request, and nobody has the database to themselves meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from netral.base.ids import with_hyphens
from netral.pledges.services.signing import Refusal, Refused
from netral.pledges.services.together import Receipt, Wish, sign_together
from netral.tlog.assertions import Assertion, NotAsserted, check


class Claim(NamedTuple):
    """A wish with an assertion that nobody has checked yet.

    ``wish.wording`` is the whole digest; ``origin`` is the page where the phone had to be asked.
    """

    wish: Wish
    assertion: Assertion
    origin: str


def sign_proved(wanted: Sequence[Wish | Claim], *, now: datetime) -> list[Receipt | Refused]:
    """As :func:`sign_together`; whose passkey did not sign just this is refused."""
    looked_at = [checked(one) if isinstance(one, Claim) else one for one in wanted]
    sound = [one for one in looked_at if isinstance(one, Wish)]
    outcomes = iter(sign_together(sound, now=now) if sound else [])
    return [one if isinstance(one, Refused) else next(outcomes) for one in looked_at]


def checked(claim: Claim) -> Wish | Refused:
    """The wish with its assertion, when the passkey signed just this."""
    wish = claim.wish
    facts = {
        "ceremony": with_hyphens(wish.ceremony),
        "person": with_hyphens(wish.person),
        "wording": wish.wording,
    }
    try:
        origin = check(claim.assertion, facts)
    except NotAsserted:
        return Refused(Refusal.NOT_PROVED)
    if origin != claim.origin:
        return Refused(Refusal.NOT_PROVED)
    return wish._replace(assertion=claim.assertion.encode())
