"""Why the register says no to an officer; the message says what to do."""

from __future__ import annotations


class ImportRefused(Exception):  # noqa: N818 (an answer to an officer, not a mistake)
    """``str(refusal)`` is a sentence for the officer, in their language."""
