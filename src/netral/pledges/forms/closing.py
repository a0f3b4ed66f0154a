"""Why a signing is closed although the log contradicts its record."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.pledges.forms.paper import REASON_MISSING, ReasonForm
from netral.pledges.rules.moves import LONGEST_REASON


class ClosingForm(ReasonForm):
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_(
            "Satu kalimat: apa yang membuat penandatanganan harus berhenti sekarang. Tercatat "
            "bersama nama Anda, waktunya, dan yang bertentangan; tidak dapat dihapus."
        ),
        max_length=LONGEST_REASON,
        error_messages={"required": REASON_MISSING},
    )
