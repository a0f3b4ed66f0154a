"""What a deed refuses, as typed errors whose message can be shown to the officer as it is."""

from __future__ import annotations


class ElectionError(Exception):
    """``field`` names the form field the sentence belongs beside, or is empty."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
