"""Asking for an account to be recovered, and deciding it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.base.reasons import ReasonField
from netral.people.forms.duties import DecisionForm


class RecoverForm(forms.Form):
    reason = ReasonField(
        help_text=_("Misalnya: ponselnya hilang dan kode pemulihannya tidak disimpan."),
    )
    is_met = forms.BooleanField(
        label=_("Saya bertemu langsung dengannya dan melihat kartu identitasnya."),
        error_messages={
            "required": _("Temui orangnya dahulu; siapa pun dapat menelepon atas namanya.")
        },
    )


class RecoveryDecisionForm(DecisionForm):
    """The second officer's yes or no."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["reason"].help_text = _("Tersimpan bersama usulannya; orangnya membacanya.")
