"""The codes that people hold, told from each other by how they are written.

Of a slip ``7K3M-9Q2X-HB4T``, of a pledge's receipt ``7K3M9-Q2XYZ``, of a question to the legal
reviewers ``T-7K3M-9Q2X-HB4T``. Who types one where another is asked for is told which it is.
"""

from __future__ import annotations

from enum import StrEnum

from netral.people import codes

_RECEIPT_LENGTH = 10
_QUESTION = "T"


class Kind(StrEnum):
    SLIP = "slip"
    RECEIPT = "receipt"
    QUESTION = "question"


def written_question(code: str) -> str:
    """A code of twelve letters as it is shown to whoever has sent a question."""
    return f"{_QUESTION}-{codes.written(code)}"


def question_as_typed(text: str) -> str:
    """The twelve letters behind the ``T``, however they were typed, also where the ``T`` was left
    out; empty when it cannot be such a code."""
    bare = _bare(text)
    return codes.as_typed(bare[1:] if kind_of(bare) is Kind.QUESTION else bare)


def kind_of(text: str) -> Kind | None:
    """Which code somebody typed; None where it is none."""
    bare = _bare(text)
    if len(bare) == _RECEIPT_LENGTH:
        return Kind.RECEIPT
    if len(bare) == codes.LENGTH + 1 and bare.startswith(_QUESTION):
        return Kind.QUESTION if codes.as_typed(bare[1:]) else None
    return Kind.SLIP if codes.as_typed(bare) else None


def _bare(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())
