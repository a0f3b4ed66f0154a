"""Why a signing is closed although the log contradicts its record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from netral.base.reasons import ReasonField
from netral.pledges.forms.paper import ReasonForm
from netral.pledges.rules.moves import LONGEST_REASON


class ClosingForm(ReasonForm):
    reason = ReasonField(
        help_text=_(
            "Satu kalimat: apa yang membuat penandatanganan harus berhenti sekarang. Tercatat "
            "bersama nama Anda, waktunya, dan yang bertentangan; tidak dapat dihapus."
        ),
        max_length=LONGEST_REASON,
    )
