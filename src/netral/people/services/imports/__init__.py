"""The register import: one function per verb.

``start`` → (``read`` in the background) → ``set_mapping`` → ``decide`` → ``confirm`` →
(``apply`` in the background) → ``undo``; ``discard`` at any time before ``confirm``.
"""

from netral.people.services.imports.applying import apply
from netral.people.services.imports.refusals import ImportRefused
from netral.people.services.imports.staging import read
from netral.people.services.imports.starting import (
    confirm,
    decide,
    discard,
    set_mapping,
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
    "start",
    "undo",
]
