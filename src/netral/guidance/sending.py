"""One form sends one question, however often it arrives: reloaded, pressed twice, or repeated by
a phone on a bad network.

The form carries a random key. The receipt code of a question is worked out from that key and from
what was sent, so that the same sending always comes to the same code, which the database has once.
Kept is the keyed hash of the code, as for every question: neither the key nor anything that leads
from it to a person. Another text under the same key is another question.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from netral.guidance.models import Consultation
from netral.people import codes
from netral.people.devices import keyed_hash

FIELD = "kiriman"
"""Name of the hidden field that carries the key; see the tag ``sending_key``."""
SHOWN_AGAIN = timedelta(hours=1)
"""So long a repeated sending shows its code again: the first answer may not have arrived."""
_KEY = re.compile(r"[A-Za-z0-9_-]{22,64}")


def key_in(form: Mapping[str, str]) -> str:
    """The key a form came with, or a new one."""
    key = form.get(FIELD, "")
    return key if _KEY.fullmatch(key) else secrets.token_urlsafe(16)


def code_of(form: Mapping[str, str], told: Iterable[object]) -> str:
    """The receipt code of a sending. ``told``: all that makes it this question and no other.

    A form without a key of ours (an old page, a program) has a code of its own each time.
    """
    sent = json.dumps([key_in(form), *map(str, told)])
    return codes.code_out_of(bytes.fromhex(keyed_hash("guidance.sending", sent)))


def may_show_again(found: Consultation, now: datetime, within: timedelta = SHOWN_AGAIN) -> bool:
    """Whether its code may be shown once more; later the screen may be in other hands."""
    return now - found.received_at <= within
