"""Asking for an account to be recovered, and deciding it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.base.reasons import ReasonField
from netral.people.forms.duties import DecisionForm
from netral.people.models import AccountRecovery
from netral.people.services.recovering import ANOTHER_NOW


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
    """The second officer's yes or no to the proposal as the page showed it."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    is_asked = forms.BooleanField(
        required=False, label=_("Saya sendiri bertemu dengannya, dan ia memintanya.")
    )

    def __init__(self, *args: Any, proposal: AccountRecovery, **named: Any) -> None:
        super().__init__(*args, **named)
        self.as_shown = f"{proposal.pk} {proposal.disputed_at or ''}"
        self.fields["reason"].help_text = _("Tersimpan bersama usulannya; orangnya membacanya.")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("shown", "").strip() != self.as_shown.strip():
            self.add_error(None, ANOTHER_NOW)
        if values.get("decision") == "confirm" and not values.get("is_asked"):
            self.add_error("is_asked", _("Temui orangnya dahulu; pengusul saja tidak cukup."))
        return values
