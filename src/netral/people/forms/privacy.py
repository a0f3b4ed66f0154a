"""Asking about one's own data, and answering."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from netral.people.models import DataRequest


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Yang Anda minta"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
        initial=DataRequest.Kind.CORRECTION,
    )
    text = forms.CharField(
        label=_("Penjelasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sebutkan data mana dan bagaimana seharusnya. Jangan menulis NIK."),
    )


class AnswerForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Keputusan"),
        choices=[("grant", _("Kabulkan")), ("refuse", _("Tolak dengan alasan"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.CharField(
        label=_("Jawaban dan alasan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Dibaca oleh pemohon. Bila ditolak, sebutkan dasar hukumnya."),
    )
