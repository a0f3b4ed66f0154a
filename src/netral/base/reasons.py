"""Reasons that officers give for what they take back: words which others understand later."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCE_WANTED = _(
    "Tulis alasannya dalam satu kalimat, sekurangnya tiga kata berbeda dan 15 huruf."
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def explains(reason: str) -> bool:
    """Whether it can be a sentence: three words, fifteen characters."""
    return len(set(_WORD.findall(reason))) >= 3 and len(" ".join(reason.split())) >= 15


class ReasonField(forms.CharField):
    """One sentence; its name in the form is ``reason``."""

    def __init__(self, *, max_length: int = 300, **named: Any) -> None:
        named.setdefault("label", _("Alasan"))
        super().__init__(
            max_length=max_length, error_messages={"required": SENTENCE_WANTED}, **named
        )

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not explains(value):
            raise ValidationError(SENTENCE_WANTED)
