"""Why the register says no to an officer; the message says what to do."""

from __future__ import annotations


class ImportRefused(Exception):
    """``str(refusal)`` is a sentence for the officer, in their language."""
