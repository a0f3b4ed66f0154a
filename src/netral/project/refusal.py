"""The one exception that commands raise on purpose."""

from __future__ import annotations


class Refusal(Exception):
    """A command will not or cannot do what was asked.

    The message is for whoever typed the command: one sentence that says what is the matter and
    what to do next.
    """
