"""The register import: one function per verb.

``start`` → (``read`` in the background) → ``set_mapping`` → ``settle_units`` → ``decide`` →
``confirm`` → (``apply`` in the background) → ``undo``; ``discard`` at any time before ``confirm``.
"""

from netral.people.services.imports.applying import apply
from netral.people.services.imports.deciding import decide
from netral.people.services.imports.refusals import ImportRefused
from netral.people.services.imports.staging import read
from netral.people.services.imports.starting import (
    confirm,
    discard,
    set_mapping,
    settle_units,
    start,
    undo,
)
from netral.people.services.imports.undoing import carry_out as carry_out_undo

__all__ = [
    "ImportRefused",
    "apply",
    "carry_out_undo",
    "confirm",
    "decide",
    "discard",
    "read",
    "set_mapping",
    "settle_units",
    "start",
    "undo",
]
