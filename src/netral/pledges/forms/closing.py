"""Why a signing is closed although the log contradicts its record."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from netral.pledges.forms.paper import ReasonForm
from netral.pledges.rules.moves import LONGEST_REASON, explains


class ClosingForm(ReasonForm):
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_(
            "Satu kalimat: apa yang membuat penandatanganan harus berhenti sekarang. Tercatat "
            "bersama nama Anda, waktunya, dan yang bertentangan; tidak dapat dihapus."
        ),
        max_length=LONGEST_REASON,
        error_messages={
            "required": _(
                "Tulis alasannya dalam satu kalimat, sekurangnya tiga kata berbeda dan 15 huruf."
            )
        },
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        if not explains(reason):
            raise ValidationError(self.fields["reason"].error_messages["required"])
        return reason
