"""By what an officer finds a signature that the log names: receipt code and ceremony, never whose.

Sentences of the commands: English here, Indonesian in the table (decision 0418).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from netral.pledges.models import CeremonyMove, Signature
from netral.speaking.sentences import learn

INDONESIAN = {
    "receipt code {code}, ceremony “{title}” ({wall})":
        "kode tanda terima {code}, ikrar “{title}” ({wall})",
    "ceremony “{title}” ({wall})": "ikrar “{title}” ({wall})",
}  # fmt: skip
learn(INDONESIAN)


def describe_signatures(references: Collection[UUID]) -> Mapping[UUID, str]:
    """Of withdrawals too: they have the key of what they withdraw."""
    rows = Signature.objects.filter(pk__in=references).values_list(
        "pk", "receipt_code", "ceremony__title", "ceremony__code"
    )
    return {
        key: f"receipt code {code}, ceremony “{title}” ({wall})" for key, code, title, wall in rows
    }


def describe_closings(references: Collection[UUID]) -> Mapping[UUID, str]:
    """The log refers to moves, which are numbered, by UUID."""
    rows = CeremonyMove.objects.filter(pk__in=[key.int for key in references]).values_list(
        "pk", "ceremony__title", "ceremony__code"
    )
    return {UUID(int=move): f"ceremony “{title}” ({wall})" for move, title, wall in rows}
